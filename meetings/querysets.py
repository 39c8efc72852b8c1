"""Named reads of meetings. Who may see which is for :mod:`meetings.access`."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from meetings.models import Meeting  # noqa: F401  # named in quotes below


class MeetingQuerySet(QuerySet["Meeting"]):
    """Meetings by state and day."""

    def planned(self) -> Self:
        return self.filter(state="gepland")

    def closed(self, *, before: datetime | None = None) -> Self:
        """Held or called off; ``before`` leaves out what began at that moment or later."""
        closed = self.exclude(state="gepland")
        return closed.filter(starts_at__lt=before) if before else closed

    def with_people(self) -> Self:
        """Everything that stands in the head of a meeting, in one statement."""
        return self.select_related("organisation", "chair", "deputy", "secretary", "chaired_by")

    def soonest_first(self) -> Self:
        return self.order_by("starts_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-starts_at", "pk")
