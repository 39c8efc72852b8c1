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

    def held(self) -> Self:
        return self.filter(state="gehouden")

    def with_people(self) -> Self:
        """Everything that stands in the head of a meeting, in one statement."""
        return self.select_related("organisation", "chair", "deputy", "secretary", "chaired_by")

    def soonest_first(self) -> Self:
        return self.order_by("starts_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-starts_at", "pk")

    def between(self, since: datetime, until: datetime) -> Self:
        """Meetings that begin in this half-open period."""
        return self.filter(starts_at__gte=since, starts_at__lt=until)
