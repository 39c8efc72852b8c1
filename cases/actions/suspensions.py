"""Suspend a term, end that early, ask for it again, and let terms stand still while a detention is interrupted.

``hold_terms`` and ``release_terms`` do the terms of the frame; who keeps terms elsewhere calls his own reconciler beside
them and reads :func:`held_since`.
"""

from datetime import date, datetime

from django.db import transaction

from cases.actions.deadlines import OPEN, SUSPENDED, equated_days, shape_round
from cases.actions.notify import notify
from cases.actions.record import lock_case, refresh_next_deadlines
from cases.actions.work import close_task, open_task
from cases.ending import require_running
from cases.models import (
    Case,
    CaseTask,
    Deadline,
    Phase,
    Suspension,
    SuspensionReason,
    SuspensionState,
    TaskKind,
)
from cases.process import step_of
from cases.road import INTERRUPTED
from cases.suspension import (
    Pause,
    cut_at,
    pauses_of,
    refusal_by_rule,
    refusal_of_end,
    stored_pauses,
)
from parties.viewer import Viewer
from reintegratie.lib.history import Actor, add_all_as, save_as
from reintegratie.lib.workdays import day_of

STILL, AGAIN = "Termijn opgeschort", "Termijn loopt weer"
"""Why the term changed, for everybody who works with it; the reason is for who may know it."""


class NotSuspendable(Exception):
    """This term is not suspended now; the message says why, in Dutch."""


class NothingAsked(Exception):
    """Somebody decided on it already."""


@transaction.atomic
def suspend_term(
    *, deadline: Deadline, reason: SuspensionReason, until: date, note: str, by: Viewer, at: datetime
) -> Suspension:
    """Let a term stand still from today until a day; its date moves at once. A second one in a row is asked for.

    It begins today: a suspension that is dated back would undo that a term was late. Raises NotSuspendable, CaseIsOver.
    """
    case = lock_case(deadline.case)
    require_running(case.phase)
    row = _locked(deadline)
    why = refusal_to_suspend(row, on=day_of(at)) or refusal_of_end(until, day_of(at)) or _still_asked(row)
    if why:
        raise NotSuspendable(why)
    found = Suspension(
        case=case,
        deadline=row,
        party=by.organisation,
        reason=reason,
        note=note,
        since=day_of(at),
        until=until,
    )
    found.asked_by = by.user
    if needs_grant(row) and by.role_kind != "afdelingshoofd":
        found.state = SuspensionState.ASKED
        save_as(found, by=by, at=at, why="Nog een opschorting gevraagd")
        _ask(found, by=by, at=at)
        return found
    found.state, found.decided_by, found.decided_at = SuspensionState.GRANTED, by.user, at
    save_as(found, by=by, at=at, why=STILL)
    _begin(found, row, by=by, at=at)
    return found


@transaction.atomic
def decide_suspension(*, suspension: Suspension, granted: bool, by: Viewer, at: datetime) -> Suspension:
    """Agree or not to a second suspension in a row; it begins on the day of the decision.

    Raises NothingAsked, NotSuspendable.
    """
    case = lock_case(suspension.case)
    found = Suspension.objects.get(pk=suspension.pk)
    if found.state != SuspensionState.ASKED:
        raise NothingAsked
    row = _locked(found.deadline)
    today = day_of(at)
    found.decided_by, found.decided_at = by.user, at
    found.state = SuspensionState.GRANTED if granted else SuspensionState.REFUSED
    if granted:
        assert found.until is not None
        if why := refusal_by_state(row, on=today) or refusal_of_end(found.until, today):
            raise NotSuspendable(why)
        found.since = today
    save_as(found, by=by, at=at, why=STILL if granted else "Opschorting niet verleend")
    if granted:
        _begin(found, row, by=by, at=at)
    _close_question(case, by=by, at=at)
    return found


@transaction.atomic
def resume_term(*, deadline: Deadline, by: Viewer, at: datetime) -> Deadline:
    """End a suspension early: the term runs again from today, with the days that were left. Raises NotSuspendable."""
    lock_case(deadline.case)
    row, today = _locked(deadline), day_of(at)
    if row.status != OPEN or row.suspended_until is None or row.suspended_until <= today:
        raise NotSuspendable("Deze termijn staat niet stil.")
    _cut(row, today)
    shape_round(row, row.starts_on, equated_days(), on=today)
    save_as(row, by=by, at=at, why=AGAIN)
    running = row.suspensions.filter(state=SuspensionState.GRANTED, ended_on=None).order_by("-since", "-id")
    for one in running[:1]:
        one.ended_on, one.ended_by = today, by.user
        save_as(one, by=by, at=at, why="Opschorting eerder beëindigd")
    refresh_next_deadlines(case=row.case, at=at, steps=(row.step,))
    return row


def refusal_to_suspend(row: Deadline, *, on: date) -> str:
    """Why this term is not suspended by hand now; empty when it may be."""
    return refusal_by_rule(step_of(row.step, row.step_valid_from)) or refusal_by_state(row, on=on)


