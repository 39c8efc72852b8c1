"""What do plans do when a ground is gone? The informatieblad gets a new version without that domain (R30-R31, C6.8)."""

from datetime import datetime
from uuid import UUID

from django.dispatch import receiver

from cases.models import Case
from consent.signals import consent_withdrawn
from parties.models import Organisation
from plans.actions import revise_sheet_after_withdrawal


@receiver(consent_withdrawn, dispatch_uid="plans.renew_sheet")
def renew_sheet(sender: object, *, case_id: UUID, recipient_id: UUID, at: datetime, **_: object) -> None:
    """In a transaction of its own, after the withdrawal was committed; no reader waits for it."""
    case, recipient = Case.objects.get(pk=case_id), Organisation.objects.get(pk=recipient_id)
    revise_sheet_after_withdrawal(case=case, recipient=recipient, at=at)
