"""Named reads of consents, grounds and disclosures."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, Q, QuerySet, When

if TYPE_CHECKING:
    from consent.models import (  # noqa: F401  # named in quotes below
        CaseGround,
        Consent,
        StatutoryGround,
        ThirdPartyConsent,
    )
    from parties.viewer import Viewer


def given_at_moment(at: datetime) -> Q:
    """Given, not withdrawn, not expired at this moment (R30, C6.10).

    A recorded withdrawal counts at once, whatever the clocks of two machines say: fail closed.
    """
    not_expired = Q(valid_until=None) | Q(valid_until__gt=at)
    return not_expired & Q(withdrawn_at=None, answer="gegeven", given_at__lte=at)


class ConsentQuerySet(QuerySet["Consent"]):
    """Consents by the moment; expiry needs no job."""

    def in_force(self, at: datetime) -> Self:
        """The yeses that stand at this moment."""
        return self.filter(given_at_moment(at))


class ThirdPartyQuerySet(QuerySet["ThirdPartyConsent"]):
    """Decisions of third parties by the moment, as consents are read."""

    def in_force(self, at: datetime) -> Self:
        """The yeses of others that stand at this moment."""
        return self.filter(given_at_moment(at))


class GroundQuerySet(QuerySet["StatutoryGround"]):
    """Statutory grounds by the day."""

    def in_force(self, at: datetime) -> Self:
        """Rows of law or regulation that hold at this moment; switched on by a date, never by a release (C7 D1)."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)

    def for_viewer(self, viewer: "Viewer") -> Self:
        """Rows that hold for anybody in his place: not a regulation of another gemeente, nor kept for another role."""
        mine = Q(organisation=None) | Q(organisation=viewer.organisation.pk)
        return self.in_force(viewer.at).filter(mine, Q(role="") | Q(role=viewer.role_kind))

    def with_subject(self) -> Self:
        """``subject``: what a case ground must name to bring this row into force; its domain, else its kind of row."""
        return self.annotate(subject=Case(When(domain="", then=F("row_kind")), default=F("domain")))


class CaseGroundQuerySet(QuerySet["CaseGround"]):
    """Grounds that are relied on in a case, by the moment."""

    def in_force(self, at: datetime) -> Self:
        """Recorded, not ended, not over at this moment. A recorded end counts at once: fail closed (ADR 0002)."""
        not_over = Q(until=None) | Q(until__gt=at)
        return self.filter(not_over, ended_at=None, since__lte=at)
