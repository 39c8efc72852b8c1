"""The pages of BIJ and 18b: made from the case or by number, read once with a receipt, and told to nobody else."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cases.models import Case, Notification
from consent.models import Disclosure
from parties.models import AuditLine, ProcessingLine
from parties.viewer import Viewer
from plans.actions import open_report, recall_report
from plans.models import SafetyReport
from tests.conftest import NOW, SignedIn, World
from tests.plans.reports import ADDRESS, CONDITIONS, LEAVE, OFFENCE, RISK, Send

URL = "/bijzondere-meldingen/"
WARNED = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
"""Within thirty days of 22 January 2027."""

pytestmark = pytest.mark.usefixtures("frozen")


class Clock:
    """What every page reads as now."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def move_to(self, at: datetime) -> None:
        self.at = at


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


def body(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def bij(world: World, **other: object) -> dict[str, object]:
    given = {
        "occasion": "verlof",
        "expected_on": LEAVE.isoformat(),
        "address": ADDRESS,
        "recipient": str(world.zwolle.pk),
        "offence": OFFENCE,
        "conditions": "",
    }
    return {**given, **other}


def test_the_outsider_gets_the_same_answer_as_for_a_random_id(
    send_bij: Send, coordinator: Viewer, privacy_officer: Viewer, signed_in: SignedIn
) -> None:
    report = send_bij()

    for viewer in (coordinator, privacy_officer):
        for path in ("", "melding.pdf", "terughalen/"):
            hidden, random = (signed_in(viewer).get(f"{URL}{pk}/{path}") for pk in (report.pk, uuid4()))
            assert hidden.status_code == random.status_code == 404


@pytest.mark.parametrize("who", ["casemanager", "coordinator", "privacy_officer", "functional_admin"])
def test_who_has_no_such_work_has_no_such_list(
    who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get(URL).status_code == 403
    assert "Bijzondere meldingen" not in browser.get("/", follow=True).content.decode()


@pytest.mark.parametrize("who", ["bij_mandatary", "risk_officer"])
def test_who_works_beside_the_cases_begins_at_his_own_list(
    world: World, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get("/").headers["Location"] == URL
    assert "Er zijn geen meldingen" in body(browser, URL)


def test_the_casemanager_reports_from_the_case(
    case: Case, world: World, casemanager: Viewer, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    browser, page = signed_in(casemanager), f"/zaken/{case.pk}/bijzondere-meldingen/"
    assert page in body(browser, f"/zaken/{case.pk}/")
    assert f"{page}nieuw/" in body(browser, page)

    answer = browser.post(f"{page}nieuw/", bij(world))

    assert answer.headers["Location"] == page
    assert case.detainee.surname in body(browser, page)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"expected_on": "2026-08-22"}, "vanaf 22 mei 2026"),
        ({"expected_on": "2026-04-21"}, "Deze datum is voorbij"),
        ({"recipient": "deventer"}, "is niemand aangewezen"),
        ({"offence": ""}, "Vul ‘Delict’ in"),
        ({"recipient": str(uuid4())}, "Kies uit de lijst"),
    ],
)
def test_what_may_not_be_sent_is_told_at_the_field_and_nothing_is_kept(
    case: Case,
    world: World,
    casemanager: Viewer,
    bij_mandatary: Viewer,
    signed_in: SignedIn,
    other: dict[str, str],
    said: str,
) -> None:
    if other.get("recipient") == "deventer":
        other = {"recipient": str(world.deventer.pk)}

    answer = signed_in(casemanager).post(f"/zaken/{case.pk}/bijzondere-meldingen/nieuw/", bij(world, **other))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not SafetyReport.objects.unrestricted(reason="test").exists()
    assert not Notification.objects.filter(kind="bijzondere-melding").exists()


