"""Whose grounds ended lately? What the reconcilers ask: an expiry has no signal, and a signal may be lost (quality 3.1)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from cases.models import CaseParty
from consent.models import Answer, CaseGround, Consent, RowKind, StatutoryGround

LOOK_BACK = timedelta(days=7)
"""Outlasts three days without a worker."""

Endings = dict[tuple[UUID, UUID], datetime]  # (case, recipient) -> the last moment


def grounds_ended(at: datetime, *kinds: RowKind) -> Endings:
    """Per case and recipient the last moment at which a ground for rows of these kinds was lost.

    That is the moment at which it was written down: until then the ground stood, whatever the paper says.
    """
    ended: Endings = {}
    for case, recipient, moment in [*_consents_ended(at), *_reliances_ended(at), *_laws_ended(at, kinds)]:
        ended[case, recipient] = max(moment, ended.get((case, recipient), moment))
    return ended


def _consents_ended(at: datetime) -> list[tuple[UUID, UUID, datetime]]:
    """By withdrawal, by a 'no' that replaced it, or by expiry."""
    withdrawn = Q(withdrawn_at__isnull=False) & ~Q(replaced_by__answer=Answer.GIVEN)
    expired = Q(withdrawn_at=None, valid_until__lte=at)
    noted_at = Coalesce("replaced_by__recorded_at", "withdrawn_at", Greatest("valid_until", "recorded_at"))
    rows = Consent.objects.filter(withdrawn | expired, answer=Answer.GIVEN).annotate(noted_at=noted_at)
    return list(rows.filter(noted_at__gt=at - LOOK_BACK).values_list("case", "recipient", "noted_at"))


def _reliances_ended(at: datetime) -> list[tuple[UUID, UUID, datetime]]:
    """A ground on which a case no longer relies, by hand or on its day."""
    rows = CaseGround.objects.annotate(noted_at=Coalesce("ended_at", "until"))
    ended = rows.filter(noted_at__gt=at - LOOK_BACK, noted_at__lte=at)
    return list(ended.values_list("case", "recipient", "noted_at"))


def _laws_ended(at: datetime, kinds: tuple[RowKind, ...]) -> list[tuple[UUID, UUID, datetime]]:
    """By a date in the table of law, or by a change of such a date: for every party in that capacity."""
    lines = StatutoryGround.history.filter(id=OuterRef("pk")).order_by("-history_date")
    rows = (
        StatutoryGround.objects.filter(row_kind__in=kinds)
        .filter(Q(valid_until__lte=at) | Q(valid_from__gt=at))
        .annotate(noted_at=Greatest("valid_until", Subquery(lines.values("history_date")[:1])))
        .filter(noted_at__gt=at - LOOK_BACK, noted_at__lte=at)
    )
    return [
        (case, party, noted_at)
        for capacity, noted_at in rows.values_list("capacity", "noted_at")
        for case, party in CaseParty.objects.active(at).filter(capacity=capacity).values_list("case", "party")
    ]
