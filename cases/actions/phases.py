"""Move a case along the road of the work process (C2): what people record, what work brings about, and what follows."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from cases.actions.deadlines import (
    RUNNING,
    drop_deadline,
    equated_days,
    lapse_all,
    meet_deadline,
    start_round,
)
from cases.actions.record import lock_case, refresh_next_deadlines, save_case
from cases.actions.suspensions import hold_terms, release_terms
from cases.actions.work import close_task
from cases.events import Facts, RoadEvent
from cases.models import (
    ENDED_PHASES,
    RELEASED_PHASES,
    Capacity,
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    Phase,
    Programme,
    SuspensionReason,
    TaskKind,
)
from cases.road import INTERRUPTED, RELEASED, Refused, event_between, is_reached, row_of, step
from cases.steps import Step
from parties.viewer import Viewer
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

KNOWS_TITLE = (Capacity.PRISON, Capacity.PROBATION)
"""A gemeente is not told by the frame whether there is a title (:mod:`cases.frame`)."""
PROGRAMME_OF = {RoadEvent.PROMOTED: Programme.PLUS, RoadEvent.DEMOTED: Programme.BASIC}
TOLD_TO_ALL = (RoadEvent.AFTERCARE_STARTED, RoadEvent.AFTERCARE_CLOSED)
"""Of what happens outside the reason is for every party that knows the dates; of what happens inside for who knows the
course, and the history says to the others only that the phase changed (C3)."""
HELD_BY = {Phase.ABSENT: SuspensionReason.ABSENT, Phase.SUSPENDED_CUSTODY: SuspensionReason.CUSTODY}


class PhaseNotAllowed(Refused):
    """The process does not allow this step now; the message says why, in Dutch."""


@transaction.atomic
def advance_phase(*, case: Case, to: Phase, by: Actor, at: datetime, why: str) -> Case:
    """What work brings about: screening, plan, meeting. A phase it is in or past already is left alone.

    Raises PhaseNotAllowed. With the end of the detention every open term lapses (C6.20, C6.45).
    """
    lock_case(case)
    current = Phase(case.phase)
    if is_reached(current, to):
        return case
    today = day_of(at)
    case.phase = _next(event_between(current, to), Facts(current, today, today), to)
    case.phase_since, case.phase_reason = None, ""
    save_case(case, by=by, at=at, why=why)
    if to in (*ENDED_PHASES, *RELEASED_PHASES):
        end_work(case=case, by=by, at=at, why=why)
    return case


@transaction.atomic
def record_event(
    *, case: Case, event: RoadEvent, on: date, reason: str, by: Viewer, at: datetime, ground: str = ""
) -> Case:
    """Write down what happened on the road of a case, on its own day, and let follow what follows.

    Raises PhaseNotAllowed.
    """
    lock_case(case)
    facts = facts_of(case, on=on, at=at)
    back = Phase(case.phase_before) if case.phase_before else Phase.ADMITTED
    phase = _next(event, facts, back if row_of(event).back else None)
    if event in PROGRAMME_OF:
        return _change_programme(case, event, on=on, reason=reason, by=by, at=at)
    case.phase_before = case.phase if phase in INTERRUPTED else ""
    case.phase, case.phase_since = phase, on
    case.phase_reason = f"{RoadEvent(event).label}: {reason}"[:300]
    case.extramural_ground = ground if phase == Phase.EXTRAMURAL else case.extramural_ground
    why = case.phase_reason if event in TOLD_TO_ALL else "Fase gewijzigd"
    save_case(case, by=by, at=at, why=why)
    if follow := FOLLOWS.get(event):
        follow(case, on, by, at)
    return case


def facts_of(case: Case, *, on: date, at: datetime) -> Facts:
    """What the guards of the table look at."""
    prison = (
        CaseParty.objects.holding(at)
        .filter(case=case, capacity=Capacity.PRISON)
        .select_related("party")
        .first()
    )
    return Facts(
        phase=Phase(case.phase),
        today=day_of(at),
        on=on,
        phase_since=case.phase_since,
        entered_on=day_of(case.entered_at) if case.entered_at else None,
        announced_for=case.announced_for,
        inflow_type=case.inflow_type,
        custody_title=case.custody_title,
        programme=case.programme,
        programme_since=case.programme_since,
        promotion_from=_promotion_from(case),
        place_kinds=tuple(prison.party.facility_kinds) if prison else (),
    )


def _promotion_from(case: Case) -> date | None:
    rounds = Deadline.objects.filter(case=case, step=Step.PROMOTION_EARLIEST, status__in=RUNNING)
    return rounds.order_by("-round").values_list("due_on", flat=True).first()


def _next(event: RoadEvent, facts: Facts, to: Phase | None) -> Phase:
    try:
        phase = step(event, facts, to=to)
    except Refused as refused:
        raise PhaseNotAllowed(str(refused)) from None
    assert phase is not None
    return phase


def _change_programme(
    case: Case, event: RoadEvent, *, on: date, reason: str, by: Viewer, at: datetime
) -> Case:
    """The dated decision of the directeur (C7 D3). Promotion meets its term; degradation begins six weeks anew (C6.24)."""
    case.programme, case.programme_since = PROGRAMME_OF[event], on
    case.programme_reason = reason[:300]
    why = str(RoadEvent(event).label)
    save_case(case, by=by, at=at, why=why, seen_by=KNOWS_TITLE)
    promotion = Step.PROMOTION_EARLIEST
    if event == RoadEvent.PROMOTED:
        meet_deadline(case=case, step=promotion, on=on, by=by, at=at, why=why)
        return case
    drop_deadline(case=case, step=promotion, by=by, at=at, why=why)
    last = Deadline.objects.filter(case=case, step=promotion).order_by("-round").first()
    number = max(last.round if last else 0, 1) + 1  # the first round counts from the begin of the detention
    start_round(
        case=case, step=promotion, since=on, by=by, at=at, equated=equated_days(), round_number=number
    )
    refresh_next_deadlines(case=case, at=at, steps=(promotion,))
    return case


@transaction.atomic
def record_title_after_release(
    *, case: Case, title: str, by: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Record under which title somebody is supervised after his release, or that there is none (R13, R154, R155).

    Raises StaleVersion.
    """
    lock_case(case, expected_version)
    if case.post_release_title == title:
        return case
    case.post_release_title = title
    if case.phase in RELEASED:
        to = Phase.RELEASED_WITH_TITLE if title else Phase.RELEASED_NO_TITLE
        today = day_of(at)
        case.phase = _next(RoadEvent.TITLE_RECORDED, Facts(Phase(case.phase), today, today), to)
    why = "Titel na ontslag vastgelegd" if title else "Er is geen titel na ontslag"
    return save_case(case, by=by, at=at, why=why, seen_by=KNOWS_TITLE)


