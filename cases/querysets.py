"""Named reads of the frame of a case."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from cases.models import Case, CaseParty, Deadline, Notification  # noqa: F401  # named in quotes below


class CaseQuerySet(QuerySet["Case"]):
    """Cases with what a header or a row needs. Who may see them is for :mod:`cases.access`."""

    def with_frame(self) -> Self:
        """Everything that stands in a header, in one statement."""
        return self.select_related("detainee", "origin_municipality", "resettlement_municipality")


class CasePartyQuerySet(QuerySet["CaseParty"]):
    """Who takes part, by the moment."""

    def active(self, at: datetime) -> Self:
        """Rows that hold at this moment (half-open period)."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def with_people(self) -> Self:
        """With the organisation and its worker, oldest first."""
        return self.select_related("party", "worker").order_by("since", "id")


class DeadlineQuerySet(QuerySet["Deadline"]):
    """Terms by state and day."""

    def open(self) -> Self:
        return self.filter(status="open")

    def overdue(self, on: date) -> Self:
        """Open and due before today: the one definition of 'te laat' (architecture 4)."""
        return self.open().filter(due_on__lt=on)


class NotificationQuerySet(QuerySet["Notification"]):
    """Messages by recipient and state."""

    def inbox_of(self, user_id: object) -> Self:
        """The in-app messages of one person, newest first."""
        return self.filter(channel="app", recipient_id=user_id).order_by("-created_at", "-id")

    def unread(self) -> Self:
        return self.filter(read_at=None)
