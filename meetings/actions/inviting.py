"""Who is invited to which item, and what he answers. An invitation opens the item and nothing else (R131)."""

from datetime import datetime, time

from django.db import transaction

from cases.actions import lock_case
from cases.models import CaseParty
from meetings import rules
from meetings.actions.guests import settle_guest
from meetings.actions.telling import tell
from meetings.actions.writing import lock_meeting, to_prepare
from meetings.models import AgendaItem, Invitation, InvitationAnswer, Meeting
from meetings.refusals import MeetingRefusal, NotAllowed
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as


class AlreadyInvited(MeetingRefusal):
    message = "Deze organisatie is al uitgenodigd voor dit agendapunt."


class MayNotBeInvited(MeetingRefusal):
    message = (
        "Deze organisatie doet niet mee in deze zaak. Als gast kunt u alleen een netwerkpartner of een "
        "Zorg- en Veiligheidshuis uitnodigen."
    )


class InvitationEnded(MeetingRefusal):
    message = "Deze uitnodiging is ingetrokken."


@transaction.atomic
def invite(
    *,
    item: AgendaItem,
    organisation: Organisation,
    by: Viewer,
    at: datetime,
    expected_at: time | None = None,
) -> Invitation:
    """Invite a party of the case, or a netwerkpartner as guest until the end of the meeting day (R131, C3 column NP).

    Being invited shows the item. What else stands in the case stays behind consent and law.
    """
    meeting = to_prepare(item.meeting, by)
    lock_case(item.case)
    takes_part = CaseParty.objects.active(at).filter(case=item.case_id, party=organisation).exists()
    if organisation == by.organisation or not (takes_part or organisation.kind in rules.GUEST_KINDS):
        raise MayNotBeInvited
    if Invitation.objects.filter(item=item, organisation=organisation, withdrawn_at=None).exists():
        raise AlreadyInvited
    invitation = Invitation(
        item=item, case=item.case, organisation=organisation, invited_at=at, expected_at=expected_at
    )
    save_as(invitation, by=by, at=at, why="uitgenodigd")
    settle_guest(case=item.case, organisation=organisation, by=by, at=at)
    tell(invitation, meeting, kind="uitnodiging", at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Viewer, at: datetime) -> Invitation:
    """Take an invitation back: the item no longer exists for that party, and a guest leaves the case."""
    meeting = to_prepare(_meeting_of(invitation), by)
    invitation = Invitation.objects.select_related("case", "organisation").get(pk=invitation.pk)
    return _withdraw(invitation, meeting, by=by, at=at)


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, answer: InvitationAnswer, by: Viewer, at: datetime
) -> Invitation:
    """The invited party says whether it comes; it may change its mind until the meeting is closed."""
    meeting = lock_meeting(_meeting_of(invitation))
    invitation = Invitation.objects.get(pk=invitation.pk)
    if invitation.withdrawn_at is not None:
        raise InvitationEnded
    if not rules.may_answer(by, invitation, meeting):
        raise NotAllowed
    invitation.answer, invitation.answered_at = answer, at
    save_as(invitation, by=by, at=at, why="uitnodiging beantwoord")
    return invitation


def withdraw_all(item: AgendaItem, meeting: Meeting, *, by: Viewer, at: datetime) -> None:
    """End every standing invitation to an item."""
    standing = Invitation.objects.filter(item=item, withdrawn_at=None).select_related("case", "organisation")
    for invitation in standing.order_by("pk"):
        _withdraw(invitation, meeting, by=by, at=at)


def _meeting_of(invitation: Invitation) -> Meeting:
    items = AgendaItem.objects.unrestricted(reason="bij welk overleg de uitnodiging hoort")
    return Meeting.objects.get(pk__in=items.filter(pk=invitation.item_id).values("meeting"))


def _withdraw(invitation: Invitation, meeting: Meeting, *, by: Viewer, at: datetime) -> Invitation:
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        save_as(invitation, by=by, at=at, why="uitnodiging ingetrokken")
        tell(invitation, meeting, kind="uitnodiging-ingetrokken", at=at)
        settle_guest(case=invitation.case, organisation=invitation.organisation, by=by, at=at)
    return invitation
