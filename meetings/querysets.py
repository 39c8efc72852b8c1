"""Named reads of meetings. Who may see which is for :mod:`meetings.access`."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from reintegratie.lib.keyset import MomentCursor

if TYPE_CHECKING:
    from meetings.models import Meeting  # noqa: F401  # named in quotes below


class MeetingQuerySet(QuerySet["Meeting"]):
    """Meetings by state and day."""

    def planned(self, *, after: MomentCursor | None = None) -> Self:
        """What is to come, soonest first; ``after`` goes on behind a place in this list."""
        planned = self.filter(state="gepland").annotate(moment=Coalesce("held_at", "starts_at"))
        if after:
            planned = planned.filter(Q(moment__gt=after.at) | Q(moment=after.at, pk__gt=after.key))
        return planned.order_by("moment", "pk")

    def closed(self, *, before: MomentCursor | None = None) -> Self:
        """Held or called off, latest first by when it was held; ``before`` goes on behind a place in this list."""
        closed = self.exclude(state="gepland").annotate(moment=Coalesce("held_at", "starts_at"))
        if before:
            closed = closed.filter(Q(moment__lt=before.at) | Q(moment=before.at, pk__lt=before.key))
        return closed.order_by("-moment", "-pk")

    def with_people(self) -> Self:
        """Everything that stands in the head of a meeting, in one statement."""
        return self.select_related("organisation", "chair", "deputy", "secretary", "chaired_by")
