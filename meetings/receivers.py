"""A withdrawal of consent, heard: printed agendas are no longer right (C6.49, flow 3)."""

from datetime import datetime
from uuid import UUID

from django.dispatch import receiver

from consent.signals import consent_withdrawn
from meetings.actions import mark_prints_outdated


@receiver(consent_withdrawn)
def outdate_agendas(
    sender: object, case_id: UUID, recipient_id: UUID, at: datetime, **others: object
) -> None:
    mark_prints_outdated(case_id=case_id, recipient_id=recipient_id, since=at, at=at)
