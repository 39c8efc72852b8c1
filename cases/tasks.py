"""What runs in the background for the frame of cases. The clock is read here; each task calls actions and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cases import actions

LONG_ENOUGH = timedelta(seconds=45)
"""After this a delivery takes no new batch; with the slowest one it stays within the time limit of a task."""


class Sweep:
    """Who acts when the moment of a message has come."""

    actor = "process:sweep_deadlines"


@shared_task
def sweep_deadlines() -> None:
    """Take in messages whose day has come, then write the reminders that are due (every five minutes)."""
    at = timezone.now()
    actions.retry_waiting(by=Sweep(), at=at)
    actions.remind(at=at)


@shared_task
def deliver_notifications() -> None:
    """Send the mails that wait (every minute, and when something was written); what is left waits a minute."""
    began = at = timezone.now()
    while at - began < LONG_ENOUGH and actions.deliver_mail(at=at):
        at = timezone.now()
