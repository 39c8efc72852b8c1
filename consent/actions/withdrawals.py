"""End a consent: as easy as giving it, at any later time, without a reason if none is given (R30, B10)."""

from datetime import datetime

from django.db import transaction

from cases.actions import lock_case, touch_parties
from cases.models import Case
from consent.actions.echo import echo_end
from consent.models import Answer, Consent
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as


class NotInForce(Exception):
    """This consent was already withdrawn or replaced, or it was a refusal: there is nothing to withdraw."""


@transaction.atomic
def withdraw_consent(*, consent: Consent, reason: str, by: Viewer, at: datetime) -> Consent:
    """End a consent. From this moment every read leaves it out; what was given stays in the register (C3 note 3)."""
    case = lock_case(consent.case)
    consent.refresh_from_db()
    if not consent.stands:
        raise NotInForce
    consent.withdrawn_at = max(at, consent.given_at)  # two machines, two clocks
    consent.withdrawal_reason = reason
    save_as(
        consent,
        by=by,
        at=at,
        why=f"toestemming ingetrokken: {reason}" if reason else "toestemming ingetrokken",
    )
    ledger.record(
        by,
        "toestemming-intrekken",
        subjects=[ledger.Subject(case.detainee_id, case.pk, domains=(consent.domain,))],
        object_kind="toestemming",
        object_id=consent.pk,
        detail=f"ontvanger:{consent.recipient_id}",
    )
    touch_parties(case=case, parties=[by.organisation.pk, consent.recipient_id], at=at)
    echo_end(consent, consent.domain, at=at)
    return consent


@transaction.atomic
def withdraw_all(
    *, case: Case, recipient: Organisation, reason: str, by: Viewer, at: datetime
) -> list[Consent]:
    """End every standing consent for one recipient at once; giving seven is one form, so is taking seven back."""
    lock_case(case)
    standing = Consent.objects.filter(
        case=case, recipient=recipient, answer=Answer.GIVEN, withdrawn_at=None
    ).order_by("sequence")
    rows = [withdraw_consent(consent=row, reason=reason, by=by, at=at) for row in standing]
    if not rows:
        raise NotInForce
    return rows
