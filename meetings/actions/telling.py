"""Who is told what about a meeting. A message names a case number and a page, never content (quality 2.8)."""

from datetime import datetime

from cases.actions import notify
from meetings.models import Invitation, Meeting


def tell_invited(meeting: Meeting, *, kind: str, at: datetime) -> None:
    """One message per standing invitation; a meeting may move more than once, so its version is in the event."""
    invitations = Invitation.objects.filter(item__meeting=meeting, withdrawn_at=None)
    for invitation in invitations.select_related("case", "organisation").order_by("pk"):
        tell(invitation, meeting, kind=kind, at=at, stage=str(meeting.version))


def tell(invitation: Invitation, meeting: Meeting, *, kind: str, at: datetime, stage: str = "") -> None:
    notify(
        case=invitation.case,
        organisation=invitation.organisation,
        kind=kind,
        event=f"{kind}:{invitation.pk}",
        stage=stage,
        resource=meeting.get_absolute_url(),
        at=at,
    )
