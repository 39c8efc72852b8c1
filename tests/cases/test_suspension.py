"""A suspension really moves the date, ends by itself, and rescues nothing that was late (users.md 2, issue 4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.actions import (
    NothingAsked,
    NotSuspendable,
    apply_calendar,
    decide_suspension,
    drop_deadline,
    meet_deadline,
    restart_mdo_cycle,
    resume_term,
    start_deadline,
    suspend_term,
)
from cases.actions.calendar import sync_equated_days
from cases.actions.deadlines import equated_days
from cases.ending import CaseIsClosed
from cases.models import (
    Capacity,
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    DeadlineStatus,
    Notification,
    Phase,
    Suspension,
    SuspensionReason,
    SuspensionState,
)
from cases.reminders import due_escalations, due_reminders
from cases.steps import Step
from cases.suspension import may_grant, may_suspend
from parties.models import RoleKind
from parties.viewer import Viewer
from tests.conftest import NOW, World
from tests.factories.base import TestActor

BY = TestActor()
ENTRY = date(2026, 4, 20)
WAITING = SuspensionReason.WAITING


@pytest.fixture
def screening(case: Case) -> Deadline:
    """Ten working days after Monday 20 April 2026: Wednesday 6 May (Koningsdag and 5 May do not count)."""
    return start_deadline(case=case, step=Step.SCREENING, since=ENTRY, by=BY, at=NOW)


def suspend(row: Deadline, by: Viewer, until: date, at: datetime = NOW) -> Suspension:
    return suspend_term(deadline=row, reason=WAITING, until=until, note="", by=by, at=at)


def again(row: Deadline) -> Deadline:
    return Deadline.objects.get(pk=row.pk)


def state(row: Deadline, on: date) -> str:
    return Deadline.objects.with_state(on).get(pk=row.pk).state  # type: ignore[attr-defined, no-any-return]  # annotated


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def test_four_working_days_on_hold_move_a_term_four_working_days(
    screening: Deadline, casemanager: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))  # 22, 23, 24 and 28 April; Koningsdag is none

    row = again(screening)
    assert row.due_on == row.raw_due_on == date(2026, 5, 12)
    assert row.explanation.endswith("; 4 werkdagen later door opschorting")


def test_calendar_days_move_the_calendar_days_and_the_last_day_is_a_working_day(
    case: Case, casemanager: Viewer
) -> None:
    """Six weeks after 9 March is 20 April; nine days on is 29 April, five more are 4 May."""
    mdo = restart_mdo_cycle(case=case, held_on=date(2026, 3, 16), by=BY, at=NOW)
    assert mdo is not None
    assert mdo.due_on == date(2026, 4, 24)  # Koningsdag is no working day, so the Friday before

    suspend(mdo, casemanager, date(2026, 4, 30))

    assert (again(mdo).raw_due_on, again(mdo).due_on) == (date(2026, 5, 5), date(2026, 5, 4))


def test_a_suspension_over_a_weekend_never_ends_a_term_earlier(
    screening: Deadline, casemanager: Viewer
) -> None:
    saturday = date(2026, 4, 25)

    suspend(screening, casemanager, date(2026, 4, 26), at=morning(saturday))

    assert again(screening).due_on == date(2026, 5, 6)


def test_what_was_late_already_gets_no_extra_day_and_is_late_again_afterwards(
    screening: Deadline, casemanager: Viewer, world: World
) -> None:
    late = date(2026, 5, 11)
    suspend(screening, casemanager, date(2026, 5, 18), at=morning(late))

    assert again(screening).due_on == date(2026, 5, 6)
    assert [state(screening, late + timedelta(days=n)) for n in (0, 6, 7)] == [
        "opgeschort",
        "opgeschort",
        "te-laat",
    ]
    assert list(Deadline.objects.overdue(late)) == []
    own = CaseParty.objects.get(case=screening.case, party=world.pi)
    assert own.next_deadline == date(2026, 5, 18)  # on the worklist it is not late while it stands still


def test_a_suspension_ends_on_its_day_without_any_job(screening: Deadline, casemanager: Viewer) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))

    assert state(screening, date(2026, 4, 28)) == "opgeschort"
    assert state(screening, date(2026, 4, 29)) == "open"
    assert state(screening, date(2026, 5, 13)) == "te-laat"
    assert [row.pk for row in Deadline.objects.overdue(date(2026, 5, 13))] == [screening.pk]
    assert Deadline.objects.suspended(date(2026, 4, 28)).exists()
    assert not Deadline.objects.suspended(date(2026, 4, 29)).exists()


def test_nobody_is_reminded_of_a_term_that_stands_still_and_everybody_afterwards(
    screening: Deadline, casemanager: Viewer
) -> None:
    late = date(2026, 6, 1)
    assert due_reminders(morning(late), equated_days()).exists()
    suspend(screening, casemanager, date(2026, 6, 8), at=morning(late))

    for day, told in ((late, False), (date(2026, 6, 7), False), (date(2026, 6, 8), True)):
        assert due_reminders(morning(day), equated_days()).exists() is told
        assert due_escalations(morning(day), equated_days()).exists() is told


def test_the_worklist_asks_for_the_moved_day(screening: Deadline, casemanager: Viewer, world: World) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))

    assert CaseParty.objects.get(case=screening.case, party=world.pi).next_deadline == date(2026, 5, 12)


def test_ending_a_hold_early_gives_back_the_days_that_were_not_used(
    screening: Deadline, casemanager: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))

    resume_term(deadline=screening, by=casemanager, at=morning(date(2026, 4, 23)))

    assert again(screening).due_on == date(2026, 5, 7)
    assert state(screening, date(2026, 4, 23)) == "open"
    one = Suspension.objects.get()
    assert (one.ended_on, one.ended_by, one.until) == (date(2026, 4, 23), casemanager.user, date(2026, 4, 29))
    with pytest.raises(NotSuspendable):
        resume_term(deadline=screening, by=casemanager, at=morning(date(2026, 4, 23)))


def test_a_hold_that_is_taken_back_on_the_same_day_leaves_the_date_as_it_was(
    screening: Deadline, casemanager: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))

    resume_term(deadline=screening, by=casemanager, at=NOW)

    assert again(screening).due_on == date(2026, 5, 6)
    assert "opschorting" not in again(screening).explanation


def test_a_recalculation_does_not_lose_the_hold(screening: Deadline, casemanager: Viewer) -> None:
    """Another calendar, and a corrected begin date (C6.53), count the days that it stood still again."""
    suspend(screening, casemanager, date(2026, 4, 29))

    sync_equated_days(days={date(2026, 5, 8): "KB"}, by=BY, at=NOW)
    apply_calendar(by=BY, at=NOW)
    assert again(screening).due_on == date(2026, 5, 13)

    start_deadline(case=screening.case, step=Step.SCREENING, since=date(2026, 4, 21), by=BY, at=NOW)
    assert again(screening).due_on == date(2026, 5, 15)  # Hemelvaartsdag is skipped as well
    assert state(screening, date(2026, 4, 28)) == "opgeschort"


@pytest.mark.parametrize(
    ("step", "since", "sentence"),
    [
        (Step.PLAN_ADOPTION, ENTRY, "wettelijke termijn"),
        (Step.BEGIN_MESSAGE, ENTRY, "hoort altijd meteen"),
        (Step.PRE_RELEASE_CHECK, date(2027, 1, 29), "schuift niet op"),
        (Step.PROMOTION_EARLIEST, ENTRY, "vanaf wanneer iets mag"),
    ],
)
def test_what_is_not_suspended_by_hand_says_why(
    case: Case, casemanager: Viewer, step: Step, since: date, sentence: str
) -> None:
    row = start_deadline(case=case, step=step, since=since, by=BY, at=NOW)

    with pytest.raises(NotSuspendable, match=sentence):
        suspend(row, casemanager, date(2026, 4, 29))

    assert again(row).due_on == row.due_on
    assert not Suspension.objects.exists()


@pytest.mark.parametrize(
    ("until", "sentence"),
    [(date(2026, 4, 22), "na vandaag"), (date(2026, 6, 4), "hooguit zes weken")],
)
def test_a_suspension_has_an_end_within_six_weeks(
    screening: Deadline, casemanager: Viewer, until: date, sentence: str
) -> None:
    with pytest.raises(NotSuspendable, match=sentence):
        suspend(screening, casemanager, until)

    suspend(screening, casemanager, date(2026, 6, 3))


def test_a_term_that_is_met_or_suspended_already_is_not_suspended_again(
    screening: Deadline, casemanager: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))
    with pytest.raises(NotSuspendable, match="al opgeschort"):
        suspend(screening, casemanager, date(2026, 5, 4))

    meet_deadline(case=screening.case, step=Step.SCREENING, on=NOW.date(), by=BY, at=NOW, why="klaar")
    with pytest.raises(NotSuspendable, match="al afgerond"):
        suspend(screening, casemanager, date(2026, 5, 4))
    assert state(screening, date(2026, 4, 23)) == "gehaald"


def test_the_terms_of_a_closed_case_are_not_suspended(screening: Deadline, casemanager: Viewer) -> None:
    Case.objects.filter(pk=screening.case_id).update(phase=Phase.CLOSED)

    with pytest.raises(CaseIsClosed):
        suspend(screening, casemanager, date(2026, 4, 29))


def test_a_second_one_in_a_row_asks_the_afdelingshoofd(
    screening: Deadline, casemanager: Viewer, unit_head: Viewer, world: World
) -> None:
    suspend(screening, casemanager, date(2026, 4, 23))
    moved = again(screening).due_on
    later = morning(date(2026, 4, 24))

    asked = suspend(screening, casemanager, date(2026, 4, 29), at=later)

    assert asked.state == SuspensionState.ASKED
    with pytest.raises(NotSuspendable, match="nog worden beslist"):
        suspend(screening, casemanager, date(2026, 4, 30), at=later)
    assert again(screening).due_on == moved
    assert state(screening, date(2026, 4, 24)) == "open"
    task = CaseTask.objects.get()
    assert (task.kind, task.party) == ("akkoord-opschorting", world.pi)
    assert Notification.objects.filter(event=f"akkoord-opschorting:{asked.pk}").exists()

    decide_suspension(suspension=asked, granted=True, by=unit_head, at=later)

    assert again(screening).due_on == date(2026, 5, 11)  # one day before, and 24 and 28 April
    task.refresh_from_db()
    assert task.done_at is not None
    with pytest.raises(NothingAsked):
        decide_suspension(suspension=asked, granted=False, by=unit_head, at=later)


def test_what_the_afdelingshoofd_refuses_moves_nothing(
    screening: Deadline, casemanager: Viewer, unit_head: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 23))
    asked = suspend(screening, casemanager, date(2026, 4, 29), at=morning(date(2026, 4, 24)))

    decide_suspension(suspension=asked, granted=False, by=unit_head, at=morning(date(2026, 4, 24)))

    assert Suspension.objects.get(pk=asked.pk).state == SuspensionState.REFUSED
    assert again(screening).due_on == date(2026, 5, 7)
    assert not CaseTask.objects.filter(done_at=None).exists()


def test_an_afdelingshoofd_who_suspends_again_has_decided(
    screening: Deadline, casemanager: Viewer, unit_head: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 23))

    again_so = suspend(screening, unit_head, date(2026, 4, 29), at=morning(date(2026, 4, 24)))

    assert (again_so.state, again_so.decided_by) == (SuspensionState.GRANTED, unit_head.user)


def test_a_question_about_a_term_that_ended_meanwhile_is_answered_with_no(
    screening: Deadline, casemanager: Viewer, unit_head: Viewer
) -> None:
    suspend(screening, casemanager, date(2026, 4, 23))
    later = morning(date(2026, 4, 24))
    asked = suspend(screening, casemanager, date(2026, 4, 29), at=later)
    drop_deadline(case=screening.case, step=Step.SCREENING, by=BY, at=later, why="test")

    with pytest.raises(NotSuspendable, match="al afgerond"):
        decide_suspension(suspension=asked, granted=True, by=unit_head, at=later)


def test_only_the_party_of_a_term_suspends_it() -> None:
    prison, origin, probation = Capacity.PRISON, Capacity.ORIGIN, Capacity.PROBATION

    assert may_suspend(RoleKind.CASEMANAGER, prison, prison)
    assert may_suspend(RoleKind.UNIT_HEAD, prison, prison)
    assert not may_suspend(RoleKind.DIRECTOR, prison, prison)
    assert not may_suspend(RoleKind.AFTERCARE_COORDINATOR, origin, prison)
    assert may_suspend(RoleKind.AFTERCARE_COORDINATOR, origin, origin)
    assert not may_suspend(RoleKind.CASEMANAGER, prison, origin)
    assert may_suspend(RoleKind.PROBATION_OFFICER, probation, probation)
    assert not may_suspend(RoleKind.CASEMANAGER, None, prison)


def test_who_grants_is_not_who_asked() -> None:
    assert may_grant(RoleKind.UNIT_HEAD, Capacity.PRISON, Capacity.PRISON, asked_it=False)
    assert not may_grant(RoleKind.CASEMANAGER, Capacity.PRISON, Capacity.PRISON, asked_it=False)
    assert may_grant(RoleKind.AFTERCARE_COORDINATOR, Capacity.ORIGIN, Capacity.ORIGIN, asked_it=False)
    assert not may_grant(RoleKind.AFTERCARE_COORDINATOR, Capacity.ORIGIN, Capacity.ORIGIN, asked_it=True)


def test_a_suspended_term_that_is_done_all_the_same_is_met(screening: Deadline, casemanager: Viewer) -> None:
    suspend(screening, casemanager, date(2026, 4, 29))

    meet_deadline(case=screening.case, step=Step.SCREENING, on=date(2026, 4, 23), by=BY, at=NOW, why="klaar")

    assert again(screening).status == DeadlineStatus.MET
    assert not Deadline.objects.suspended(date(2026, 4, 23)).exists()
