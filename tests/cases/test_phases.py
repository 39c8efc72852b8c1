"""What people record on the road of a case, and what follows from it (C2, C6.24, C6.45, C7 D3)."""

from datetime import UTC, date, datetime

import pytest

from cases.actions import (
    PhaseNotAllowed,
    advance_phase,
    notify,
    open_task,
    record_event,
    start_deadline,
    suspend_term,
)
from cases.actions.clocks import run_clocks
from cases.actions.deliver import deliver_mail
from cases.events import RoadEvent
from cases.models import (
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    DeadlineStatus,
    Notification,
    Phase,
    Programme,
    Suspension,
    SuspensionReason,
    TaskKind,
)
from cases.steps import Step
from parties.models import Organisation
from parties.viewer import Viewer
from tests.conftest import NOW, World
from tests.factories.base import TestActor

BY = TestActor()
ENTRY = date(2026, 4, 20)
TODAY = date(2026, 4, 22)


def record(case: Case, event: RoadEvent, on: date, by: Viewer, at: datetime = NOW, ground: str = "") -> Case:
    return record_event(case=case, event=event, on=on, reason="test", ground=ground, by=by, at=at)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def terms(case: Case) -> dict[str, Deadline]:
    return {row.step: row for row in Deadline.objects.filter(case=case)}


@pytest.fixture
def running(case: Case) -> Case:
    for step in (Step.SCREENING, Step.PLAN_ADOPTION, Step.PROMOTION_EARLIEST):
        start_deadline(case=case, step=step, since=ENTRY, by=BY, at=NOW)
    start_deadline(case=case, step=Step.PRE_RELEASE_CHECK, since=date(2027, 1, 29), by=BY, at=NOW)
    return case


def test_absence_stops_every_clock_and_a_return_gives_back_the_days_that_were_left(
    running: Case, casemanager: Viewer, world: World
) -> None:
    """Away from Tuesday 21 April until Friday the 24th: three working days, three calendar days."""
    record(running, RoadEvent.ABSENT, date(2026, 4, 21), casemanager)

    assert {row.status for row in terms(running).values()} == {DeadlineStatus.SUSPENDED}
    assert CaseParty.objects.get(case=running, party=world.pi).next_deadline is None
    assert not Deadline.objects.overdue(date(2030, 1, 1)).exists()

    record(running, RoadEvent.RETURNED, date(2026, 4, 24), casemanager, at=moment(date(2026, 4, 24)))

    running.refresh_from_db()
    rows = terms(running)
    assert running.phase == Phase.ADMITTED
    assert {row.status for row in rows.values()} == {DeadlineStatus.OPEN}
    assert rows[Step.SCREENING].due_on == date(2026, 5, 11)
    assert rows[Step.PLAN_ADOPTION].due_on == date(
        2026, 5, 21
    )  # 18 May and three days; the law itself stands still
    assert rows[Step.PROMOTION_EARLIEST].due_on == date(2026, 6, 4)
    assert rows[Step.PRE_RELEASE_CHECK].due_on == date(2026, 12, 4)  # counts back: does not move
    assert CaseParty.objects.get(case=running, party=world.pi).next_deadline == date(2026, 5, 11)
    assert set(Suspension.objects.values_list("reason", "ended_on")) == {("afwezig", date(2026, 4, 24))}


def test_what_was_late_before_somebody_went_stays_late(running: Case, casemanager: Viewer) -> None:
    gone, back = date(2026, 5, 11), date(2026, 5, 18)
    record(running, RoadEvent.ABSENT, gone, casemanager, at=moment(gone))

    record(running, RoadEvent.RETURNED, back, casemanager, at=moment(back))

    assert terms(running)[Step.SCREENING].due_on == date(2026, 5, 6)
    assert terms(running)[Step.PLAN_ADOPTION].due_on == date(
        2026, 5, 26
    )  # 18 and 7 days is tweede Pinksterdag


