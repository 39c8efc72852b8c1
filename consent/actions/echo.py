"""Tell the rooms above that a ground is gone, once the transaction has committed."""

from datetime import datetime

from django.db import transaction

from consent.models import CaseGround, Consent
from consent.signals import consent_withdrawn


def echo_end(ended: Consent | CaseGround, domain: str, *, at: datetime) -> None:
    """Send ``consent_withdrawn`` on commit: an end that was rolled back is not heard of. A reliance may end too.

    What fails there is logged and made good by a reconciler (:mod:`consent.endings`); the end itself stands.
    """
    transaction.on_commit(
        lambda: consent_withdrawn.send_robust(
            type(ended),
            consent_id=ended.pk,
            case_id=ended.case_id,
            recipient_id=ended.recipient_id,
            domain=domain,
            at=at,
        ),
        robust=True,
    )