def refusal_by_state(row: Deadline, *, on: date) -> str:
    """The same, by how the term stands."""
    if row.status == SUSPENDED:
        return "Deze termijn staat stil zolang de detentie is onderbroken."
    if row.status != OPEN:
        return "Deze termijn is al afgerond."
    if row.suspended_until is not None and row.suspended_until > on:
        return "Deze termijn is al opgeschort."
    return ""


def _still_asked(row: Deadline) -> str:
    asked = row.suspensions.filter(state=SuspensionState.ASKED).exists()
    return "Over een opschorting van deze termijn moet nog worden beslist." if asked else ""


def needs_grant(row: Deadline) -> bool:
    """Whether this round was suspended by hand before; an interruption of the detention does not count."""
    granted = row.suspensions.filter(state=SuspensionState.GRANTED)
    return granted.exclude(reason__in=(SuspensionReason.ABSENT, SuspensionReason.CUSTODY)).exists()


@transaction.atomic(savepoint=False)
def hold_terms(*, case: Case, since: date, reason: SuspensionReason, by: Viewer, at: datetime) -> None:
    """Let every running term stand still from this day: the detention is interrupted (C4, C6.45)."""
    rows = list(Deadline.objects.filter(case=case).running().order_by("pk"))
    for row in rows:
        _cut(row, since)
        shape_round(row, row.starts_on, equated_days(), on=day_of(at))
        row.status, row.suspended_on, row.suspended_until = SUSPENDED, since, None
        row.suspension_reason = str(reason.label)
        save_as(row, by=by, at=at, why=STILL)
    held = [
        Suspension(
            case=case,
            deadline=row,
            party=by.organisation,
            reason=reason,
            state=SuspensionState.GRANTED,
            since=since,
            asked_by=by.user,
            decided_by=by.user,
            decided_at=at,
        )
        for row in rows
    ]
    add_all_as([(one, STILL) for one in held], by=by, at=at)
    refresh_next_deadlines(case=case, at=at, steps={row.step for row in rows})


@transaction.atomic(savepoint=False)
def release_terms(*, case: Case, on: date, by: Viewer, at: datetime) -> None:
    """Let the terms run again from this day, each with the days that were left when it stopped."""
    equated, steps = equated_days(), set()
    for row in Deadline.objects.filter(case=case, status=SUSPENDED).order_by("pk"):
        since = row.suspended_on or on
        row.status, row.suspended_on, row.suspended_until = OPEN, min(since, on), on
        row.pauses = stored_pauses(
            [*pauses_of(row.pauses), Pause(since, on)] if since < on else pauses_of(row.pauses)
        )
        shape_round(row, row.starts_on, equated, on=day_of(at))
        save_as(row, by=by, at=at, why=AGAIN)
        steps.add(row.step)
    open_ended = Suspension.objects.filter(
        case=case, state=SuspensionState.GRANTED, until=None, ended_on=None
    )
    for one in open_ended.order_by("pk"):
        one.ended_on, one.ended_by = max(on, one.since), by.user
        save_as(one, by=by, at=at, why=AGAIN)
    refresh_next_deadlines(case=case, at=at, steps=steps)


def held_since(case: Case) -> date | None:
    """Since when the detention is interrupted, for terms that are kept elsewhere; None when it goes on."""
    return case.phase_since if Phase(case.phase) in INTERRUPTED else None


def _begin(found: Suspension, row: Deadline, *, by: Actor, at: datetime) -> None:
    assert found.until is not None
    row.suspended_on, row.suspended_until = found.since, found.until
    row.suspension_reason = str(SuspensionReason(found.reason).label)
    row.pauses = stored_pauses([*pauses_of(row.pauses), Pause(found.since, found.until)])
    shape_round(row, row.starts_on, equated_days(), on=day_of(at))
    save_as(row, by=by, at=at, why=STILL)
    refresh_next_deadlines(case=found.case, at=at, steps=(row.step,))


def _cut(row: Deadline, day: date) -> None:
    """A pause that runs on this day ends on it."""
    row.pauses = stored_pauses(cut_at(pauses_of(row.pauses), day))
    if row.suspended_until is not None and row.suspended_until > day:
        row.suspended_until = max(day, row.suspended_on or day)


def _ask(found: Suspension, *, by: Viewer, at: datetime) -> None:
    kind = TaskKind.SUSPENSION_APPROVAL
    label = step_of(found.deadline.step, found.deadline.step_valid_from).label
    open_task(case=found.case, party=found.party, kind=kind, explanation=label, by=by, at=at)
    notify(case=found.case, organisation=found.party, kind=kind, event=f"{kind}:{found.pk}", at=at)


def _close_question(case: Case, *, by: Actor, at: datetime) -> None:
    """The task goes when nothing is asked any more."""
    if Suspension.objects.filter(case=case, state=SuspensionState.ASKED).exists():
        return
    for task in CaseTask.objects.filter(case=case, kind=TaskKind.SUSPENSION_APPROVAL, done_at=None):
        task.case = case
        close_task(task=task, by=by, at=at, why="Over de opschorting is beslist")


def _locked(deadline: Deadline) -> Deadline:
    row: Deadline = Deadline.objects.select_related("case").get(pk=deadline.pk)
    return row
