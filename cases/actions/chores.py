"""The tasks that a case itself gives to its PI: what is not known, or must be checked (C6.7, C6.31, C6.33)."""

from datetime import datetime

from cases.actions.work import finish_task, open_task
from cases.models import Capacity, Case, CaseParty, CaseTask, TaskKind
from parties.models import Organisation
from reintegratie.lib.history import Actor
from reintegratie.lib.workdays import day_of

STANDING_KINDS = (
    TaskKind.ORIGIN_UNKNOWN,
    TaskKind.ORIGIN_NOT_CONNECTED,
    TaskKind.ORIGIN_IS_FACILITY,
    TaskKind.BSN_UNKNOWN,
)


def prison_of(case: Case) -> Organisation | None:
    """The PI that keeps the file of this case now."""
    rows = CaseParty.objects.filter(case=case, capacity=Capacity.PRISON, until=None)
    row = rows.select_related("party").first()
    return row.party if row else None


def sync_chores(*, case: Case, by: Actor, at: datetime, origin_code: str = "") -> None:
    """Open the tasks that are needed now and finish those that are not; a transfer moves them to the new PI.

    What a person marked as done stays done.
    """
    prison = prison_of(case)
    if prison is None or case.entered_at is None:
        return
    wanted = _wanted(case, prison, at, origin_code)
    known = list(CaseTask.objects.filter(case=case, kind__in=STANDING_KINDS).order_by("opened_at"))
    for task in known:
        if task.done_at is None and (task.party_id != prison.pk or task.kind not in wanted):
            why = "overgedragen aan de nieuwe inrichting" if task.kind in wanted else "niet meer nodig"
            finish_task(task=task, by=by, at=at, why=f"Taak vervallen: {why}")
    for kind, explanation in wanted.items():
        mine = [task for task in known if task.kind == kind and task.party_id == prison.pk]
        if any(task.done_at is None or task.done_by_id for task in mine):
            continue
        since = at if mine else case.entered_at
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
