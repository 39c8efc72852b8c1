"""On Pbw 18a alone no more is shared than PM 20d lists (B2); what is outside asks for consent."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.models import Capacity, Case, LifeDomain
from consent.actions import withdraw_consent
from consent.knowledge import frame_in
from consent.models import GroundCode, RowKind
from consent.visibility import sight_of
from meetings.timeline import timeline_of
from parties.viewer import Viewer
from plans.actions.sheets import issue_sheet, standing_sheet
from plans.listed import open_facts
from plans.models import DomainRecord, InformationSheet, SheetPart
from plans.questions import listed_facts, question_sets
from plans.sheets import draft_sheet
from tests.conftest import NOW, SignedIn, World
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import DomainRecordFactory

HOUSING = LifeDomain.HOUSING
LISTED, OUTSIDE = "zwervend", "Kamer bij een vriend in Ommen"


@pytest.fixture
def record(case: Case, world: World) -> DomainRecord:
    for kind in (RowKind.DOMAIN_RECORD, RowKind.SHEET):
        StatutoryGroundFactory(
            code=GroundCode.PBW18A, capacity=Capacity.ORIGIN, row_kind=kind, domain=HOUSING, per_case=True
        )
    CaseGroundFactory(case=case, recipient=world.zwolle, subject=HOUSING)
    return DomainRecordFactory(
        case=case,
        owner=world.pi,
        domain=HOUSING,
        support_answer="ja",
        question_set="2026-1",
        facts={"woonsituatie": LISTED, "plek_bij_ontslag": OUTSIDE},
    )


def told_by(page: str) -> tuple[bool, bool]:
    return "geen vaste plek" in page, OUTSIDE in page


def test_every_question_says_whether_the_law_lists_it() -> None:
    outside = {
        question.code
        for known in question_sets().values()
        for questions in known.domains.values()
        for question in questions
        if not question.listed
    }

    assert outside == {
        "aanvraag",
        "behoudt_woning",
        "briefadres_nodig",
        "plek_bij_ontslag",
        "terug_naar_werkgever",
        "uitzondering_zoektermijn",
        "vrijwilliger",
    }


def test_of_an_unknown_set_nothing_is_listed() -> None:
    assert listed_facts("1999-9", HOUSING, {"woonsituatie": LISTED}) == {}


@pytest.mark.usefixtures("record")
def test_pages_of_the_gemeente_show_what_the_law_lists_and_no_more(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    for page in ("", "screening/", "geschiedenis/"):
        assert OUTSIDE not in browser.get(f"/zaken/{case.pk}/{page}").content.decode(), page
    assert told_by(browser.get(f"/zaken/{case.pk}/screening/").content.decode()) == (True, False)


@pytest.mark.usefixtures("record")
def test_a_sheet_on_the_law_holds_what_the_law_lists(case: Case, world: World) -> None:
    [part] = draft_sheet(case, world.zwolle, NOW).parts

    assert told_by(str(part.content)) == (True, False)


def test_with_a_consent_beside_it_everything_is_open_and_after_the_withdrawal_the_list_again(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer, casemanager: Viewer
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    assert OUTSIDE in open_facts(record, sight_of(coordinator, case).ground_of(HOUSING)).values()

    withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    assert OUTSIDE not in open_facts(record, sight_of(coordinator, case).ground_of(HOUSING)).values()


@pytest.mark.usefixtures("record")
def test_the_pi_itself_reads_everything(case: Case, casemanager: Viewer, coordinator: Viewer) -> None:
    own = timeline_of(case, casemanager, Capacity.PRISON, frame_in(case, casemanager).knows)
    theirs = timeline_of(case, coordinator, Capacity.ORIGIN, frame_in(case, coordinator).knows)

    assert OUTSIDE in str(own)
    assert OUTSIDE not in str(theirs)


def test_a_sheet_sent_with_consent_reads_as_the_list_once_the_consent_is_gone(
    record: DomainRecord,
    case: Case,
    world: World,
    coordinator: Viewer,
    casemanager: Viewer,
    signed_in: SignedIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    sheet = issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW, necessity="nodig")
    url, browser = f"/zaken/{case.pk}/informatiebladen/{sheet.pk}/", signed_in(coordinator)
    assert told_by(browser.get(url).content.decode()) == (True, True)

    with django_capture_on_commit_callbacks() as echoes:
        withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    assert told_by(browser.get(url).content.decode()) == (True, False)  # before anything was renewed
    for echo in echoes:
        echo()
    newest = standing_sheet(case, world.zwolle)
    assert newest is not None
    assert newest.number == 2
    assert told_by(str(_frozen(newest))) == (True, False)


def _frozen(sheet: InformationSheet) -> list[dict[str, object]]:
    return [part.content for part in SheetPart.objects.unrestricted(reason="test").filter(sheet=sheet)]