def test_absence_ends_a_suspension_by_hand_on_its_first_day(running: Case, casemanager: Viewer) -> None:
    screening = terms(running)[Step.SCREENING]
    suspend_term(
        deadline=screening,
        reason=SuspensionReason.WAITING,
        until=date(2026, 4, 29),
        note="",
        by=casemanager,
        at=NOW,
    )
    gone, back = date(2026, 4, 23), date(2026, 4, 24)

    record(running, RoadEvent.ABSENT, gone, casemanager, at=moment(gone))
    record(running, RoadEvent.RETURNED, back, casemanager, at=moment(back))

    assert terms(running)[Step.SCREENING].due_on == date(2026, 5, 8)  # 22 and 23 April


def test_a_term_that_begins_during_absence_stands_still_from_the_start(
    running: Case, casemanager: Viewer
) -> None:
    record(running, RoadEvent.ABSENT, TODAY, casemanager)

    row = start_deadline(case=running, step=Step.SHARE_REQUESTS, since=ENTRY, by=BY, at=NOW)

    assert row.status == DeadlineStatus.SUSPENDED


def test_a_return_leads_back_to_where_the_absence_began(case: Case, casemanager: Viewer) -> None:
    for phase in (Phase.SCREENED, Phase.PLAN_CONCEPT):
        advance_phase(case=case, to=phase, by=BY, at=NOW, why="test")
    record(case, RoadEvent.ABSENT, TODAY, casemanager)
    with pytest.raises(PhaseNotAllowed, match="De zaak is nu: ongeoorloofd afwezig"):
        advance_phase(case=case, to=Phase.PLAN_ADOPTED, by=BY, at=NOW, why="test")

    record(case, RoadEvent.RETURNED, TODAY, casemanager)

    case.refresh_from_db()
    assert (case.phase, case.phase_before, case.phase_since) == (Phase.PLAN_CONCEPT, "", TODAY)


def test_only_remand_is_suspended_and_resumed(case: Case, casemanager: Viewer) -> None:
    with pytest.raises(PhaseNotAllowed, match="Alleen voorlopige hechtenis"):
        record(case, RoadEvent.CUSTODY_SUSPENDED, TODAY, casemanager)
    Case.objects.filter(pk=case.pk).update(custody_title="voorlopige hechtenis")

    record(case, RoadEvent.CUSTODY_SUSPENDED, TODAY, casemanager)
    record(case, RoadEvent.CUSTODY_RESUMED, TODAY, casemanager)

    assert Case.objects.get(pk=case.pk).phase == Phase.ADMITTED


def test_a_refusal_changes_nothing(running: Case, casemanager: Viewer) -> None:
    with pytest.raises(PhaseNotAllowed, match="in de toekomst"):
        record(running, RoadEvent.ABSENT, date(2026, 4, 23), casemanager)
    with pytest.raises(PhaseNotAllowed, match="Nazorg begint na het ontslag"):
        record(running, RoadEvent.AFTERCARE_STARTED, TODAY, casemanager)

    assert Case.objects.get(pk=running.pk).phase == Phase.ADMITTED
    assert {row.status for row in terms(running).values()} == {DeadlineStatus.OPEN}


@pytest.mark.parametrize("event", [RoadEvent.DECEASED, RoadEvent.EXPELLED])
def test_death_and_expulsion_stop_every_clock_and_every_letter(
    running: Case, casemanager: Viewer, world: World, event: RoadEvent
) -> None:
    record(running, RoadEvent.ABSENT, TODAY, casemanager)  # also what stood still
    open_task(case=running, party=world.pi, kind=TaskKind.ASK_CONSENT, by=BY, at=NOW)
    _tell(running, world.pi, "eerder")

    record(running, event, TODAY, casemanager)
    _tell(running, world.pi, "later")
    deliver_mail(at=NOW)

    assert {row.status for row in terms(running).values()} == {DeadlineStatus.LAPSED}
    assert not CaseTask.objects.filter(done_at=None).exists()
    assert not CaseParty.objects.filter(case=running, is_open=True).exists()
    assert not Notification.objects.filter(event="later").exists()
    mails = Notification.objects.filter(channel="mail")
    assert mails.exists()
    assert not mails.filter(delivered_at__isnull=False).exists()
    assert not mails.filter(failed_at=None).exists()


def _tell(case: Case, organisation: Organisation, event: str) -> None:
    notify(case=case, organisation=organisation, kind="termijn", event=event, at=NOW)


