"""The declarations on paper: what was asked, in which words, and a print in the ledgers."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from cases.models import Case, LifeDomain
from consent import actions
from consent.models import Answer, Consent, Evidence
from parties.models import AuditLine
from parties.viewer import Viewer
from tests.conftest import NOW, SignedIn, World
from tests.factories.consent import ConsentFactory


def read(browser: Client, case: Case, path: str) -> str:
    response = browser.get(f"/zaken/{case.pk}/toestemming/{path}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    return " ".join(
        " ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(response.content)).pages).split()
    )


def test_a_blank_declaration_asks_about_seven_subjects_for_one_recipient(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    text = read(signed_in(casemanager), case, f"verklaring.pdf?ontvanger={world.zwolle.pk}")

    for said in (
        "Toestemmingsverklaring",
        case.detainee.full_name,
        "Delen met gemeente Zwolle",
        *(str(domain.label) for domain in LifeDomain),
        "U mag altijd van mening veranderen",
        "wil niet tekenen",
        "Tolk",
        "Gedetineerde",
        "Casemanager",
        "pagina 1 van",
        "Tekst van de verklaring: versie 2026-2",
    ):
        assert said in text
    assert "{ontvanger}" not in text


def test_the_number_on_the_paper_is_the_number_of_the_decision(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    read(browser, case, f"verklaring.pdf?ontvanger={world.zwolle.pk}")
    number = AuditLine.objects.get(action="toestemmingsverklaring-afdrukken").object_id

    [row] = actions.decide(
        case=case,
        recipient=world.zwolle,
        answers={LifeDomain.HOUSING: Answer.GIVEN},
        given_at=NOW,
        evidence=Evidence.SIGNED,
        declaration_number=number,
        by=casemanager,
        at=NOW,
    )

    assert row.declaration_number == number
    assert number in read(browser, case, f"verklaring.pdf?toestemming={row.pk}")
    with pytest.raises(actions.NumberNotForThisPaper):
        actions.decide(
            case=case,
            recipient=world.probation,
            answers={LifeDomain.HOUSING: Answer.GIVEN},
            given_at=NOW,
            evidence=Evidence.SIGNED,
            declaration_number=number,
            by=casemanager,
            at=NOW,
        )


def test_a_recorded_declaration_is_printed_as_it_was(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    [row, _] = actions.decide(
        case=case,
        recipient=world.zwolle,
        answers={LifeDomain.HOUSING: Answer.GIVEN, LifeDomain.DEBTS: Answer.REFUSED},
        given_at=NOW,
        evidence=Evidence.ORAL,
        language="Tigrinya",
        explained_how="tolk 1234",
        by=casemanager,
        at=NOW,
    )

    text = read(signed_in(casemanager), case, f"verklaring.pdf?toestemming={row.pk}")

    for said in ("Wat is vastgelegd", "Tigrinya", "tolk 1234", "mondeling", "22 april 2026, 11.00 uur"):
        assert said in text
    assert text.count("X Ja") == 1
    assert text.count("X Nee") == 1
    assert "Handtekeningen" not in text


def test_a_withdrawal_names_the_consent_it_ends_before_and_after(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    consent: Consent = ConsentFactory(case=case, recipient=world.zwolle, declaration_number="TV-12")
    browser, path = signed_in(casemanager), f"intrekking.pdf?toestemming={consent.pk}"

    before = read(browser, case, path)
    actions.withdraw_consent(consent=consent, reason="op verzoek", by=casemanager, at=NOW)
    after = read(browser, case, path)

    assert "TV-12" in before
    assert "nog vast te leggen" in before
    assert "Handtekeningen" in before
    assert "22 april 2026, 11.00 uur" in after
    assert "op verzoek" in after
    assert "Handtekeningen" not in after
    assert AuditLine.objects.filter(action="intrekkingsverklaring-afdrukken").count() == 2


@pytest.mark.parametrize(
    "path", ["verklaring.pdf", "verklaring.pdf?ontvanger=x", "intrekking.pdf?toestemming="]
)
def test_a_print_of_nothing_says_what_to_choose(
    case: Case, casemanager: Viewer, signed_in: SignedIn, path: str
) -> None:
    response = signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/{path}", follow=True)

    assert "Kies eerst" in response.content.decode()


def test_a_signed_declaration_says_what_was_withdrawn_since(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    row = ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    browser, path = signed_in(casemanager), f"verklaring.pdf?toestemming={row.pk}"
    assert "Wat nu niet meer geldt" not in read(browser, case, path)

    actions.withdraw_consent(consent=row, reason="", by=casemanager, at=NOW)

    text = read(browser, case, path)
    assert "Wat nu niet meer geldt" in text
    assert "ingetrokken op 22 april 2026, 11.00 uur" in text
