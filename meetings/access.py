"""Which meetings, items and decisions exist for this viewer? The only way to load them; reading is written here.

A PI sees the meetings of its own; another party only those in which it is invited to an item that it may see, and of
these nothing else: no other item, no number, no position (R131, C3 row 'MDO minutes', C6.27).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from cases.models import Case
from consent.knowledge import knows_name
from meetings.models import AgendaItem, Decision, Invitation, ItemNote, Meeting
from meetings.querysets import MeetingQuerySet
from parties import ledger
from parties.viewer import Viewer


class MeetingNotFound(Http404):
    """The meeting does not exist for this viewer: one answer for 'not yours' and 'not there' (quality 2.4)."""


@dataclass(frozen=True)
class OpenMeeting:
    """A meeting with the items that exist for who opened it, in the order of the agenda."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]

    def item(self, pk: UUID) -> AgendaItem:
        """One of these items. Raises MeetingNotFound."""
        found = next((item for item in self.items if item.pk == pk), None)
        if found is None:
            raise MeetingNotFound
        return found


def items_of(*readers: Viewer) -> QuerySet[AgendaItem]:
    """The items that all these readers may see; several readers are a shared sheet of paper (architecture 3.3)."""
    items = AgendaItem.objects.filter(removed_at=None)
    for reader in readers:
        items = items.visible_to(reader)
    return items.order_by("meeting", "position").select_related("case__detainee")


def notes_of(*readers: Viewer) -> QuerySet[ItemNote]:
    """What the PI keeps beside its items: for other readers there is none."""
    notes = ItemNote.objects.filter(item__removed_at=None)
    for reader in readers:
        notes = notes.visible_to(reader)
    return notes


def decisions_of(*readers: Viewer) -> QuerySet[Decision]:
    """The decisions that all these readers may see, in the order in which they were noted."""
    decisions = Decision.objects.all()
    for reader in readers:
        decisions = decisions.visible_to(reader)
    return decisions.order_by("decided_at", "created_at", "pk")


def meetings_of(viewer: Viewer) -> MeetingQuerySet:
    """The meetings that exist for this viewer."""
    if not viewer.sees_content:
        return Meeting.objects.none()
    with_own_item = Exists(items_of(viewer).filter(meeting=OuterRef("pk")))
    return Meeting.objects.filter(Q(organisation=viewer.organisation.pk) | Q(with_own_item))


def with_own_items(meetings: MeetingQuerySet, viewer: Viewer) -> MeetingQuerySet:
    """Each meeting with ``own_items``: how many items exist for this viewer."""
    own = items_of(viewer).filter(meeting=OuterRef("pk")).order_by().values("meeting")
    counted = own.annotate(number=Count("pk")).values("number")
    return meetings.annotate(own_items=Coalesce(Subquery(counted), 0))


def meeting_for(viewer: Viewer, pk: UUID | str, *, action: str = "overleg-inzien") -> OpenMeeting:
    """Load one meeting with its items for this viewer and write that he did. Raises MeetingNotFound."""
    meeting = meetings_of(viewer).with_people().filter(pk=pk).first()
    if meeting is None:
        raise MeetingNotFound
    items = tuple(items_of(viewer).filter(meeting=meeting).annotate(named=knows_name(viewer)))
    write_reading(viewer, meeting, action, (item.case for item in items))
    return OpenMeeting(meeting, items)


def write_reading(viewer: Viewer, meeting: Meeting, action: str, cases: Iterable[Case]) -> None:
    """One audit line, and a processing line for every person of whom something is shown (quality 2.5)."""
    subjects = [ledger.Subject(subject_id=case.detainee_id, case_id=case.pk) for case in cases]
    ledger.record(viewer, action, subjects=subjects, object_kind="overleg", object_id=meeting.pk)


def invitations_of(viewer: Viewer, items: Sequence[AgendaItem]) -> QuerySet[Invitation]:
    """Standing invitations to these items: all of them for the PI that owns the item, else only the viewer's own."""
    mine = Q(organisation=viewer.organisation.pk) | Q(item__owner=viewer.organisation.pk)
    return (
        Invitation.objects.filter(mine, item__in=[item.pk for item in items], withdrawn_at=None)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )
