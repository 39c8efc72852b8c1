"""Named reads of consents, grounds and disclosures."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from consent.models import Consent, StatutoryGround  # noqa: F401  # named in quotes below


class ConsentQuerySet(QuerySet["Consent"]):
    """Consents by the moment; expiry needs no job."""

    def in_force(self, at: datetime) -> Self:
        """Given, not withdrawn, not expired at this moment (R30, C6.10).

        A recorded withdrawal counts at once, whatever the clocks of two machines say: fail closed.
        """
        not_expired = Q(valid_until=None) | Q(valid_until__gt=at)
        return self.filter(not_expired, withdrawn_at=None, answer="gegeven", given_at__lte=at)


class GroundQuerySet(QuerySet["StatutoryGround"]):
    """Statutory grounds by the day."""

    def in_force(self, at: datetime) -> Self:
        """Rows of law or regulation that hold at this moment; switched on by a date, never by a release (C7 D1)."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)
