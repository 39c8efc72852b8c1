"""Which terms run, and what moves them: the rules of C4 and C6 about time, told as detentions (issue 4)."""

from datetime import UTC, date, datetime

import pytest

from cases import process
from cases.actions import meet_deadline
from cases.actions.calendar import sync_equated_days
from cases.figures import timeliness
from cases.models import Case, CaseTask, Deadline, DeadlineStatus
from cases.process import STEP_RULES
from cases.steps import Step, StepRule, Unit
from parties.models import RoleKind
from parties.viewer import viewer_for
from reintegratie.lib.history import save_as
from tests.cases.test_messages import AT, take_in, the_case
from tests.conftest import Hire, World
from tests.factories.base import TestActor
from tests.factories.messages import (
    announcement,
    correction,
    message,
    release,
    release_date,
    transfer,
)
from tests.lib.test_calendar_table import EQUATED

BY = TestActor()
MET, LAPSED, OPEN = DeadlineStatus.MET, DeadlineStatus.LAPSED, DeadlineStatus.OPEN
ENTRY_TERMS = ("info_request", "screening", "share_requests", "reflector_language", "plan_adoption")


def term(step: str, number: int = 1) -> Deadline:
    return Deadline.objects.get(step=step, round=number)


def days() -> dict[tuple[str, int], tuple[date, str]]:
    rows = Deadline.objects.exclude(step="begin_message")
    return {(row.step, row.round): (row.due_on, row.status) for row in rows}


def steps() -> set[str]:
    return set(Deadline.objects.open().values_list("step", flat=True))


@pytest.mark.parametrize(
    ("entered", "screening", "plan"),
    [
        ("2026-11-27T22:30:00+01:00", date(2026, 12, 11), date(2026, 12, 28)),
        ("2026-12-30T09:00:00+01:00", date(2027, 1, 14), date(2027, 1, 27)),
        ("2027-05-05T10:00:00+02:00", date(2027, 5, 24), date(2027, 6, 2)),
        ("2026-11-30T23:15:00Z", date(2026, 12, 15), date(2026, 12, 29)),
        ("2026-03-29T00:30:00Z", date(2026, 4, 14), date(2026, 4, 28)),
        ("2026-10-25T00:30:00Z", date(2026, 11, 6), date(2026, 11, 23)),
        ("2026-10-25T01:30:00Z", date(2026, 11, 6), date(2026, 11, 23)),
    ],
    ids=[
        "vrijdag 22.30",
        "30 december",
        "op een feestdag",
        "0.15 uur",
        "zomertijd",
        "wintertijd",
        "uur later",
    ],
)
def test_an_entry_at_any_hour_counts_from_its_day_in_the_netherlands(
    world: World, entered: str, screening: date, plan: date
) -> None:
    """C6.17 and C6.18: the day of the entry in the PI, in Amsterdam."""
    sync_equated_days(days=dict.fromkeys(EQUATED, "besluit"), by=BY, at=AT)

    take_in(message(begin=entered, sent=entered), at=datetime(2027, 6, 1, tzinfo=UTC))

    assert (term("screening").due_on, term("plan_adoption").due_on) == (screening, plan)


def test_who_leaves_before_the_day_of_the_plan_has_missed_nothing(world: World, hire: Hire) -> None:
    """C6.20: released on day 27, so the plan lapsed; in the figures it stands apart from what was missed."""
    take_in(message(), release("2026-05-17T09:00:00+02:00"))

    plan = term("plan_adoption")
    assert (plan.status, plan.closed_on, plan.due_on) == (LAPSED, date(2026, 5, 17), date(2026, 5, 18))
    counted = {row.step: (row.on_time, row.late, row.lapsed) for row in figures(world, hire)}
    assert counted["D&R-plan vaststellen"] == (0, 0, 1)
    assert counted["Screening van de basisvoorwaarden"] == (0, 1, 0)  # its day had passed when he left


def figures(world: World, hire: Hire) -> list:  # type: ignore[type-arg]  # rows of cases.figures
    return timeliness(viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=AT), date(2026, 1, 1))


def test_a_detention_shorter_than_ten_working_days_lapses_its_terms_and_still_tells_begin_and_end(
    world: World,
) -> None:
    """C6.19."""
    take_in(message(), release("2026-04-28T09:00:00+02:00"))

    assert all(term(step).status == LAPSED for step in ENTRY_TERMS)
    assert term("begin_message").status == MET
    told = CaseTask.objects.filter(party=world.zwolle).values_list("kind", flat=True)
    assert set(told) == {"beginmelding", "eindmelding"}


def test_two_transfers_in_one_week_that_arrive_out_of_order_keep_every_clock(world: World) -> None:
    """C6.1, C6.2, C7 D6: the owner changes, the days do not."""
    take_in(message())
    before = days()

    take_in(transfer("ZWO", "2026-04-24T10:00:00Z", sent="2026-04-24T10:00:00Z"))
    take_in(transfer("LEE", "2026-04-22T10:00:00Z", sent="2026-04-27T10:00:00Z"))
    take_in(transfer("LEE", "2026-04-28T10:00:00Z", sent="2026-04-28T10:00:00Z"))

    assert days() == before
    assert Deadline.history.exclude(history_type="+").count() == 0


def test_a_back_dated_entry_moves_what_is_open_and_leaves_what_was_done(world: World) -> None:
    """C6.53: and what was due when stays in the history."""
    take_in(message())
    meet_deadline(
        case=the_case(), step=Step.INFO_REQUEST, on=date(2026, 4, 22), by=BY, at=AT, why="informatie gevraagd"
    )

    take_in(correction("2026-04-17T11:00:00+02:00"))

    assert term("info_request").due_on == date(2026, 5, 6)
    plan = term("plan_adoption")
    assert plan.due_on == date(2026, 5, 15)
    assert [line.due_on for line in plan.history.order_by("history_id")] == [
        date(2026, 5, 18),
        date(2026, 5, 15),
    ]


