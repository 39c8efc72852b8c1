"""Which terms run for a case, given its dates and stays? Started at the entry, ended with the release (C4)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.actions.deadlines import MET, OPEN, equated_days, lapse, shape_round
from cases.actions.record import refresh_next_deadlines
from cases.models import ENDED_PHASES, Case, CustodyTitle, Deadline, InflowType
from cases.process import PLAN_STEPS, step_of
from cases.steps import Step
from reintegratie.lib.history import Actor, add_all_as, save_as
from reintegratie.lib.workdays import day_of

ENTRY_STEPS = (
    Step.INFO_REQUEST,
    Step.SCREENING,
    Step.SHARE_REQUESTS,
    Step.REFLECTOR_LANGUAGE,
)
REVIVED = (Step.PRE_RELEASE_CHECK, *PLAN_STEPS)
"""Terms that open again when a message gives back what they were dropped for: a date, a title."""
ARRESTEE_PLACE = "arrestanten"
LEFT_ARRESTEE_PLACE = "Overgeplaatst naar een gewone inrichting"
NOT_NEEDED: dict[str, str] = {
    Step.PRE_RELEASE_CHECK: "De einddatum is onbekend of ligt te dicht op de binnenkomst",
    **dict.fromkeys(PLAN_STEPS, "Bij de titel hoort een andere termijn voor het plan"),
}
"""Why a term ends for which a message took away the date or the title."""

Turns = Sequence[tuple[datetime, Collection[str]]]
"""The stays in order: since when, and of which kinds the PI is."""


@dataclass(frozen=True)
class Wanted:
    """One round that a case should have, and the day on which it ended by itself."""

    step: Step
    since: date
    number: int = 1
    ended_on: date | None = None


def run_clocks(*, case: Case, turns: Turns, by: Actor, at: datetime) -> None:
    """Bring every term in line with entry, stays, expected and real release. Nothing is written when all is right.

    A transfer never restarts a term (C7 D6): every clock counts from the entry or from the first stay of its kind.
    """
    if case.entered_at is None:
        return
    rows = {(row.step, row.round): row for row in Deadline.objects.filter(case=case)}
    equated = equated_days()
    written: dict[int, tuple[Deadline, str]] = {}
    wanted = list(_without_adopted(wanted_rounds(case, turns), rows.values()))
    inside = case.released_at is None and case.phase not in ENDED_PHASES
    for one in wanted:
        row = rows.setdefault((one.step, one.number), Deadline(case=case, step=one.step, round=one.number))
        why = shape_round(row, one.since, equated, on=day_of(at), revive=inside and one.step in REVIVED)
        if one.ended_on and row.status == OPEN:
            why = lapse(row, on=one.ended_on, why=LEFT_ARRESTEE_PLACE)
        if why:
            written[id(row)] = (row, why)
    for row, why in _ended(case, rows.values(), wanted, at):
        written[id(row)] = (row, why)
    _write(case, list(written.values()), by=by, at=at)


def _write(case: Case, changes: list[tuple[Deadline, str]], *, by: Actor, at: datetime) -> None:
    new = [change for change in changes if change[0]._state.adding]
    moved = [change for change in changes if not change[0]._state.adding]
    add_all_as(new, by=by, at=at)
    for row, why in moved:
        save_as(row, by=by, at=at, why=why)
    if changes:
        refresh_next_deadlines(case=case, at=at, steps={row.step for row, _ in changes})


def wanted_rounds(case: Case, turns: Turns) -> Iterator[Wanted]:
    """The rounds that follow from the dates of a case."""
    assert case.entered_at is not None
    entered_on = day_of(case.entered_at)
    yield from (Wanted(step, entered_on) for step in ENTRY_STEPS)
    yield Wanted(Step.STAY_PLAN if case.custody_title == CustodyTitle.ISD else Step.PLAN_ADOPTION, entered_on)
    if case.inflow_type != InflowType.SELF_REPORTER:
        yield Wanted(Step.PROMOTION_EARLIEST, entered_on)
    if case.inflow_type == InflowType.ARRESTEE:
        yield from _arrestee_round(turns)
    if case.expected_release_on is not None:
        yield from _release_rounds(case.expected_release_on, entered_on)


def _without_adopted(wanted: Iterable[Wanted], rows: Iterable[Deadline]) -> Iterator[Wanted]:
    """Once the plan is adopted, another title starts no other term for it."""
    adopted = any(row.step in PLAN_STEPS and row.status == MET for row in rows)
    return (one for one in wanted if not (adopted and one.step in PLAN_STEPS))


def _arrestee_round(turns: Turns) -> Iterator[Wanted]:
    """Eight weeks from the first stay in an arrestantenlocatie; ended by the transfer out of it (R137)."""
    there = [ARRESTEE_PLACE in kinds for _, kinds in turns]
    if True in there:
        first = there.index(True)
        left = next((since for since, kinds in turns[first:] if ARRESTEE_PLACE not in kinds), None)
        yield Wanted(
            Step.ARRESTEE_STAY, day_of(turns[first][0]), ended_on=day_of(left) if left is not None else None
        )


def _release_rounds(expected: date, entered_on: date) -> Iterator[Wanted]:
    """The checks before release, counted back; none that would lie before the entry. An unknown date has none (C6.21)."""
    for number, weeks in enumerate(step_of(Step.PRE_RELEASE_CHECK, entered_on).terms, start=1):
        if expected - timedelta(weeks=weeks) >= entered_on:
            yield Wanted(Step.PRE_RELEASE_CHECK, expected, number)


def _ended(
    case: Case, rows: Collection[Deadline], wanted: Sequence[Wanted], at: datetime
) -> Iterator[tuple[Deadline, str]]:
    """Open terms that end now: all of them at the release, and those for which there is no date or title any more."""
    needed = {(one.step, one.number) for one in wanted}
    for row in rows:
        if row.status != OPEN:
            continue
        if case.released_at is not None:
            yield row, lapse(row, on=day_of(case.released_at), why="Einde detentie")
        elif row.step in NOT_NEEDED and (row.step, row.round) not in needed:
            yield row, lapse(row, on=day_of(at), why=NOT_NEEDED[row.step])
