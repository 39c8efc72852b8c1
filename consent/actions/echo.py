"""Tell the rooms above that a ground is gone, once the transaction has committed."""

from datetime import datetime

from django.db import transaction

from consent.models import Consent
from consent.signals import consent_withdrawn


def echo_withdrawal(consent: Consent, *, at: datetime) -> None:
    """Send ``consent_withdrawn`` on commit: a withdrawal that was rolled back is not heard of.

    What fails there is logged and made good by a reconciler (:mod:`consent.endings`); the withdrawal itself stands.
    """
    transaction.on_commit(
        lambda: consent_withdrawn.send_robust(
            Consent,
            consent_id=consent.pk,
            case_id=consent.case_id,
            recipient_id=consent.recipient_id,
            domain=consent.domain,
            at=at,
        ),
        robust=True,
    )
