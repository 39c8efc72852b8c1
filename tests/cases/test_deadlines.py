"""Terms of a case: three clocks from one entry, and what moves them (users.md 3.1, C4)."""

from datetime import UTC, date, datetime

import pytest

from cases.actions import (
    PhaseNotAllowed,
    advance_phase,
    meet_deadline,
    restart_mdo_cycle,
    start_deadline,
)
from cases.models import Case, CaseParty, Deadline, DeadlineStatus, Phase
from cases.steps import Step
from parties.viewer import Viewer
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import DeadlineFactory

ENTRY = date(2026, 4, 20)
BY = TestActor()


def start(case: Case, step: Step, since: date = ENTRY) -> Deadline:
    return start_deadline(case=case, step=step, since=since, by=BY, at=NOW)


@pytest.mark.parametrize(
    ("step", "due"),
    [
        (Step.SCREENING, date(2026, 5, 6)),
        (Step.SHARE_REQUESTS, date(2026, 5, 6)),
        (Step.PLAN_ADOPTION, date(2026, 5, 18)),
        (Step.ARRESTEE_STAY, date(2026, 6, 15)),
        (Step.PROMOTION_EARLIEST, date(2026, 6, 1)),
    ],
)
def test_each_clock_counts_from_the_entry(case: Case, step: Step, due: date) -> None:
    assert start(case, step).due_on == due


def test_the_explanation_names_the_days_that_do_not_count(case: Case) -> None:
    deadline = start(case, Step.SCREENING)

    assert deadline.explanation == (
        "10 werkdagen na 20 april 2026; Koningsdag (27 april) en Bevrijdingsdag (5 mei) niet geteld"
    )
    assert deadline.skipped_days == [date(2026, 4, 27), date(2026, 5, 5)]


def test_a_statutory_term_that_ends_at_christmas_shows_both_dates(case: Case) -> None:
    deadline = start(case, Step.PLAN_ADOPTION, date(2026, 11, 27))

    assert (deadline.raw_due_on, deadline.due_on) == (date(2026, 12, 25), date(2026, 12, 28))
    assert deadline.explanation == (
        "4 weken na 27 november 2026; verlengd tot maandag 28 december 2026, omdat vrijdag 25 december 2026"
        " (eerste Kerstdag) geen werkdag is (Algemene termijnenwet art. 1)"
    )


def test_starting_twice_changes_nothing(case: Case) -> None:
    start(case, Step.SCREENING)
    start(case, Step.SCREENING)

    assert Deadline.objects.count() == 1
    assert Deadline.history.count() == 1


def test_a_corrected_entry_moves_the_term_and_remembers_what_was_due(case: Case) -> None:
    start(case, Step.SCREENING)

    deadline = start(case, Step.SCREENING, date(2026, 4, 17))

    assert deadline.due_on == date(2026, 5, 4)
    assert [line.due_on for line in deadline.history.order_by("history_id")] == [
        date(2026, 5, 6),
        date(2026, 5, 4),
    ]


def test_a_term_that_was_met_is_not_moved_by_a_correction(case: Case) -> None:
    start(case, Step.SCREENING)
    meet_deadline(case=case, step=Step.SCREENING, on=date(2026, 5, 1), by=BY, at=NOW, why="screening klaar")

    deadline = start(case, Step.SCREENING, date(2026, 4, 17))

    assert (deadline.status, deadline.due_on) == (DeadlineStatus.MET, date(2026, 5, 6))


def test_meeting_a_term_that_is_not_open_says_so(case: Case) -> None:
    assert (
        meet_deadline(case=case, step=Step.SCREENING, on=ENTRY, by=BY, at=NOW, why="screening klaar") is None
    )


def test_six_weeks_count_from_the_mdo_that_was_held(case: Case) -> None:
    first = restart_mdo_cycle(case=case, held_on=date(2026, 5, 18), by=BY, at=NOW)
    assert first.due_on == date(2026, 6, 29)

    second = restart_mdo_cycle(case=case, held_on=date(2026, 6, 25), by=BY, at=NOW)

    first.refresh_from_db()
    assert (first.status, first.closed_on) == (DeadlineStatus.MET, date(2026, 6, 25))
    assert (second.round, second.due_on) == (2, date(2026, 8, 6))
    assert Case.objects.get(pk=case.pk).last_mdo_held_on == date(2026, 6, 25)


def test_an_mdo_on_the_same_day_or_written_up_late_moves_nothing(case: Case) -> None:
    restart_mdo_cycle(case=case, held_on=date(2026, 5, 18), by=BY, at=NOW)

    restart_mdo_cycle(case=case, held_on=date(2026, 5, 18), by=BY, at=NOW)
    restart_mdo_cycle(case=case, held_on=date(2026, 5, 4), by=BY, at=NOW)

    assert [row.due_on for row in Deadline.objects.all()] == [date(2026, 6, 29)]


