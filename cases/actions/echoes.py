"""Tell the parties what a message changed: begin, transfer, end, and dates that moved (R21-R25, C2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.actions.chores import prison_of
from cases.actions.notify import notify
from cases.actions.parties import tell_once
from cases.actions.work import finish_task, open_task
from cases.messages import Stay
from cases.models import Capacity, Case, CaseParty, CaseTask, Notification, TaskKind
from parties.models import Organisation
from reintegratie.lib.history import Actor

MUNICIPAL = (Capacity.ORIGIN, Capacity.RESETTLEMENT)
TOLD = (*MUNICIPAL, Capacity.PROBATION, Capacity.PRISON)
TRANSFER = TaskKind.TRANSFER_MESSAGE


@dataclass(frozen=True)
class Before:
    """The dates of a case before a message was applied."""

    is_new: bool
    entered_at: datetime | None
    released_at: datetime | None
    expected_release_on: date | None

    @classmethod
    def of(cls, case: Case) -> "Before":
        return cls(case._state.adding, case.entered_at, case.released_at, case.expected_release_on)


def tell_parties(
    *,
    case: Case,
    before: Before,
    stays: Sequence[Stay],
    places: Mapping[str, Organisation],
    by: Actor,
    at: datetime,
) -> None:
    """One task or message per event and party, however often the messages are judged again."""
    prison = prison_of(case)
    if before.is_new and case.entered_at is None:
        _tell(case, (Capacity.PRISON,), "aankondiging", f"aankondiging:{case.pk}", at)
    if case.entered_at is None:
        return
    if before.entered_at is None:
        _tell(case, (Capacity.PRISON,), "binnenkomst", f"binnenkomst:{case.pk}", at)
    elif before.entered_at != case.entered_at:
        _tell(case, TOLD, "begindatum", f"begindatum:{case.pk}:{case.entered_at.isoformat()}", at)
    if not before.is_new and before.expected_release_on != case.expected_release_on:
        _tell(case, TOLD, "einddatum", f"einddatum:{case.pk}:{case.expected_release_on}", at)
    _tell_transfers(case, [stay.since for stay in stays[1:]], prison, by, at)
    _tell_end(case, by, at)


def _tell_transfers(
    case: Case, moments: Sequence[datetime], prison: Organisation | None, by: Actor, at: datetime
) -> None:
    """A gemeente hears of every transfer; the PI that keeps the file gets the last one as work."""
    open_tasks = CaseTask.objects.filter(case=case, kind=TRANSFER, done_at=None).select_related("party")
    for task in open_tasks:
        outdated = task.opened_at not in moments or (task.party.kind == "pi" and task.party != prison)
        if outdated:
            finish_task(task=task, by=by, at=at, why="Taak vervallen na een latere melding")
    for moment in moments:
        event = f"overplaatsing:{case.pk}:{moment.isoformat()}"
        for row in _rows(case, TOLD):
            if row.capacity == Capacity.PRISON and moment != moments[-1]:
                continue
            if row.capacity != Capacity.PROBATION:
                open_task(case=case, party=row.party, kind=TRANSFER, since=moment, by=by, at=at)
            _tell_row(case, row, "overplaatsing", event, at)


def _tell_end(case: Case, by: Actor, at: datetime) -> None:
    if case.released_at is None:
        return
    for row in _rows(case, (*MUNICIPAL, Capacity.PROBATION)):
        if row.capacity == Capacity.PROBATION:
            _tell_row(case, row, "eindmelding", f"eindmelding:{case.pk}", at)
        else:
            tell_once(
                case=case, party=row.party, kind=TaskKind.END_MESSAGE, since=case.released_at, by=by, at=at
            )


def _tell(case: Case, capacities: Sequence[Capacity], kind: str, event: str, at: datetime) -> None:
    for row in _rows(case, capacities):
        _tell_row(case, row, kind, event, at)


def _tell_row(case: Case, row: CaseParty, kind: str, event: str, at: datetime) -> None:
    """Once per event and organisation: somebody who came to work there later is not told the past as news."""
    if not Notification.objects.filter(event=event, organisation=row.party).exists():
        notify(case=case, organisation=row.party, kind=kind, event=event, at=at)


def _rows(case: Case, capacities: Sequence[Capacity]) -> list[CaseParty]:
    rows = CaseParty.objects.filter(case=case, until=None, capacity__in=capacities)
    return list(rows.select_related("party").order_by("id"))
