"""Did the third party agree? The second condition on rows about somebody else than the detainee (C3 code K, ADR 0013)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from cases.models import Case
from consent.models import Answer, Evidence, ThirdPartyConsent, ThirdPartyRole
from parties.viewer import Viewer

__all__ = ["Answer", "Evidence", "ThirdPartyRole", "agreed", "decision_for", "decisions_about"]


def agreed(viewer: Viewer) -> Exists:
    """Whether the person of an outer row said yes to this viewer's organisation, at this moment.

    Asked of the row's own ``id``, which its history keeps as well.
    """
    given = ThirdPartyConsent.objects.in_force(viewer.at)
    return Exists(
        given.filter(case=OuterRef("case"), subject=OuterRef("id"), recipient=viewer.organisation.pk)
    )


def decisions_about(case: Case, subjects: Collection[UUID]) -> dict[UUID, list[ThirdPartyConsent]]:
    """The standing answers of these third parties, the newest last. For the PI of stay, which records them."""
    rows = ThirdPartyConsent.objects.filter(case=case, subject__in=subjects, withdrawn_at=None)
    found: dict[UUID, list[ThirdPartyConsent]] = {key: [] for key in subjects}
    for row in rows.select_related("recipient").order_by("sequence"):
        found[row.subject].append(row)
    return found


def decision_for(case: Case, subject: UUID, recipient: UUID) -> ThirdPartyConsent | None:
    """The standing answer of this third party about this recipient."""
    rows = ThirdPartyConsent.objects.filter(
        case=case, subject=subject, recipient=recipient, withdrawn_at=None
    )
    return rows.select_related("recipient", "case").first()
