"""Has the background kept up? What should have been written or sent a quarter of an hour ago and was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.digest import due_digests, monday_of, morning_of
from cases.models import EquatedDay, Notification
from cases.reminders import FRAME, Source, due_stages
from reintegratie.lib.workdays import day_of, midnight_of

PATIENCE = timedelta(minutes=15)
WHY = "tellen welke herinneringen niet op tijd zijn geschreven"
ENOUGH = 100
"""More than this is simply 'many': the page is public and must stay cheap."""


@dataclass(frozen=True)
class Backlog:
    """How many reminders and weekly overviews were not written and how many mails not sent in time."""

    reminders: int
    mails: int
    digests: int = 0


def backlog(*, at: datetime, sources: Iterable[Source] = (FRAME,)) -> Backlog:
    """A reminder is due from the start of its day, and not before its term was written down."""
    since = at - PATIENCE
    mails = Notification.objects.undelivered_mail().filter(deliver_from__lte=since).order_by()[:ENOUGH]
    return Backlog(
        reminders=sum(late_reminders(at, source) for source in sources),
        mails=len(mails.values_list("pk")),
        digests=_digests(at, since),
    )


def late_reminders(at: datetime, source: Source) -> int:
    """How many stages of this source should have been written, at most a hundred of each kind."""
    since = at - PATIENCE
    if since < midnight_of(day_of(at)):
        return 0
    return sum(_waiting(rows, since) for rows in due_stages(at, _equated(), source))


def _waiting(rows: QuerySet[Any], since: datetime) -> int:
    lines = rows.model.history.all()
    if hasattr(
        lines, "unrestricted"
    ):  # terms that stand behind the visibility rule; only their number is told
        lines = lines.unrestricted(reason=WHY)
    fresh = lines.filter(id=OuterRef("pk"), history_date__gt=since)
    return len(rows.filter(~Exists(fresh)).order_by()[:ENOUGH].values_list("pk"))


def _digests(at: datetime, since: datetime) -> int:
    if since < morning_of(monday_of(at)):
        return 0
    return len(due_digests(at).order_by()[:ENOUGH].values_list("pk"))


def _equated() -> frozenset[date]:
    return frozenset(EquatedDay.objects.filter(ended=False).values_list("on", flat=True))
