"""What runs in the background for plans: sheets are renewed, terms kept and reports destroyed. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from plans import actions


@shared_task
def renew_sheets() -> None:
    """Every five minutes: after an expiry, or when the echo of a withdrawal was lost. Reading never waits for it."""
    actions.renew_sheets(at=timezone.now())


@shared_task
def destroy_reports() -> None:
    """Every night: reports of which the term is over (B7). Reading never waits for it."""
    actions.destroy_reports(at=timezone.now())


@shared_task
def catch_up_terms() -> None:
    """Every five minutes: terms of content follow a date, a calendar or a day that moved in the frame."""
    actions.catch_up(at=timezone.now())
