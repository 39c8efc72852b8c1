"""The scan of what was signed: kept with its paper, for the PI that keeps the file and for nobody else."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cases.models import Case, LifeDomain
from consent import actions
from consent.models import Consent, Evidence, Scan
from parties.models import AuditLine
from parties.viewer import Viewer
from reintegratie.lib.uploads import LARGEST, FileRefused
from tests.conftest import NOW, SignedIn, World
from tests.factories.consent import A_JPEG, A_PDF, A_PNG, ConsentFactory


@pytest.fixture
def consent(case: Case, world: World) -> Consent:
    row: Consent = ConsentFactory(case=case, recipient=world.zwolle, declaration_number="TV-12")
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS, declaration_number="TV-12")
    return row


@pytest.fixture
def browser(casemanager: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(casemanager)


def page_of(case: Case, consent: Consent) -> str:
    return f"/zaken/{case.pk}/toestemming/{consent.pk}/scan/"


def upload(
    browser: Client, case: Case, consent: Consent, content: bytes, name: str = "scan.pdf"
) -> HttpResponse:
    scan = SimpleUploadedFile(name, content, content_type="application/pdf")
    response: HttpResponse = browser.post(page_of(case, consent), {"scan": scan})
    return response


def test_a_scan_is_kept_with_its_paper_and_given_back_as_it_was(
    case: Case, consent: Consent, casemanager: Viewer, browser: Client
) -> None:
    assert "Nog geen scan" in browser.get(f"/zaken/{case.pk}/toestemming/").content.decode()

    response = upload(browser, case, consent, A_PDF, name="Handtekening van Sem.pdf")

    assert response.status_code == 302
    scan = Scan.objects.get()
    assert (scan.declaration_number, scan.size, scan.media_type) == ("TV-12", len(A_PDF), "application/pdf")
    assert scan.sha256 == sha256(A_PDF).hexdigest()
    assert (scan.added_by, scan.added_for) == (casemanager.user, casemanager.organisation)
    page = browser.get(f"/zaken/{case.pk}/toestemming/").content.decode()
    assert "Scan aanwezig" in page
    assert "scan aanwezig" in page
    assert "Nog geen scan" not in page
    given = browser.get(f"/zaken/{case.pk}/toestemming/scan/{scan.pk}/")
    assert given.content == A_PDF
    assert not any("Handtekening" in str(value) for value in vars(scan).values())


def test_a_scan_cannot_act_in_the_browser_and_is_not_stored_there(
    case: Case, consent: Consent, browser: Client
) -> None:
    upload(browser, case, consent, A_PNG)

    given = browser.get(f"/zaken/{case.pk}/toestemming/scan/{Scan.objects.get().pk}/")

    assert given.headers["Content-Type"] == "image/png"
    assert given.headers["Content-Disposition"] == 'attachment; filename="scan-TV-12.png"'
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert given.headers["Cache-Control"] == "no-store"


def test_a_new_scan_takes_the_place_and_the_old_one_stays(
    case: Case, consent: Consent, browser: Client
) -> None:
    for content in (A_PDF, A_JPEG, A_JPEG):
        upload(browser, case, consent, content)

    old, new = Scan.objects.order_by("added_at")
    assert old.replaced_at is not None
    assert new.replaced_at is None
    assert bytes(old.content) == A_PDF
    page = browser.get(page_of(case, consent)).content.decode()
    assert "vervangen op" in page
    assert page.count("/toestemming/scan/") == 2
    assert [line.history_change_reason for line in old.history.order_by("history_id")] == [
        "scan toegevoegd, verklaring TV-12",
        "scan vervangen, verklaring TV-12",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ\x90", "geen PDF, JPEG of PNG"),
        (A_PDF.replace(b"/Catalog", b"/Catalog /S /JavaScript"), "meer dan een scan"),
        (b"", "leeg"),
        (A_PDF + bytes(LARGEST), "groter dan 5 MB"),
    ],
)
def test_a_bad_upload_is_said_at_the_field_and_what_was_there_stays(
    case: Case, consent: Consent, browser: Client, content: bytes, says: str
) -> None:
    upload(browser, case, consent, A_PNG)

    response = upload(browser, case, consent, content)

    assert response.status_code == 200
    assert says in response.content.decode()
    assert says in " ".join(response.context["form"].errors["scan"])
    assert bytes(Scan.objects.get().content) == A_PNG


def test_a_form_without_a_file_asks_for_one(case: Case, consent: Consent, browser: Client) -> None:
    assert "Kies een bestand." in browser.post(page_of(case, consent)).content.decode()


def test_several_files_are_measured_together(case: Case, consent: Consent, browser: Client) -> None:
    """Else a request with a hundred files would be held in memory whole."""
    half = SimpleUploadedFile("a.pdf", bytes(LARGEST - 100))
    rest = SimpleUploadedFile("b.pdf", A_PDF + bytes(200))

    response = browser.post(page_of(case, consent), {"ander": half, "scan": rest})

    assert "groter dan 5 MB" in response.content.decode()


def test_the_action_refuses_what_is_too_large_whatever_door_was_taken(
    case: Case, casemanager: Viewer
) -> None:
    with pytest.raises(FileRefused, match="5 MB"):
        actions.attach_scan(
            case=case, declaration_number="TV-12", content=A_PDF + bytes(LARGEST), by=casemanager, at=NOW
        )


def test_only_the_pi_that_keeps_the_file_has_the_scan(
    case: Case,
    consent: Consent,
    casemanager: Viewer,
    director: Viewer,
    coordinator: Viewer,
    other_coordinator: Viewer,
    other_casemanager: Viewer,
    privacy_officer: Viewer,
    signed_in: SignedIn,
) -> None:
    """The receiver reads what it may know, never the paper: there are refusals on it (C3 note 9)."""
    scan = actions.attach_scan(case=case, declaration_number="TV-12", content=A_PDF, by=casemanager, at=NOW)
    for address in (page_of(case, consent), f"/zaken/{case.pk}/toestemming/scan/{scan.pk}/"):
        for outsider in (other_coordinator, other_casemanager):
            assert signed_in(outsider).get(address).status_code == 404
        for wrong in (coordinator, privacy_officer):
            assert signed_in(wrong).get(address).status_code == 403
        assert signed_in(director).get(address).status_code == 200
    assert upload(signed_in(director), case, consent, A_PNG).status_code == 403
    assert Scan.objects.count() == 1


def test_a_scan_of_another_case_does_not_exist_here(
    case: Case, consent: Consent, casemanager: Viewer, browser: Client
) -> None:
    elsewhere = ConsentFactory()
    scan = actions.attach_scan(
        case=elsewhere.case, declaration_number="TV-12", content=A_PDF, by=casemanager, at=NOW
    )

    assert browser.get(f"/zaken/{case.pk}/toestemming/scan/{scan.pk}/").status_code == 404
    assert browser.get(page_of(case, elsewhere)).status_code == 404
    assert "Nog geen scan" in browser.get(f"/zaken/{case.pk}/toestemming/").content.decode()


def test_adding_and_taking_a_scan_stand_in_the_ledger(case: Case, consent: Consent, browser: Client) -> None:
    upload(browser, case, consent, A_PDF)
    browser.get(f"/zaken/{case.pk}/toestemming/scan/{Scan.objects.get().pk}/")

    done = set(AuditLine.objects.values_list("action", flat=True))
    assert {"scan-inzien", "scan-toevoegen", "scan-openen", "scan-downloaden"} <= done


def test_a_decision_by_word_of_mouth_asks_for_no_scan(case: Case, world: World, browser: Client) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, evidence=Evidence.ORAL)

    assert "geen scan" not in browser.get(f"/zaken/{case.pk}/toestemming/").content.decode().lower()
