"""All cases and finding one: only ever one's own, and never a name or a BSN in an address."""

import pytest

from cases.models import Capacity, Case
from parties.models import AuditLine, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import many_cases, queries_of
from tests.conftest import SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import CaseFactory, DetaineeFactory, take_part
from tests.factories.consent import ConsentFactory


@pytest.fixture
def mehmet(world: World) -> Case:
    detainee = DetaineeFactory(first_names="Mehmet Ali", prefix="", surname="Yılmaz", bsn="999990019")
    case = CaseFactory(detainee=detainee, origin_municipality=world.zwolle)
    take_part(case, world.pi, Capacity.PRISON)
    take_part(case, world.zwolle, Capacity.ORIGIN)
    return case


@pytest.mark.parametrize("text", ["Yılmaz", "999990019", "mehmet"])
def test_outsider_finds_nothing_as_for_who_does_not_exist(
    mehmet: Case, other_coordinator: Viewer, signed_in: SignedIn, text: str
) -> None:
    browser = signed_in(other_coordinator)

    hidden = browser.post("/zaken/", {"zoek": text})

    assert hidden.context["lines"] == []
    assert mehmet.number not in hidden.content.decode()


@pytest.mark.parametrize(
    "text", ["yilmaz", "YILMAZ", "Yılmaz, Mehmet", "ali yil", "999990019", "  mehmet   ali "]
)
def test_casemanager_finds_a_person_without_accents_and_in_any_order(
    mehmet: Case, casemanager: Viewer, signed_in: SignedIn, text: str
) -> None:
    answer = signed_in(casemanager).post("/zaken/", {"zoek": text})

    assert [line.number for line in answer.context["lines"]] == [mehmet.number]


def test_case_is_found_by_its_number(mehmet: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    answer = signed_in(casemanager).post("/zaken/", {"zoek": mehmet.number.lower()})

    assert [line.number for line in answer.context["lines"]] == [mehmet.number]


def test_partner_cannot_probe_with_a_bsn(
    mehmet: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(mehmet, world.partner, Capacity.PARTNER)
    browser = signed_in(partner_contact)

    assert browser.post("/zaken/", {"zoek": "999990019"}).context["lines"] == []
    assert browser.post("/zaken/", {"zoek": "yilmaz"}).context["lines"] == []


def test_partner_finds_by_name_whom_it_may_know(
    mehmet: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(mehmet, world.partner, Capacity.PARTNER)
    ConsentFactory(case=mehmet, recipient=world.partner)
    browser = signed_in(partner_contact)

    assert len(browser.post("/zaken/", {"zoek": "yilmaz"}).context["lines"]) == 1
    assert browser.post("/zaken/", {"zoek": "999990019"}).context["lines"] == []


@pytest.mark.parametrize(
    ("text", "message"), [("", "Vul een naam"), ("x", "twee tekens"), ("123456789", "geen geldig BSN")]
)
def test_wrong_search_says_so_at_the_field(
    casemanager: Viewer, signed_in: SignedIn, text: str, message: str
) -> None:
    answer = signed_in(casemanager).post("/zaken/", {"zoek": text})

    assert answer.status_code == 200
    assert message in answer.content.decode()


@pytest.mark.parametrize("text", ["%%", "a\x00b", "'; drop table", "x" * 101, "\\", "__"])
def test_strange_text_is_never_a_fault(
    mehmet: Case, casemanager: Viewer, signed_in: SignedIn, text: str
) -> None:
    answer = signed_in(casemanager).post("/zaken/", {"zoek": text})

    assert answer.status_code == 200
    assert answer.context["lines"] == []


def test_search_is_not_stored_and_not_logged(mehmet: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    answer = signed_in(casemanager).post("/zaken/", {"zoek": "yilmaz"})

    assert "no-store" in answer.headers["Cache-Control"]
    assert "ilmaz" not in answer.content.decode().split("</title>")[0]
    line = AuditLine.objects.get(action="zaken-zoeken")
    assert line.detail == ""
    assert ProcessingLine.objects.filter(activity="zaken-zoeken", subject_id=mehmet.detainee_id).count() == 1


def test_closed_cases_stand_apart(
    mehmet: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    row = mehmet.parties.get(party=world.pi)
    row.is_open = False
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")
    browser = signed_in(casemanager)

    assert browser.get("/zaken/").context["lines"] == []
    assert len(browser.get("/zaken/?stand=gesloten").context["lines"]) == 1


def test_privacy_officer_sees_numbers_without_persons(
    mehmet: Case, privacy_officer: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(privacy_officer)

    page = browser.get("/zaken/").content.decode()

    assert mehmet.number in page
    assert "Yılmaz" not in page
    assert browser.post("/zaken/", {"zoek": "yilmaz"}).context["lines"] == []


@pytest.mark.parametrize("who", ["functional_admin", "bij_mandatary"])
def test_role_without_cases_is_refused(who: str, signed_in: SignedIn, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/zaken/").status_code == 403


@pytest.mark.parametrize(
    "query", ["?stand=onzin", "?na=x", "?voor=-1", "?na=9999999999999999999999", "?na=12"]
)
def test_unknown_filter_is_ignored_with_a_notice(
    mehmet: Case, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    answer = signed_in(casemanager).get(f"/zaken/{query}")

    assert len(answer.context["lines"]) == 1
    assert "niet toegepast" in answer.content.decode()


def test_list_pages_without_gap_and_costs_the_same(
    world: World, casemanager: Viewer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(casemanager)
    many_cases(world, 2)
    browser.get("/zaken/")
    few = queries_of(browser, "/zaken/")
    many_cases(world, 18)

    # session, user, roles, rows, audit line, processing lines, unread messages
    assert len(few) == len(queries_of(browser, "/zaken/")) == 7

    monkeypatch.setattr("cases.views.case_list.PAGE_SIZE", 8)
    seen, url = [], "/zaken/"
    while url:
        answer = browser.get(url)
        seen += [line.number for line in answer.context["lines"]]
        url = answer.context["pager"].next_url and f"/zaken/{answer.context['pager'].next_url}"
    assert len(seen) == len(set(seen)) == 20
