"""Reading one's own messages: bookkeeping of the reader, so no history line."""

from datetime import datetime

from django.db import transaction

from cases.models import Notification
from cases.notices import about
from parties.viewer import Viewer


@transaction.atomic
def mark_read(*, notification: Notification, at: datetime) -> Notification:
    """The first reading counts; opening a message again changes nothing."""
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=at)
    return notification


@transaction.atomic
def mark_all_read(*, by: Viewer, at: datetime, topic: str = "") -> int:
    """Everything in the inbox of this person for the party he acts for, or what is on one topic."""
    unread = Notification.objects.inbox_of(by).unread()
    return (unread.filter(about(topic)) if topic else unread).update(read_at=at)
