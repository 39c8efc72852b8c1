"""Has the background kept up? What should have been written or sent a quarter of an hour ago and was not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from cases.models import Deadline, EquatedDay, Notification
from cases.reminders import due_reminders
from reintegratie.lib.workdays import day_of, midnight_of

PATIENCE = timedelta(minutes=15)
ENOUGH = 100
"""More than this is simply 'many': the page is public and must stay cheap."""


@dataclass(frozen=True)
class Backlog:
    """How many reminders were not written and how many mails not sent in time."""

    reminders: int
    mails: int


def backlog(*, at: datetime) -> Backlog:
    """A reminder is due from the start of its day, and not before its term was written down."""
    since = at - PATIENCE
    mails = Notification.objects.undelivered_mail().filter(deliver_from__lte=since).order_by()[:ENOUGH]
    return Backlog(reminders=_reminders(at, since), mails=len(mails.values_list("pk")))


def _reminders(at: datetime, since: datetime) -> int:
    on = day_of(at)
    if since < midnight_of(on):
        return 0
    fresh = Deadline.history.filter(id=OuterRef("pk"), history_date__gt=since)
    rows = due_reminders(at, _equated()).filter(~Exists(fresh)).order_by()[:ENOUGH]
    return len(rows.values_list("pk"))


def _equated() -> frozenset[date]:
    return frozenset(EquatedDay.objects.filter(ended=False).values_list("on", flat=True))
