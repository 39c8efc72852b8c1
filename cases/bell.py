"""What does the frame of every page say: how many messages wait for me, and do the reminders keep up?

One value, so that a page that reads everything in one statement reads this in it too (quality Q1).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce, JSONObject

from cases.models import Heartbeat, Notification
from parties.models import Organisation
from parties.viewer import Viewer

SILENCE = timedelta(minutes=15)
"""The sweep runs every five minutes; whoever missed three of them does not keep up."""


@dataclass(frozen=True)
class Bell:
    """``behind_since``: the last moment at which everything that was due had been written; None while it keeps up."""

    unread: int = 0
    behind_since: datetime | None = None


def bell_for(viewer: Viewer) -> JSONObject:
    """The bell of this viewer as one value within a larger statement; of several jobs the one that is furthest behind."""
    unread = Notification.objects.inbox_of(viewer).unread().order_by()
    beats = Heartbeat.objects.order_by("at")
    return JSONObject(
        unread=Coalesce(Subquery(unread.values("recipient").annotate(n=Count("id")).values("n")), 0),
        at=Subquery(beats.values("at")[:1]),
        behind=Exists(beats.filter(behind__gt=0)),
    )


def bell_of(viewer: Viewer) -> Bell:
    """The bell of this viewer, for a page that has no such statement."""
    own = Organisation.objects.filter(pk=viewer.organisation.pk)
    return read_bell(own.annotate(bell=bell_for(viewer)).values_list("bell", flat=True).get(), viewer.at)


def read_bell(value: dict[str, Any], at: datetime) -> Bell:  # Any: what the database answers
    """No worker is needed to know that the worker is away: the clock of the page decides. Before the first sweep of
    an installation there is nothing to be late with."""
    beat = datetime.fromisoformat(value["at"]) if value["at"] else None
    late = beat is not None and (at - beat >= SILENCE or value["behind"])
    return Bell(unread=value["unread"], behind_since=beat if late else None)
