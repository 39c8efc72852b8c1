"""What runs in the background for meetings: copies of an agenda whose ground ended are marked. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from meetings import actions


@shared_task
def outdate_prints() -> None:
    """Every five minutes: after an expiry, or when the echo of a withdrawal was lost."""
    actions.outdate_prints(at=timezone.now())
