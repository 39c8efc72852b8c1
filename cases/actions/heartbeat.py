"""Write that a background job did all it had to: every page reads it to say whether reminders keep up."""

from datetime import datetime

from django.db import transaction

from cases.models import Heartbeat


@transaction.atomic
def beat(*, job: str, at: datetime, behind: int = 0) -> None:
    """The job finished, and left so much behind. A moment that lies further back changes nothing (a doubled worker)."""
    beats = Heartbeat.objects.filter(job=job)
    if not beats.filter(at__lte=at).update(at=at, behind=behind):
        Heartbeat.objects.bulk_create([Heartbeat(job=job, at=at, behind=behind)], ignore_conflicts=True)