@pytest.mark.parametrize("who", ["unit_head", "director"])
def test_head_and_director_read_along_and_do_not_report(
    send_bij: Send, case: Case, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    report = send_bij()
    browser, page = signed_in(request.getfixturevalue(who)), f"/zaken/{case.pk}/bijzondere-meldingen/"

    assert f"{page}nieuw/" not in body(browser, page)
    assert browser.get(f"{page}nieuw/").status_code == 403
    assert OFFENCE in body(browser, report.get_absolute_url())
    assert browser.get(f"{report.get_absolute_url()}terughalen/").status_code == 403


def test_reading_is_the_receipt_with_a_line_in_both_ledgers(
    send_bij: Send, bij_mandatary: Viewer, case: Case, signed_in: SignedIn
) -> None:
    report, browser = send_bij(), signed_in(bij_mandatary)
    unread = body(browser, URL)
    assert case.detainee.surname not in unread
    assert OFFENCE not in unread

    shown = body(browser, report.get_absolute_url())

    assert all(text in shown for text in (OFFENCE, ADDRESS, CONDITIONS, case.detainee.surname))
    assert Disclosure.objects.get(document_id=str(report.pk)).opened_at == NOW
    acts = AuditLine.objects.filter(object_id=str(report.pk), user=bij_mandatary.user)
    assert {act.action for act in acts} == {"bij-melding-openen", "bij-melding-lezen"}
    lines = ProcessingLine.objects.filter(span_id__in=acts.values("span_id"))
    assert {(line.subject_id, *line.domains) for line in lines} == {(case.detainee_id, "bij")}
    assert case.detainee.surname in body(browser, URL)
    assert bij_mandatary.name in shown


def test_a_list_or_a_title_never_says_the_offence_or_the_risk(
    send_bij: Send, send_risk: Send, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(bij_mandatary)
    for report in (send_bij(), send_risk()):
        browser.get(report.get_absolute_url())

    listed = body(browser, URL)

    assert not any(text in listed for text in (OFFENCE, RISK, ADDRESS, CONDITIONS))


def test_measures_are_recorded_by_the_mandatary_alone(
    send_bij: Send, bij_mandatary: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    report = send_bij()
    url = f"{report.get_absolute_url()}maatregelen/"
    browser = signed_in(bij_mandatary)

    assert signed_in(casemanager).post(url, {"measures": "genomen"}).status_code == 403
    assert browser.post(url, {"measures": "x"}).status_code == 200
    browser.post(url, {"measures": "genomen"})

    kept = SafetyReport.objects.unrestricted(reason="test").get()
    assert kept.measures == "genomen"
    assert "Maatregelen genomen" in body(browser, report.get_absolute_url())


def test_thirty_days_before_the_end_the_mandatary_is_warned(
    send_bij: Send, bij_mandatary: Viewer, signed_in: SignedIn, frozen: Clock
) -> None:
    report = send_bij()
    open_report(report=report, by=bij_mandatary, at=NOW)
    frozen.move_to(WARNED - timedelta(days=10))
    assert "wordt deze melding vernietigd" not in body(signed_in(bij_mandatary), URL)

    frozen.move_to(WARNED)

    for url in (URL, report.get_absolute_url()):
        assert "Over 25 dagen (22 januari 2027) wordt deze melding vernietigd" in body(
            signed_in(bij_mandatary), url
        )


def test_the_paper_is_made_for_who_reads_it(
    send_bij: Send, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    report = send_bij()

    answer = signed_in(bij_mandatary).get(f"{report.get_absolute_url()}melding.pdf")

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert OFFENCE in text
    assert bij_mandatary.name in text
    assert AuditLine.objects.filter(action="bij-melding-afdrukken", user=bij_mandatary.user).exists()


def test_a_recalled_report_says_so_and_shows_nothing(
    send_bij: Send, casemanager: Viewer, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    report = send_bij()
    url = report.get_absolute_url()
    assert signed_in(casemanager).post(f"{url}terughalen/", {"reason": ""}).status_code == 200

    signed_in(casemanager).post(f"{url}terughalen/", {"reason": "Andere gemeente", "is_data_breach": "on"})

    shown = body(signed_in(bij_mandatary), url)
    assert "teruggehaald" in shown
    assert not any(text in shown for text in (OFFENCE, ADDRESS, "Andere gemeente"))
    assert signed_in(bij_mandatary).get(f"{url}melding.pdf").status_code == 404
    sender = body(signed_in(casemanager), url)
    assert "Andere gemeente" in sender
    assert "datalek" in sender
    assert signed_in(casemanager).get(f"{url}terughalen/").status_code == 403


def test_risk_information_is_sent_by_number_and_never_about_a_case_elsewhere(
    case: Case, world: World, risk_officer: Viewer, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(risk_officer)
    given = {"number": case.number, "recipient": str(world.zwolle.pk), "risk": RISK}
    assert browser.get(f"/zaken/{case.pk}/").status_code == 404

    elsewhere = browser.post(f"{URL}nieuw/", {**given, "number": "Z-2020-00000"}).content.decode()
    sent = browser.post(f"{URL}nieuw/", given)

    assert "Er is geen zaak met dit nummer in uw inrichting." in elsewhere
    assert sent.headers["Location"] == URL
    assert case.detainee.surname in body(browser, URL)


@pytest.mark.parametrize("who", ["coordinator", "probation_officer"])
def test_no_page_of_the_case_tells_another_party_of_a_report(
    send_bij: Send,
    send_risk: Send,
    case: Case,
    bij_mandatary: Viewer,
    casemanager: Viewer,
    who: str,
    signed_in: SignedIn,
    request: pytest.FixtureRequest,
) -> None:
    """Not the register, the log, its paper, the history, the messages nor the case."""
    browser = signed_in(request.getfixturevalue(who))
    pages = [f"/zaken/{case.pk}/{path}" for path in ("", "geschiedenis/", "inzage/", "inzage/?partij=x")]
    for report in (send_bij(), send_risk()):
        open_report(report=report, by=bij_mandatary, at=NOW)
        signed_in(bij_mandatary).get(report.get_absolute_url())

    for url in (*pages, "/berichten/", "/"):
        assert "BIJ" not in body(browser, url), url
        assert "isico" not in body(browser, url), url


def test_c3_disclosure_log_of_the_pi_shows_bij_to_who_may_read_it_and_all_to_the_fg(
    send_bij: Send,
    send_risk: Send,
    case: Case,
    casemanager: Viewer,
    privacy_officer: Viewer,
    signed_in: SignedIn,
) -> None:
    send_bij()
    send_risk()

    of_casemanager = body(signed_in(casemanager), f"/zaken/{case.pk}/inzage/")
    of_officer = body(signed_in(privacy_officer), f"/zaken/{case.pk}/inzage/")

    assert "Bij melding" in of_casemanager
    assert "18b melding" not in of_casemanager
    assert "Bij melding" in of_officer
    assert "18b melding" in of_officer
    assert not any(text in of_officer for text in (OFFENCE, RISK, ADDRESS))


def test_the_overview_on_paper_for_the_person_says_nothing_of_it(
    send_bij: Send, case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """C3, column DT: of BIJ and 18b he is told on a request of his own (Wjsg)."""
    browser = signed_in(casemanager)
    for page in ("bijzondere-meldingen/", "bijzondere-meldingen/nieuw/"):  # looking for one tells as much
        browser.get(f"/zaken/{case.pk}/{page}")
    send_bij()

    answer = browser.get(f"/zaken/{case.pk}/inzage/overzicht.pdf")

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).lower()
    for told in ("bij melding", "bij-melding", "bijzondere"):
        assert told not in text


def test_a_recall_tells_the_recipient_without_content(
    send_bij: Send, casemanager: Viewer, bij_mandatary: Viewer, signed_in: SignedIn
) -> None:
    recall_report(report=send_bij(), reason="Andere gemeente", is_data_breach=True, by=casemanager, at=NOW)

    shown = body(signed_in(bij_mandatary), "/berichten/")

    assert "teruggehaald" in shown
    assert "Andere gemeente" not in shown