def test_aftercare_is_begun_and_closed_after_the_release_only(case: Case, coordinator: Viewer) -> None:
    with pytest.raises(PhaseNotAllowed):
        record(case, RoadEvent.AFTERCARE_CLOSED, TODAY, coordinator)
    advance_phase(case=case, to=Phase.RELEASED_NO_TITLE, by=BY, at=NOW, why="ontslag")
    with pytest.raises(PhaseNotAllowed, match="leg eerst vast dat de nazorg is begonnen"):
        record(case, RoadEvent.AFTERCARE_CLOSED, TODAY, coordinator)

    record(case, RoadEvent.AFTERCARE_STARTED, TODAY, coordinator)
    record(case, RoadEvent.AFTERCARE_CLOSED, TODAY, coordinator)

    assert Case.objects.get(pk=case.pk).phase == Phase.CLOSED
    assert not CaseParty.objects.filter(case=case, is_open=True).exists()


def test_an_extramural_phase_has_a_ground_and_can_be_recalled(case: Case, casemanager: Viewer) -> None:
    Case.objects.filter(pk=case.pk).update(phase=Phase.MONITORING)

    record(case, RoadEvent.EXTRAMURAL_STARTED, TODAY, casemanager, ground="c")
    assert Case.objects.get(pk=case.pk).extramural_ground == "c"
    record(case, RoadEvent.EXTRAMURAL_RECALLED, TODAY, casemanager)

    assert Case.objects.get(pk=case.pk).phase == Phase.MONITORING


def test_promotion_waits_six_weeks_and_meets_its_term(running: Case, director: Viewer) -> None:
    first = date(2026, 6, 1)
    with pytest.raises(PhaseNotAllowed, match="vanaf 1 juni 2026"):
        record(running, RoadEvent.PROMOTED, date(2026, 5, 31), director, at=moment(first))

    record(running, RoadEvent.PROMOTED, first, director, at=moment(first))

    running.refresh_from_db()
    assert (running.programme, running.programme_since) == (Programme.PLUS, first)
    assert running.phase == Phase.ADMITTED
    assert terms(running)[Step.PROMOTION_EARLIEST].status == DeadlineStatus.MET


def test_a_zelfmelder_who_is_demoted_waits_six_weeks_from_that_day(case: Case, director: Viewer) -> None:
    """No second start bonus (C6.24)."""
    Case.objects.filter(pk=case.pk).update(inflow_type="zelfmelder", programme=Programme.PLUS)
    with pytest.raises(PhaseNotAllowed, match="begint al in plus"):
        record(case, RoadEvent.PROMOTED, TODAY, director)

    record(case, RoadEvent.DEMOTED, TODAY, director)

    again = Deadline.objects.get(case=case)
    assert (again.step, again.starts_on, again.due_on) == ("promotion_earliest", TODAY, date(2026, 6, 3))
    with pytest.raises(PhaseNotAllowed, match="vanaf 3 juni 2026"):
        record(case, RoadEvent.PROMOTED, date(2026, 6, 2), director, at=moment(date(2026, 6, 2)))


def test_a_message_that_comes_later_does_not_undo_a_degradation(case: Case, director: Viewer) -> None:
    run_clocks(case=case, by=BY, at=NOW)
    Case.objects.filter(pk=case.pk).update(programme=Programme.PLUS)
    record(case, RoadEvent.DEMOTED, TODAY, director)

    run_clocks(case=case, by=BY, at=NOW)

    rounds = Deadline.objects.filter(case=case, step=Step.PROMOTION_EARLIEST).order_by("round")
    assert list(rounds.values_list("round", "status")) == [(1, "vervallen"), (2, "open")]


def test_the_reason_of_a_phase_is_not_in_the_line_that_a_gemeente_reads(
    case: Case, casemanager: Viewer
) -> None:
    record(case, RoadEvent.ABSENT, TODAY, casemanager)

    line = case.history.order_by("-history_id").first()
    assert line is not None
    assert line.history_change_reason == "Fase gewijzigd"
    assert line.phase_reason == "Ongeoorloofd afwezig: test"
