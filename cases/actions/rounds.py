"""Which rounds of which steps should a case have, given its dates, stays, parties and what was done? (C4)"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Q

from cases.models import (
    ENDED_PHASES,
    Capacity,
    Case,
    CaseParty,
    CaseTask,
    CustodyTitle,
    Deadline,
    DeadlineStatus,
    FacilityStay,
    InflowType,
    RegionalAgreement,
    TaskKind,
)
from cases.process import PLAN_STEPS, step_of
from cases.steps import Step
from reintegratie.lib.workdays import day_of

ENTRY_STEPS = (
    Step.INFO_REQUEST,
    Step.SCREENING,
    Step.SHARE_REQUESTS,
    Step.REFLECTOR_LANGUAGE,
)
ARRESTEE_PLACE = "arrestanten"


@dataclass(frozen=True)
class Wanted:
    """One round that a case should have, and the day on which it was met or ended by itself."""

    step: Step
    since: date
    number: int = 1
    met_on: date | None = None
    ended_on: date | None = None


def wanted_rounds(case: Case, rows: Collection[Deadline]) -> Iterator[Wanted]:
    """The rounds that follow from what is known of a case now. ``rows``: the rounds that it has."""
    assert case.entered_at is not None
    entered_on = day_of(case.entered_at)
    adopted_on = _adopted_on(rows)
    yield Wanted(Step.BEGIN_MESSAGE, entered_on, met_on=_told_on(case))
    yield from (Wanted(step, entered_on) for step in ENTRY_STEPS)
    yield from _plan_rounds(case, entered_on, adopted_on)
    if case.custody_title == CustodyTitle.ISD and adopted_on is not None:
        yield from _evaluations(rows, adopted_on)
    if case.custody_title != CustodyTitle.ISD:
        yield from _promotion_round(case, rows, entered_on)
    if case.inflow_type == InflowType.ARRESTEE:
        yield from _arrestee_round(case)
    if case.expected_release_on is not None:
        yield from _release_rounds(case.expected_release_on, entered_on)
    if case.released_at is not None and case.phase not in ENDED_PHASES:
        yield from _aftercare_rounds(case, day_of(case.released_at))


def _told_on(case: Case) -> date | None:
    """When the gemeente of origin could first know of the entry: it was let in, or a person told it himself (R22, R23).

    The day on which that was written counts, not the day from which it holds: a message that came late told it late.
    """
    joined = Q(capacity=Capacity.ORIGIN) | Q(party=case.origin_municipality_id)
    lines = CaseParty.history.filter(joined, case=case).aggregate(first=Min("history_date"))
    told = CaseTask.objects.filter(
        case=case, kind=TaskKind.ORIGIN_NOT_CONNECTED, done_at__isnull=False, done_by__isnull=False
    )
    moments = (lines["first"], told.aggregate(first=Min("done_at"))["first"])
    return min((day_of(moment) for moment in moments if moment is not None), default=None)


def _plan_rounds(case: Case, entered_on: date, adopted_on: date | None) -> Iterator[Wanted]:
    """One term for the plan, by the title (C6.38), and that of the region. Once it is adopted, nothing starts one."""
    if adopted_on is not None:
        return
    yield Wanted(Step.STAY_PLAN if case.custody_title == CustodyTitle.ISD else Step.PLAN_ADOPTION, entered_on)
    if _agreed(case, Step.TWO_WEEK_PLAN, entered_on):
        yield Wanted(Step.TWO_WEEK_PLAN, entered_on)


def _adopted_on(rows: Collection[Deadline]) -> date | None:
    days = [row.closed_on for row in rows if row.step in PLAN_STEPS and row.status == DeadlineStatus.MET]
    return min((day for day in days if day is not None), default=None)


def _evaluations(rows: Collection[Deadline], adopted_on: date) -> Iterator[Wanted]:
    """From the adoption of the verblijfsplan; each one that was done starts the next (Pbw 18c)."""
    since, number = adopted_on, 1
    held = [row for row in rows if row.step == Step.ISD_EVALUATION and row.status == DeadlineStatus.MET]
    done = {row.round: row.closed_on for row in held}
    while day := done.get(number):
        yield Wanted(Step.ISD_EVALUATION, since, number)
        since, number = day, number + 1
    yield Wanted(Step.ISD_EVALUATION, since, number)


def _promotion_round(case: Case, rows: Collection[Deadline], entered_on: date) -> Iterator[Wanted]:
    """From the begin of the detention, where a zelfmelder starts in plus; after a degradation from that day (C6.24)."""
    after = [row for row in rows if row.step == Step.PROMOTION_EARLIEST and row.round > 1]
    if after:
        last = max(after, key=lambda row: row.round)
        yield Wanted(Step.PROMOTION_EARLIEST, last.starts_on, last.round)
    elif case.inflow_type != InflowType.SELF_REPORTER:
        yield Wanted(Step.PROMOTION_EARLIEST, entered_on)


def _arrestee_round(case: Case) -> Iterator[Wanted]:
    """Eight weeks from the first stay in an arrestantenlocatie; ended by the transfer out of it (R137)."""
    stays = FacilityStay.objects.filter(case=case).order_by("since")
    turns = list(stays.values_list("since", "facility__facility_kinds"))
    there = [ARRESTEE_PLACE in kinds for _, kinds in turns]
    if True in there:
        first = there.index(True)
        left = next((since for since, kinds in turns[first:] if ARRESTEE_PLACE not in kinds), None)
        yield Wanted(Step.ARRESTEE_STAY, day_of(turns[first][0]), ended_on=_day(left))


def _release_rounds(expected: date, entered_on: date) -> Iterator[Wanted]:
    """The checks before release, counted back; none that would lie before the entry. An unknown date has none (C6.21)."""
    for number, weeks in enumerate(step_of(Step.PRE_RELEASE_CHECK, entered_on).terms, start=1):
        if expected - timedelta(weeks=weeks) >= entered_on:
            yield Wanted(Step.PRE_RELEASE_CHECK, expected, number)


def _aftercare_rounds(case: Case, released_on: date) -> Iterator[Wanted]:
    if _agreed(case, Step.DTB_END, released_on):
        yield Wanted(Step.DTB_END, released_on)


def _agreed(case: Case, step: Step, on: date) -> bool:
    """Whether the region of the gemeente of origin agreed on this step for what happens on this day."""
    agreed = RegionalAgreement.objects.holding_for(case.origin_municipality_id, on)
    return agreed.filter(step=step).exists()


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment is not None else None
