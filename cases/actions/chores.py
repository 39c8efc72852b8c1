"""The tasks that a case itself gives to its PI: what is not known, or must be checked (C6.7, C6.31, C6.33)."""

from datetime import datetime

from cases.actions.circle import Circle
from cases.actions.work import close_task, open_task
from cases.models import Case, TaskKind
from parties.models import Organisation
from reintegratie.lib.history import Actor
from reintegratie.lib.workdays import day_of

STANDING_KINDS = (
    TaskKind.ORIGIN_UNKNOWN,
    TaskKind.ORIGIN_NOT_CONNECTED,
    TaskKind.ORIGIN_IS_FACILITY,
    TaskKind.BSN_UNKNOWN,
)


def sync_chores(*, circle: Circle, by: Actor, at: datetime, origin_code: str = "") -> None:
    """Open the tasks that are needed now and finish those that are not; a transfer moves them to the new PI.

    What a person marked as done stays done.
    """
    case, prison = circle.case, circle.prison
    if prison is None or case.entered_at is None:
        return
    wanted = _wanted(case, prison, at, origin_code)
    known = [task for task in circle.tasks if task.kind in STANDING_KINDS]
    for task in known:
        if task.done_at is None and (task.party_id != prison.pk or task.kind not in wanted):
            why = "overgedragen aan de nieuwe inrichting" if task.kind in wanted else "niet meer nodig"
            close_task(task=task, by=by, at=at, why=f"Taak vervallen: {why}")
    for kind, explanation in wanted.items():
        mine = [task for task in known if task.kind == kind and task.party_id == prison.pk]
        if any(task.done_at is None or task.done_by_id for task in mine):
            continue
        since = mine[0].opened_at if mine else case.entered_at
        open_task(case=case, party=prison, kind=kind, explanation=explanation, since=since, by=by, at=at)


def _wanted(case: Case, prison: Organisation, at: datetime, origin_code: str) -> dict[TaskKind, str]:
    wanted: dict[TaskKind, str] = {}
    origin = case.origin_municipality
    if origin is None:
        unknown = f"Gemeentecode {origin_code} uit de melding is niet bekend"
        wanted[TaskKind.ORIGIN_UNKNOWN] = unknown if origin_code else "De melding noemt geen gemeente"
    elif not origin.is_connected(day_of(at)):
        wanted[TaskKind.ORIGIN_NOT_CONNECTED] = (
            f"Gemeente {origin.name} krijgt geen meldingen uit het systeem"
        )
    if origin is not None and origin.pk == prison.municipality_id and not case.origin_set_by_hand:
        wanted[TaskKind.ORIGIN_IS_FACILITY] = "Stond de betrokkene hier al ingeschreven voor de detentie?"
    if case.detainee.bsn is None:
        wanted[TaskKind.BSN_UNKNOWN] = "De melding noemt geen BSN"
    return wanted