def test_a_re_entry_three_days_after_release_starts_every_clock_anew_and_links(world: World) -> None:
    """C6.4: nothing of the former episode comes back."""
    take_in(message(), release("2026-05-14T09:00:00+02:00"))
    take_in(message(nummer="INS-T-2", begin="2026-05-17T11:00:00+02:00", sent="2026-05-17T12:00:00+02:00"))

    first, second = Case.objects.order_by("entered_at")
    assert second.previous == first
    assert not Deadline.objects.filter(case=first).open().exists()
    plan = Deadline.objects.get(case=second, step="plan_adoption")
    assert (plan.starts_on, plan.due_on, plan.status) == (date(2026, 5, 17), date(2026, 6, 15), OPEN)


@pytest.mark.parametrize(
    ("expected", "late"),
    [("2026-07-20", {1}), ("2026-06-15", {1, 2}), ("2026-06-01", {1, 2, 3})],
    ids=["over zeven weken", "veertien dagen eerder", "vanavond"],
)
def test_a_release_that_comes_nearer_moves_the_checks_and_says_which_are_too_late(
    world: World, expected: str, late: set[int]
) -> None:
    """C6.22: today is 1 June."""
    take_in(message(begin="2026-02-02T11:00:00+01:00", verwachtEinde="2026-08-31"))
    assert "te laat" not in term("pre_release_check").explanation

    take_in(
        release_date(expected, begin="2026-02-02T11:00:00+01:00", sent="2026-06-01T08:00:00Z"),
    )

    rows = Deadline.objects.filter(step="pre_release_check").with_state(AT.date())
    assert {row.starts_on.isoformat() for row in rows} == {expected}
    assert {row.round for row in rows if row.state == "te-laat"} == late
    assert {row.round for row in rows if "te laat: dat moment is al voorbij" in row.explanation} == late


def test_a_release_that_is_put_off_is_not_too_late_any_more(world: World) -> None:
    take_in(message(verwachtEinde="2026-06-15"))
    assert "te laat" in term("pre_release_check").explanation

    take_in(release_date("2026-12-31", sent="2026-06-01T08:00:00Z"))

    assert term("pre_release_check").due_on == date(2026, 11, 5)
    assert "te laat" not in term("pre_release_check").explanation


def test_an_unknown_end_has_no_term_that_counts_back_until_it_is_known(world: World) -> None:
    """C6.21."""
    take_in(message(verwachtEinde=None))
    assert "pre_release_check" not in steps()

    take_in(release_date("2026-12-31", sent="2026-05-01T08:00:00Z"))
    assert Deadline.objects.filter(step="pre_release_check").open().count() == 3

    take_in(release_date(None, sent="2026-05-02T08:00:00Z"))
    assert "pre_release_check" not in steps()


def test_an_arrestee_stays_56_days_also_when_that_is_a_sunday_and_a_transfer_ends_it(world: World) -> None:
    """R137: not extended."""
    world.pi.facility_kinds = ["arrestanten"]
    save_as(world.pi, by=BY, at=AT, why="test")

    take_in(message(instroomtype="arrestant", begin="2026-04-05T10:00:00+02:00"))
    assert (term("arrestee_stay").due_on, term("arrestee_stay").status) == (date(2026, 5, 31), OPEN)

    take_in(transfer("LEE", "2026-05-29T10:00:00Z"))
    ended = term("arrestee_stay")
    assert (ended.status, ended.closed_on) == (LAPSED, date(2026, 5, 29))
    assert term("plan_adoption").status == OPEN  # the clock of the plan goes on (C6.3)


def test_promotion_is_possible_after_42_days_but_a_zelfmelder_is_in_plus_and_an_isd_has_none(
    world: World,
) -> None:
    """R166, R167, B6."""
    take_in(message())
    assert term("promotion_earliest").due_on == date(2026, 6, 1)

    take_in(message(titel="isd", sent="2026-04-24T12:00:00+02:00"))
    assert term("promotion_earliest").status == LAPSED

    take_in(message(sent="2026-04-25T12:00:00+02:00"))
    assert term("promotion_earliest").status == OPEN


def test_a_zelfmelder_has_no_day_of_promotion(world: World) -> None:
    take_in(announcement(), message(instroomtype="zelfmelder"))

    assert "promotion_earliest" not in steps()


def test_a_term_keeps_the_rule_it_was_made_under_also_when_its_entry_is_corrected(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C6.56: a law of 1 May; who entered before keeps ten working days, also moved to after it."""
    take_in(message())
    shorter = StepRule(
        Step.SCREENING, "Screening", "binnenkomst", (5,), Unit.WORKING_DAYS, "nieuwe wet", date(2026, 5, 1)
    )
    monkeypatch.setattr(process, "STEP_RULES", (*STEP_RULES, shorter))

    take_in(correction("2026-05-04T11:00:00+02:00", sent="2026-05-04T12:00:00+02:00"))
    take_in(
        message(
            nummer="INS-T-3",
            begin="2026-05-04T11:00:00+02:00",
            sent="2026-05-04T12:00:00+02:00",
            person={"strafrechtsketennummer": "7000002", "bsn": "999993653"},
        )
    )

    old = Deadline.objects.get(case__detention_number="INS-T-1", step="screening")
    new = Deadline.objects.get(case__detention_number="INS-T-3", step="screening")
    assert (old.step_valid_from, old.explanation[:2]) == (date(2019, 7, 1), "10")
    assert (new.step_valid_from, new.explanation[:2]) == (date(2026, 5, 1), "5 ")
