"""Which terms run for a case, given its dates and stays? Started at the entry, ended with the release (C4)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from cases.actions.deadlines import OPEN, equated_days, lapse_rounds, start_round
from cases.actions.record import refresh_next_deadlines
from cases.models import Case, Deadline, FacilityStay, InflowType
from cases.process import Step, step_of
from reintegratie.lib.history import Actor
from reintegratie.lib.workdays import day_of

ENTRY_STEPS = (
    Step.INFO_REQUEST,
    Step.SCREENING,
    Step.SHARE_REQUESTS,
    Step.REFLECTOR_LANGUAGE,
    Step.PLAN_ADOPTION,
)
ARRESTEE_PLACE = "arrestanten"


def run_clocks(*, case: Case, by: Actor, at: datetime) -> None:
    """Bring every term in line with entry, stays, expected and real release. Nothing changes when nothing changed.

    A transfer never restarts a term (C7 D6): every clock counts from the entry or from the first stay of its kind.
    """
    if case.entered_at is None:
        return
    before = _snapshot(case)
    equated = equated_days()
    entered_on = day_of(case.entered_at)
    for step in ENTRY_STEPS:
        start_round(case=case, step=step, since=entered_on, by=by, at=at, equated=equated)
    if case.inflow_type != InflowType.SELF_REPORTER:
        start_round(case=case, step=Step.PROMOTION_EARLIEST, since=entered_on, by=by, at=at, equated=equated)
    _arrestee_clock(case, equated, by, at)
    _release_clocks(case, entered_on, equated, by, at)
    if case.released_at is not None:
        lapse_rounds(case=case, on=day_of(case.released_at), by=by, at=at, why="Einde detentie")
    changed = before ^ _snapshot(case)
    if changed:
        refresh_next_deadlines(case=case, at=at, steps={step for step, *_ in changed})


def _arrestee_clock(case: Case, equated: Collection[date], by: Actor, at: datetime) -> None:
    """Eight weeks from the first stay in an arrestantenlocatie; ended by the transfer out of it (R137)."""
    if case.inflow_type != InflowType.ARRESTEE:
        return
    stays = list(FacilityStay.objects.filter(case=case).select_related("facility").order_by("since"))
    there = [ARRESTEE_PLACE in stay.facility.facility_kinds for stay in stays]
    if True not in there:
        return
    first = there.index(True)
    since = day_of(stays[first].since)
    row = start_round(case=case, step=Step.ARRESTEE_STAY, since=since, by=by, at=at, equated=equated)
    left = next((stay for stay, here in zip(stays[first:], there[first:], strict=True) if not here), None)
    if left is not None and row.status == OPEN:
        why = "Overgeplaatst naar een gewone inrichting"
        lapse_rounds(case=case, on=day_of(left.since), step=Step.ARRESTEE_STAY, by=by, at=at, why=why)


def _release_clocks(case: Case, entered_on: date, equated: Collection[date], by: Actor, at: datetime) -> None:
    """The checks before release, counted back from the expected date; never from an unknown one (C6.21)."""
    rule = step_of(Step.PRE_RELEASE_CHECK, entered_on)
    expected = case.expected_release_on
    for number, weeks in enumerate(rule.terms, start=1):
        fits = expected is not None and expected - timedelta(weeks=weeks) >= entered_on
        if fits and expected is not None:
            start_round(
                case=case,
                step=Step.PRE_RELEASE_CHECK,
                since=expected,
                by=by,
                at=at,
                equated=equated,
                round_number=number,
                revive=case.released_at is None,
            )
        else:
            _drop_round(case, number, by, at)


def _drop_round(case: Case, number: int, by: Actor, at: datetime) -> None:
    row = Deadline.objects.filter(case=case, step=Step.PRE_RELEASE_CHECK, round=number).open()
    if row.exists():
        why = "De einddatum is onbekend of ligt te dicht op de binnenkomst"
        lapse_rounds(
            case=case, on=day_of(at), step=Step.PRE_RELEASE_CHECK, number=number, by=by, at=at, why=why
        )


def _snapshot(case: Case) -> set[tuple[str, int, date, str, date]]:
    rows = Deadline.objects.filter(case=case).values_list("step", "round", "due_on", "status", "starts_on")
    return set(rows)
