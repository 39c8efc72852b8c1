"""Leave the task 'Toestemming vragen' at the PI of stay, and take it away when it was asked."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.actions import close_task, lock_case, open_task
from cases.models import Case, CaseTask, TaskKind
from consent.asking import to_ask
from reintegratie.lib.history import Actor

log = logging.getLogger(__name__)
ASKED = "Taak vervallen: gevraagd, of niet meer nodig"


class Asking:
    """Who opens the tasks."""

    actor = "process:keep_asking"


def keep_asking(*, at: datetime) -> int:
    """Bring the tasks of every case in line with what must be asked now; returns how many cases that changed.

    Safe to run twice and to miss: it looks at how things are, not at what happened. A task that a person closed stays
    closed. A case that fails is tried again the next time and stops no other.
    """
    wanted = {ask.key for ask in to_ask(at)}
    asked = Q(done_at=None) | Q(
        case__in={key[0] for key in wanted}
    )  # what was settled long ago asks nothing any more
    tasks = CaseTask.objects.filter(asked, kind=TaskKind.ASK_CONSENT)
    known = {_key(task): task for task in tasks.order_by("opened_at", "pk")}
    missing = {
        key[0] for key in wanted if key not in known or (known[key].done_at and not known[key].done_by_id)
    }
    needless = {task.case_id for key, task in known.items() if task.done_at is None and key not in wanted}
    return sum(_ask_in(case, at) for case in sorted(missing | needless))


def _ask_in(case: UUID, at: datetime) -> bool:
    try:
        ask_in_case(case=Case.objects.get(pk=case), by=Asking(), at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it must not keep the other cases waiting
        log.warning("case %s: consent was not asked for: %s", case, type(trouble).__name__)
        return False
    return True


@transaction.atomic
def ask_in_case(*, case: Case, by: Actor, at: datetime) -> None:
    """Open what must be asked in this case and close what needs no asking."""
    settle_asks(case=case, by=by, at=at)
    for ask in to_ask(at, case):
        open_task(
            case=case,
            party=ask.party,
            kind=TaskKind.ASK_CONSENT,
            about=ask.about,
            explanation=ask.why,
            since=ask.since,
            by=by,
            at=at,
        )


@transaction.atomic(savepoint=False)
def settle_asks(*, case: Case, by: Actor, at: datetime) -> None:
    """Close the open tasks for which there is no cause any more: it was decided, or the party left."""
    lock_case(case)
    tasks = CaseTask.objects.filter(case=case, kind=TaskKind.ASK_CONSENT, done_at=None)
    standing = list(tasks.select_related("case").order_by("opened_at", "pk"))
    wanted = {ask.key for ask in to_ask(at, case)} if standing else set()
    for task in standing:
        if _key(task) not in wanted:
            close_task(task=task, by=by, at=at, why=ASKED)


def _key(task: CaseTask) -> tuple[UUID, UUID, UUID | None, datetime]:
    return task.case_id, task.party_id, task.about_id, task.opened_at