def end_work(*, case: Case, by: Actor, at: datetime, why: str) -> None:
    """Let open terms lapse and take an ended case off the worklists. Taking part goes on: the file stays readable."""
    lapse_all(case=case, on=day_of(case.released_at or at), by=by, at=at, why=why)
    ended = case.phase in ENDED_PHASES
    for row in CaseParty.objects.filter(case=case, until=None, is_open=True):
        if ended or row.capacity == "inrichting":
            row.is_open, row.changed_at = False, at
            save_as(row, by=by, at=at, why=why)
    refresh_next_deadlines(case=case, at=at)


def _hold(case: Case, on: date, by: Viewer, at: datetime) -> None:
    hold_terms(case=case, since=on, reason=HELD_BY[Phase(case.phase)], by=by, at=at)


def _resume(case: Case, on: date, by: Viewer, at: datetime) -> None:
    release_terms(case=case, on=on, by=by, at=at)


def _end(case: Case, on: date, by: Viewer, at: datetime) -> None:
    """All clocks stop and all work goes, but for what a party must still do about the end itself (C6.45)."""
    if case.phase == Phase.CLOSED:
        meet_deadline(case=case, step=Step.DTB_END, on=on, by=by, at=at, why="Nazorg afgesloten")
    why = str(Phase(case.phase).label).capitalize()
    end_work(case=case, by=by, at=at, why=why)
    for task in CaseTask.objects.filter(case=case, done_at=None).exclude(kind=TaskKind.END_MESSAGE):
        task.case = case
        close_task(task=task, by=by, at=at, why=f"Taak vervallen: {why.lower()}")


FOLLOWS: dict[RoadEvent, Callable[[Case, date, Viewer, datetime], None]] = {
    RoadEvent.ABSENT: _hold,
    RoadEvent.CUSTODY_SUSPENDED: _hold,
    RoadEvent.RETURNED: _resume,
    RoadEvent.CUSTODY_RESUMED: _resume,
    RoadEvent.AFTERCARE_CLOSED: _end,
    RoadEvent.DECEASED: _end,
    RoadEvent.EXPELLED: _end,
    RoadEvent.NOT_REPORTED: _end,
    RoadEvent.OUT_OF_SCOPE: _end,
}
"""What the program does for the effects of the table."""
