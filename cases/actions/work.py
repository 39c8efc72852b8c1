"""Open and finish pieces of work that a message or a rule leaves for a person."""

from datetime import datetime

from django.db import transaction

from cases.actions.clocks import run_clocks
from cases.actions.record import lock_case, touch_parties
from cases.models import Case, CaseTask, TaskKind
from parties.models import Organisation, User
from reintegratie.lib.history import Actor, save_as


@transaction.atomic(savepoint=False)
def open_task(
    *,
    case: Case,
    party: Organisation,
    kind: TaskKind,
    by: Actor,
    at: datetime,
    about: Organisation | None = None,
    explanation: str = "",
    since: datetime | None = None,
) -> CaseTask:
    """Leave work for a party, perhaps about another. ``since``: the moment of the cause, which opens one task (C6.55).

    A task that the program itself closed opens again when its cause returns; one that a person closed stays closed.
    """
    opened_at = since or at
    same = CaseTask.objects.filter(case=case, party=party, kind=kind, about=about, opened_at=opened_at)
    task = same.first()
    if task is not None and (task.done_at is None or task.done_by_id is not None):
        return task
    task = task or CaseTask(case=case, party=party, kind=kind, about=about, opened_at=opened_at)
    task.explanation, task.done_at = explanation, None
    save_as(task, by=by, at=at, why=str(TaskKind(kind).label))
    touch_parties(case=case, parties=[party.pk], at=at)
    return task


@transaction.atomic
def finish_task(*, task: CaseTask, by: Actor, at: datetime, why: str = "Taak afgedaan") -> CaseTask:
    """Mark a task as done, by whom; a task that is done already stays as it was."""
    case = lock_case(task.case)
    task.refresh_from_db()
    task.case = case
    if task.done_at is None:
        user = getattr(by, "user", None)
        task.done_by = user if isinstance(user, User) else None
        close_task(task=task, by=by, at=at, why=why)
        if task.kind == TaskKind.ORIGIN_NOT_CONNECTED:
            run_clocks(case=case, by=by, at=at)
    return task


def close_task(*, task: CaseTask, by: Actor, at: datetime, why: str) -> None:
    """End a task within an action on its case. Nobody did it: it opens again when its cause returns."""
    task.done_at = at
    save_as(task, by=by, at=at, why=why)
    touch_parties(case=task.case, parties=[task.party_id], at=at)
