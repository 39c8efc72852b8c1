"""What waits for a party on its start page: nothing drops off, and nothing of another party comes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Capacity, Case, CaseTask, TaskKind
from meetings.models import Invitation, InvitationAnswer, Meeting
from parties.models import Organisation, ProcessingLine
from parties.viewer import Viewer
from plans.models import InformationSheet, SheetState
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import due, many_cases, queries_of, task_for
from tests.conftest import SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import take_part
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.factories.plans import ActionFactory, InformationSheetFactory


def invite(
    meeting: Meeting, case: Case, party: Organisation, by: Viewer, answer: str = InvitationAnswer.OPEN
) -> Invitation:
    item = on_agenda(meeting, case, by)
    row = Invitation(item=item, case=case, organisation=party, invited_at=LONG_AGO, answer=answer)
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")
    return row


@pytest.fixture
def meeting(world: World, casemanager: Viewer) -> Meeting:
    return MeetingFactory(
        organisation=world.pi,
        starts_at=timezone.now() + timedelta(days=3),
        chair=casemanager.user,
    )


def test_the_oldest_task_stays_in_sight_and_the_rest_is_counted(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    cases = many_cases(world, 23)
    for place, case in enumerate(cases):
        task = task_for(case, world.pi, TaskKind.BSN_UNKNOWN)
        CaseTask.objects.filter(pk=task.pk).update(opened_at=timezone.now() - timedelta(days=place + 1))
    browser = signed_in(casemanager)

    answer, rest = browser.get("/"), browser.get("/werk/taken/")

    assert cases[-1].number in answer.context["tasks"][0]["who"]
    assert len(answer.context["tasks"]) == 20
    assert "Alle 23 tonen" in answer.content.decode()
    assert len(rest.context["lines"]) == 23


def test_all_work_is_read_a_page_at_a_time_and_written_down(
    case: Case,
    world: World,
    coordinator: Viewer,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cases.views.work.PAGE_SIZE", 2)
    for day in range(3):
        ActionFactory(
            case=case,
            owner=world.pi,
            assignee=world.zwolle,
            text=f"Actie {day}",
            due_on=timezone.localdate() + timedelta(days=day),
        )
    ActionFactory(case=case, owner=world.pi, assignee=world.pi, text="Alleen voor de PI")
    browser = signed_in(coordinator)

    first, second = browser.get("/werk/acties/"), browser.get("/werk/acties/?bladzijde=2")

    assert [line["text"] for line in first.context["lines"]] == ["Actie 0", "Actie 1"]
    assert [line["text"] for line in second.context["lines"]] == ["Actie 2"]
    assert ProcessingLine.objects.filter(activity="werk-inzien", subject_id=case.detainee_id).count() == 2


def test_work_costs_the_same_however_much_there_is(
    world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)
    many_cases(world, 2)
    browser.get("/werk/beginberichten/")

    few = queries_of(browser, "/werk/beginberichten/")
    many_cases(world, 8)

    # session, user, roles, unread, count, rows, audit line, processing lines
    assert len(few) == len(queries_of(browser, "/werk/beginberichten/")) == 8


def test_work_of_an_unknown_kind_and_for_who_has_no_cases(
    privacy_officer: Viewer, bij_mandatary: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    assert signed_in(casemanager).get("/werk/alles/").status_code == 404
    assert signed_in(privacy_officer).get("/werk/taken/").status_code == 403
    assert signed_in(bij_mandatary).get("/werk/taken/").status_code == 403


def test_an_unanswered_invitation_stands_on_the_list_of_the_invited_party_only(
    case: Case,
    world: World,
    meeting: Meeting,
    casemanager: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
    signed_in: SignedIn,
) -> None:
    take_part(case, world.probation, Capacity.PROBATION)
    invitation = invite(meeting, case, world.zwolle, casemanager)

    pages = {who: signed_in(who).get("/").content.decode() for who in (coordinator, probation_officer)}
    Invitation.objects.filter(pk=invitation.pk).update(answer=InvitationAnswer.ACCEPTED)
    answered = signed_in(coordinator).get("/").content.decode()

    assert f"/overleggen/{meeting.pk}/" in pages[coordinator]
    assert f"/overleggen/{meeting.pk}/" not in pages[probation_officer]
    assert f"/overleggen/{meeting.pk}/" not in answered


def test_a_withdrawn_invitation_and_a_meeting_called_off_ask_nothing(
    case: Case, world: World, meeting: Meeting, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    invite(meeting, case, world.zwolle, casemanager)
    browser = signed_in(coordinator)

    Meeting.objects.filter(pk=meeting.pk).update(state="afgelast")
    called_off = browser.get("/").context["invitations"]
    Meeting.objects.filter(pk=meeting.pk).update(state="gepland")
    standing = browser.get("/").context["invitations"]
    Invitation.objects.update(withdrawn_at=timezone.now())

    assert (len(called_off), len(standing), len(browser.get("/").context["invitations"])) == (0, 1, 0)


def test_a_partner_starts_with_its_meetings_and_has_no_counters(
    case: Case,
    world: World,
    meeting: Meeting,
    casemanager: Viewer,
    partner_contact: Viewer,
    signed_in: SignedIn,
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    invite(meeting, case, world.partner, casemanager, InvitationAnswer.ACCEPTED)

    page = signed_in(partner_contact).get("/").content.decode()

    assert page.index("Uw overleggen") < page.index("Uw zaken")
    assert "uw antwoord: komt" in page
    assert "counter__number" not in page
    assert "Zaken van" not in page


def test_an_unread_sheet_stands_on_the_list_until_it_is_opened(
    case: Case,
    world: World,
    probation_officer: Viewer,
    coordinator: Viewer,
    signed_in: SignedIn,
) -> None:
    take_part(case, world.probation, Capacity.PROBATION)
    sheet = InformationSheetFactory(
        case=case, owner=world.pi, recipient=world.probation, state=SheetState.ISSUED
    )
    url, browser = f"/zaken/{case.pk}/informatiebladen/{sheet.pk}/", signed_in(probation_officer)

    unread, other = browser.get("/").content.decode(), signed_in(coordinator).get("/").content.decode()
    on_case = browser.get(f"/zaken/{case.pk}/").content.decode()
    browser.get(url)

    assert url in unread
    assert url not in other
    assert url in on_case
    assert InformationSheet.objects.unrestricted(reason="test").get(pk=sheet.pk).opened_at is not None
    assert url not in browser.get("/").content.decode()


def test_an_invitation_stands_on_the_case_too(
    case: Case, world: World, meeting: Meeting, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    invite(meeting, case, world.zwolle, casemanager)

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/").content.decode()

    assert "Laat weten of u komt" in page


def test_the_list_begins_with_my_cases_and_remembers_when_i_ask_for_all(
    world: World, casemanager: Viewer, unit_head: Viewer, signed_in: SignedIn
) -> None:
    mine, other = many_cases(world, 2)
    row = mine.parties.get(party=world.pi)
    row.worker = casemanager.user
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")
    browser = signed_in(casemanager)

    own, everything = browser.get("/"), browser.get("/?behandelaar=alle")
    of_who_has_none = signed_in(unit_head).get("/")

    assert [line.number for line in own.context["lines"]] == [mine.number]
    assert {line.number for line in everything.context["lines"]} == {mine.number, other.number}
    assert len(of_who_has_none.context["lines"]) == 2
    assert '<option value="mijn" selected>' in own.content.decode()
    assert '<option value="alle" selected>' in of_who_has_none.content.decode()


def test_the_number_of_the_coming_week_holds_every_row_that_is_marked_soon(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    for days, case in zip((0, 1, 7, 8), many_cases(world, 4), strict=True):
        due(case, world.pi, today + timedelta(days=days))

    answer = signed_in(casemanager).get("/?stand=komende-week")

    assert {line.tone for line in answer.context["lines"]} == {"warning"}
    assert len(answer.context["lines"]) == 3


def test_a_task_is_ticked_off_on_the_list_and_brings_back_to_it(
    case: Case, world: World, coordinator: Viewer, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    task = task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)
    url = f"/zaken/{case.pk}/taken/{task.pk}/afdoen/"

    outsider = signed_in(other_coordinator).post(url, {"terug": "werkvoorraad"})
    answer = signed_in(coordinator).post(url, {"terug": "werkvoorraad"})

    assert outsider.status_code == 404
    assert answer.headers["Location"] == "/"
    task.refresh_from_db()
    assert task.done_at is not None


@pytest.mark.parametrize("place", ["https://elders.example/", "//elders.example", "onzin", ""])
def test_the_way_back_leads_to_our_own_lists_only(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn, place: str
) -> None:
    task = task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)

    answer = signed_in(coordinator).post(f"/zaken/{case.pk}/taken/{task.pk}/afdoen/", {"terug": place})

    assert answer.headers["Location"] == f"/zaken/{case.pk}/"


def test_the_kind_check_says_whom_to_call_and_where_to_write_it_down(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    for party in (world.pi, world.zwolle):
        task_for(case, party, TaskKind.CONTACT_TODAY)

    prison, gemeente = (signed_in(who).get("/").content.decode() for who in (casemanager, coordinator))

    assert "Kind-check: bel vandaag de gemeente" in prison
    assert f"/zaken/{case.pk}/screening/kind-check/contact/" in prison
    assert "Kind-check: bel vandaag de inrichting" in gemeente
    assert "kind-check/contact/" not in gemeente


def test_who_sees_his_own_cases_is_told_how_many_have_no_worker(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    mine, *_rest = many_cases(world, 3)
    row = mine.parties.get(party=world.pi)
    row.worker = casemanager.user
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")

    page = signed_in(casemanager).get("/").content.decode()

    assert "Zonder behandelaar: 2" in page
