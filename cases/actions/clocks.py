"""Keep the terms of a case in line with its dates: started at the entry, ended with the release (C4)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from cases.actions.deadlines import LAPSED, RUNNING, equated_days, lapse, meet, shape_round
from cases.actions.record import refresh_next_deadlines
from cases.actions.rounds import Wanted, wanted_rounds
from cases.models import ENDED_PHASES, Case, Deadline
from cases.process import AFTER_RELEASE, PLAN_STEPS
from cases.road import STOPPED_PHASES
from cases.steps import Step
from reintegratie.lib.history import Actor, add_all_as, save_as
from reintegratie.lib.workdays import day_of

LEFT_ARRESTEE_PLACE = "Overgeplaatst naar een gewone inrichting"
BEGIN_TOLD = "De gemeente van herkomst weet van het begin van de detentie"
NOT_NEEDED: dict[str, str] = {
    Step.PRE_RELEASE_CHECK: "De einddatum is onbekend of ligt te dicht op de binnenkomst",
    **dict.fromkeys(PLAN_STEPS, "Bij de titel hoort een andere termijn voor het plan"),
    Step.PROMOTION_EARLIEST: "Bij deze instroom of titel is er geen promotie",
    Step.ISD_EVALUATION: "De titel is geen ISD-maatregel meer",
    Step.TWO_WEEK_PLAN: "De regio van de gemeente van herkomst spreekt deze termijn niet af",
    Step.DTB_END: "De regio van de gemeente van herkomst spreekt deze termijn niet af, of het ontslag is ingetrokken",
}
"""Why a term ends for which a message, or beheer, took away what it hangs on. It opens again when that comes back."""


def run_clocks(*, case: Case, by: Actor, at: datetime) -> None:
    """Bring every term in line with entry, stays, parties, expected and real release. Writes only what differs.

    A transfer never restarts a term (C7 D6): every clock counts from the entry or from the first stay of its kind.
    """
    if case.entered_at is None or case.phase in STOPPED_PHASES:
        return
    rows = {(row.step, row.round): row for row in Deadline.objects.filter(case=case)}
    wanted = list(wanted_rounds(case, rows.values()))
    equated = equated_days()
    written: dict[int, tuple[Deadline, str]] = {}
    for one in wanted:
        row = rows.setdefault((one.step, one.number), Deadline(case=case, step=one.step, round=one.number))
        revive = one.step in NOT_NEEDED and _runs(case, one.step)
        told = one.met_on is not None
        why = shape_round(row, one.since, equated, on=day_of(at), revive=revive, moves_when_met=told)
        if why := _closed_by_itself(row, one) or why:
            written[id(row)] = (row, why)
    for row, why in _ended(case, rows.values(), wanted, at):
        written[id(row)] = (row, why)
    _write(case, list(written.values()), by=by, at=at)


def _closed_by_itself(row: Deadline, one: Wanted) -> str:
    if row.status in (*RUNNING, LAPSED) and one.met_on:  # told after the release is still told (C6.19)
        return meet(row, on=one.met_on, why=BEGIN_TOLD)
    if row.status in RUNNING and one.ended_on:
        return lapse(row, on=one.ended_on, why=LEFT_ARRESTEE_PLACE)
    return ""


def _runs(case: Case, step: str) -> bool:
    """Whether a term of this step can be open now: inside, or in the aftercare when it begins with the release."""
    if case.phase in ENDED_PHASES:
        return False
    return (case.released_at is not None) == (step in AFTER_RELEASE)


def _ended(
    case: Case, rows: Collection[Deadline], wanted: Sequence[Wanted], at: datetime
) -> Iterator[tuple[Deadline, str]]:
    """Open terms that end now: all of them with the detention, and those that hang on nothing any more."""
    needed = {(one.step, one.number) for one in wanted}
    for row in rows:
        if row.status not in RUNNING:
            continue
        if not _runs(case, row.step) and (case.released_at is not None or case.phase in ENDED_PHASES):
            on = day_of(case.released_at or at)
            yield row, lapse(row, on=on, why="Einde detentie")
        elif row.step in NOT_NEEDED and (row.step, row.round) not in needed:
            yield row, lapse(row, on=day_of(at), why=NOT_NEEDED[row.step])


def _write(case: Case, changes: list[tuple[Deadline, str]], *, by: Actor, at: datetime) -> None:
    new = [change for change in changes if change[0]._state.adding]
    moved = [change for change in changes if not change[0]._state.adding]
    add_all_as(new, by=by, at=at)
    for row, why in moved:
        save_as(row, by=by, at=at, why=why)
    if changes:
        refresh_next_deadlines(case=case, at=at, steps={row.step for row, _ in changes})
