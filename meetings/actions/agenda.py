"""Which cases are on the agenda, in which order: adding, changing, removing and moving items."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cases.access import capacity_in
from cases.actions import lock_case
from cases.models import Capacity, Case
from consent.visibility import ContentQuerySet
from meetings import rules
from meetings.actions.inviting import withdraw_all
from meetings.actions.writing import saved, to_prepare, write_row
from meetings.models import AgendaItem, Decision, ItemNote, Meeting
from meetings.refusals import MeetingRefusal
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.versions import StaleVersion

UP, DOWN = "omhoog", "omlaag"


class CaseNotOfThisPrison(MeetingRefusal):
    message = "Deze zaak is niet van uw inrichting."


class AlreadyOnAgenda(MeetingRefusal):
    message = "Deze persoon staat al op deze agenda."


class ItemHasDecisions(MeetingRefusal):
    message = "Bij dit agendapunt staan al besluiten. Haal eerst de besluiten weg."


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    case: Case,
    kind: str,
    by: Viewer,
    at: datetime,
    proposal: str = "",
    minutes: int | None = None,
) -> AgendaItem:
    """Put a case of the own PI on the agenda, once, and a person once (users.md 3.9)."""
    meeting = to_prepare(meeting, by)
    lock_case(case)
    if capacity_in(by, case) is not Capacity.PRISON:
        raise CaseNotOfThisPrison
    items = _items(meeting)
    if items.filter(case__detainee=case.detainee_id).exists():
        raise AlreadyOnAgenda
    item = AgendaItem(
        meeting=meeting,
        case=case,
        owner=meeting.organisation,
        kind=rules.told_outside(kind),
        minutes=minutes or meeting.minutes_per_item,
        position=(items.aggregate(last=Max("position"))["last"] or 0) + 1,
        created_at=at,
        changed_at=at,
    )
    save_as(item, by=by, at=at, why="op de agenda gezet")
    _note(item, kind, proposal, by=by, at=at)
    saved(meeting, by=by, at=at, why="agenda gewijzigd")
    return item


@transaction.atomic
def add_items(
    *, meeting: Meeting, wanted: Iterable[tuple[Case, str]], by: Viewer, at: datetime
) -> list[AgendaItem]:
    """Put several cases on the agenda at once, each with its subject; all of them or none."""
    return [add_item(meeting=meeting, case=case, kind=kind, by=by, at=at) for case, kind in wanted]


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    kind: str,
    proposal: str,
    minutes: int,
    expected_version: int,
    by: Viewer,
    at: datetime,
) -> ItemNote:
    """Change what is asked of the meeting for this case. Raises StaleVersion when somebody else did first."""
    to_prepare(item.meeting, by)
    note: ItemNote = ItemNote.objects.visible_to(by).get(item=item)
    if note.version != expected_version:
        raise StaleVersion(note)
    note.kind, note.proposal = kind, proposal
    write_row(note, by=by, at=at, why="agendapunt gewijzigd")
    row = _items(item.meeting).get(pk=item.pk)
    row.kind, row.minutes = rules.told_outside(kind), minutes
    write_row(row, by=by, at=at, why="agendapunt gewijzigd")
    return note


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Viewer, at: datetime) -> AgendaItem:
    """Take a case off the agenda; its invitations end with it."""
    meeting = to_prepare(item.meeting, by)
    decided = Decision.objects.unrestricted(reason="telt of het agendapunt nog weg mag").filter(item=item)
    if decided.exists():
        raise ItemHasDecisions
    withdraw_all(item, meeting, by=by, at=at)
    item.position, item.removed_at = None, at
    write_row(item, by=by, at=at, why="van de agenda gehaald")
    saved(meeting, by=by, at=at, why="agenda gewijzigd")
    return item


@transaction.atomic
def reorder(*, item: AgendaItem, direction: str, expected_version: int, by: Viewer, at: datetime) -> bool:
    """Swap an item with its neighbour above or below; at the end of the list nothing happens."""
    meeting = to_prepare(item.meeting, by, expected_version=expected_version)
    items = list(_items(meeting).order_by("position"))
    here = next(index for index, other in enumerate(items) if other.pk == item.pk)
    there = here + (1 if direction == DOWN else -1)
    if not 0 <= there < len(items):
        return False
    mine, other = items[here], items[there]
    mine.position, other.position = other.position, mine.position
    for moved in (mine, other):
        write_row(moved, by=by, at=at, why="volgorde gewijzigd")
    saved(meeting, by=by, at=at, why="volgorde gewijzigd")
    return True


def _items(meeting: Meeting) -> ContentQuerySet:
    """The whole agenda, also the case that has moved to another PI since: it still holds its position."""
    items = AgendaItem.objects.unrestricted(reason="volgorde en dubbele punten van de hele agenda")
    return items.filter(meeting=meeting, removed_at=None)


def _note(item: AgendaItem, kind: str, proposal: str, *, by: Viewer, at: datetime) -> None:
    """The part of an item that stays with the PI."""
    note = ItemNote(item=item, case=item.case, owner=item.owner, kind=kind, proposal=proposal)
    note.created_at = note.changed_at = at
    save_as(note, by=by, at=at, why="agendapunt voorbereid")
