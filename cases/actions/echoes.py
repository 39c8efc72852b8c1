"""Tell the parties what a message changed: begin, transfer, end, and dates that moved (R21-R25, C2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.actions.circle import Circle
from cases.actions.work import close_task, open_task
from cases.messages import Stay
from cases.models import Capacity, Case, TaskKind
from parties.models import PartyKind
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


def tell_parties(*, circle: Circle, before: Before, stays: Sequence[Stay], by: Actor, at: datetime) -> None:
    """One task or message per event and party, however often the messages are judged again."""
    case = circle.case
    if before.is_new and case.entered_at is None:
        _tell(circle, (Capacity.PRISON,), "aankondiging", f"aankondiging:{case.pk}", at)
    if case.entered_at is None:
        return
    if before.entered_at is None:
        _tell(circle, (Capacity.PRISON,), "binnenkomst", f"binnenkomst:{case.pk}", at)
    elif before.entered_at != case.entered_at:
        _tell(circle, TOLD, "begindatum", f"begindatum:{case.pk}:{case.entered_at.isoformat()}", at)
    if not before.is_new and before.expected_release_on != case.expected_release_on:
        _tell(circle, TOLD, "einddatum", f"einddatum:{case.pk}:{case.expected_release_on}", at)
    _tell_transfers(circle, [stay.since for stay in stays[1:]], by, at)
    if case.released_at is not None:
        _tell_end(circle, case.released_at, by, at)


def _tell_transfers(circle: Circle, moments: Sequence[datetime], by: Actor, at: datetime) -> None:
    """A gemeente hears of every transfer; the PI that keeps the file gets the last one as work."""
    transfers = [task for task in circle.tasks if task.kind == TRANSFER]
    for task in transfers:
        left = task.party.kind == PartyKind.PRISON and task.party != circle.prison
        if task.done_at is None and (left or task.opened_at not in moments):
            close_task(task=task, by=by, at=at, why="Taak vervallen na een latere melding")
    told = {(task.party_id, task.opened_at) for task in transfers if task.done_at is None or task.done_by_id}
    for moment in moments:
        for row in circle.told_dates(*TOLD):
            if row.capacity == Capacity.PRISON and moment != moments[-1]:
                continue
            if row.capacity != Capacity.PROBATION:
                if (row.party_id, moment) in told:
                    continue
                open_task(case=circle.case, party=row.party, kind=TRANSFER, since=moment, by=by, at=at)
            circle.tell(row, "overplaatsing", f"overplaatsing:{circle.case.pk}:{moment.isoformat()}", at)


def _tell_end(circle: Circle, released_at: datetime, by: Actor, at: datetime) -> None:
    for row in circle.in_capacity(*MUNICIPAL):
        circle.tell_once(row.party, TaskKind.END_MESSAGE, since=released_at, by=by, at=at)
    _tell(circle, (Capacity.PROBATION,), "eindmelding", f"eindmelding:{circle.case.pk}", at)


def _tell(circle: Circle, capacities: Sequence[Capacity], kind: str, event: str, at: datetime) -> None:
    for row in circle.told_dates(*capacities):
        circle.tell(row, kind, event, at)
