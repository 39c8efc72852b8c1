"""What runs in the background for the frame of cases. The clock is read here; each task calls actions and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cases import actions
from cases.watchdog import late_reminders
from meetings.reminding import SOURCES

LONG_ENOUGH = timedelta(seconds=45)
"""After this a delivery takes no new batch; with the slowest one it stays within the time limit of a task."""


SWEEP = "herinneringen"


class Waiting:
    """Who acts when the moment of a message has come."""

    actor = "process:judge_waiting_messages"


@shared_task
def judge_waiting_messages() -> None:
    """Take in messages whose day has come (every five minutes)."""
    actions.retry_waiting(by=Waiting(), at=timezone.now())


class Calendar:
    """Who moves the terms when the calendar changed."""

    actor = "process:apply_calendar"


@shared_task
def apply_calendar() -> None:
    """Compute the open terms again when an equalised day changed (asked every five minutes)."""
    actions.apply_calendar(by=Calendar(), at=timezone.now())


class Agreements:
    """Who moves the terms when a regional agreement changed."""

    actor = "process:apply_agreements"


@shared_task
def apply_agreements() -> None:
    """Let the cases follow a regional agreement that changed (asked every five minutes)."""
    actions.apply_agreements(by=Agreements(), at=timezone.now())


@shared_task
def sweep_deadlines() -> None:
    """Write the reminders that are due in every room (every five minutes), and say what was left behind."""
    now = timezone.now()
    for source in SOURCES:
        actions.remind(at=now, source=source)
    actions.report_undelivered(at=now)
    actions.beat(job=SWEEP, at=now, behind=sum(late_reminders(now, source) for source in SOURCES))


@shared_task
def write_digests() -> None:
    """Write the weekly overviews (every quarter of an hour; from Monday seven o'clock in the Netherlands)."""
    actions.write_digests(at=timezone.now())


@shared_task
def deliver_notifications() -> None:
    """Send the mails that wait (every minute, and when something was written); what is left waits a minute."""
    began = at = timezone.now()
    while at - began < LONG_ENOUGH and actions.deliver_mail(at=at):
        at = timezone.now()