def test_an_mdo_due_on_a_holiday_must_be_held_before_it(case: Case) -> None:
    deadline = restart_mdo_cycle(case=case, held_on=date(2026, 11, 14), by=BY, at=NOW)

    assert (deadline.raw_due_on, deadline.due_on) == (date(2026, 12, 26), date(2026, 12, 24))


def test_release_before_its_day_lets_a_term_lapse_and_takes_the_case_off_the_pi_worklist(
    case: Case, world: World
) -> None:
    start(case, Step.PLAN_ADOPTION)
    case.released_at = datetime(2026, 5, 16, 8, 0, tzinfo=UTC)

    advance_phase(case=_released(case), to=Phase.RELEASED_NO_TITLE, by=BY, at=NOW, why="einde detentie")

    deadline = Deadline.objects.get()
    assert (deadline.status, deadline.closed_on) == (DeadlineStatus.LAPSED, date(2026, 5, 16))
    assert not CaseParty.objects.get(case=case, party=world.pi).is_open
    assert CaseParty.objects.get(case=case, party=world.zwolle).is_open


def _released(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(released_at=case.released_at)
    return case


def test_the_worklist_shows_each_party_the_first_term_it_works_with(case: Case, world: World) -> None:
    start(case, Step.SCREENING)
    start(case, Step.PLAN_ADOPTION)

    assert CaseParty.objects.get(case=case, party=world.pi).next_deadline == date(2026, 5, 6)
    assert CaseParty.objects.get(case=case, party=world.zwolle).next_deadline == date(2026, 5, 18)


def test_only_an_open_term_whose_day_has_passed_is_too_late(case: Case) -> None:
    start(case, Step.SCREENING)
    start(case, Step.PROMOTION_EARLIEST)

    on_the_day = Deadline.objects.with_state(date(2026, 5, 6))
    months_later = Deadline.objects.with_state(date(2026, 8, 1))

    assert [row.state for row in on_the_day] == ["open", "open"]
    assert {row.step: row.state for row in months_later} == {
        "screening": "te-laat",
        "promotion_earliest": "open",
    }
    assert [row.step for row in Deadline.objects.overdue(date(2026, 8, 1))] == ["screening"]


def test_a_plan_cannot_begin_before_the_screening(case: Case, casemanager: Viewer) -> None:
    with pytest.raises(PhaseNotAllowed, match="rond eerst de screening af"):
        advance_phase(case=case, to=Phase.PLAN_CONCEPT, by=casemanager, at=NOW, why="plan begonnen")


def test_the_road_of_an_episode_can_be_walked_and_a_step_back_is_no_step(case: Case) -> None:
    for phase in (Phase.SCREENED, Phase.PLAN_CONCEPT, Phase.PLAN_ADOPTED, Phase.MONITORING, Phase.SCREENED):
        advance_phase(case=case, to=phase, by=BY, at=NOW, why="test")

    case.refresh_from_db()
    assert case.phase == Phase.MONITORING
    assert case.version == 5


def test_one_meeting_meets_every_check_that_was_due_and_no_later_one(case: Case) -> None:
    """Eight and four weeks before release passed without a meeting: one that is held does both, not the one to come."""
    for number, due in enumerate((date(2026, 4, 1), date(2026, 4, 22), date(2026, 5, 13)), start=1):
        DeadlineFactory(case=case, step=Step.PRE_RELEASE_CHECK, round=number, due_on=due)

    for held_on in (date(2026, 4, 22), date(2026, 4, 24)):
        meet_deadline(case=case, step=Step.PRE_RELEASE_CHECK, on=held_on, by=BY, at=NOW, why="besproken")

    closed = Deadline.objects.order_by("round").values_list("round", "closed_on")
    assert list(closed) == [(1, date(2026, 4, 22)), (2, date(2026, 4, 22)), (3, date(2026, 4, 24))]


def test_nothing_to_meet_changes_nothing_for_anybody(case: Case) -> None:
    before = list(CaseParty.objects.order_by("pk").values_list("changed_at"))

    assert meet_deadline(case=case, step=Step.STAY_PLAN, on=ENTRY, by=BY, at=NOW, why="vastgesteld") is None

    assert list(CaseParty.objects.order_by("pk").values_list("changed_at")) == before


@pytest.mark.parametrize(
    ("entered_on", "due"),
    [
        (date(2026, 4, 20), date(2026, 5, 20)),
        (date(2026, 12, 4), date(2027, 1, 4)),
        (date(2027, 1, 29), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 25), date(2026, 12, 28)),  # Christmas, and a weekend
    ],
)
def test_the_plan_of_an_isd_is_due_within_a_month(case: Case, entered_on: date, due: date) -> None:
    """Pbw 18c; statutory, so it goes to the next working day (C6.38, Algemene termijnenwet art. 1)."""
    deadline = start(case, Step.STAY_PLAN, entered_on)

    assert deadline.due_on == due
    assert deadline.explanation.startswith("1 maand na ")
