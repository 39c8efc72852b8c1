"""What runs in the background for consent: the tasks 'Toestemming vragen'. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from consent import actions


@shared_task
def keep_asking() -> None:
    """Every fifteen minutes: after a message, a choice of gemeente, a merger or a transfer. No reader waits for it."""
    actions.keep_asking(at=timezone.now())
