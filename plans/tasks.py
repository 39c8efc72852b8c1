"""What runs in the background for plans: sheets whose ground ended are renewed. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from plans import actions


@shared_task
def renew_sheets() -> None:
    """Every five minutes: after an expiry, or when the echo of a withdrawal was lost. Reading never waits for it."""
    actions.renew_sheets(at=timezone.now())
