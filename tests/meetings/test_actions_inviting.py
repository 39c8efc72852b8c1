"""An invitation opens one item; a guest takes part until the end of the meeting day and not a minute longer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.access import CaseNotFound, case_for
from cases.models import Capacity, CaseParty, Notification
from meetings.access import MeetingNotFound, items_of, meeting_for, meetings_of
from meetings.actions import (
    answer_invitation,
    cancel_meeting,
    invite,
    move_meeting,
    remove_item,
    withdraw_invitation,
)
from meetings.actions.inviting import AlreadyInvited, InvitationEnded, MayNotBeInvited
from meetings.models import InvitationAnswer, Meeting
from meetings.refusals import NotAllowed
from tests.factories.meetings import MEETING_DAY, MeetingFactory, on_agenda

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_MINUTE = datetime(2026, 5, 18, 23, 59, tzinfo=AMSTERDAM)
MIDNIGHT = datetime(2026, 5, 19, 0, 0, tzinfo=AMSTERDAM)


def test_the_gemeente_sees_the_meeting_once_it_is_invited(mdo, item, coordinator, casemanager, world):
    assert not meetings_of(coordinator).exists()

    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    assert meeting_for(coordinator, mdo.pk).items == (item,)


def test_a_guest_sees_its_own_item_and_no_other(mdo, item, deventer_case, coordinator, casemanager, world):
    other = on_agenda(mdo, deventer_case, casemanager)
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    invite(item=other, organisation=world.deventer, by=casemanager, at=casemanager.at)

    opened = meeting_for(coordinator, mdo.pk)

    assert opened.items == (item,)
    with pytest.raises(MeetingNotFound):
        opened.item(other.pk)


def test_a_netwerkpartner_takes_part_from_the_invitation_on(item, case, partner_contact, casemanager, world):
    with pytest.raises(CaseNotFound):
        case_for(partner_contact, case.pk)

    invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)

    assert case_for(partner_contact, case.pk) == case
    row = CaseParty.objects.get(case=case, party=world.partner)
    assert (row.capacity, row.until) == (Capacity.GUEST, MIDNIGHT)


def test_the_access_of_a_guest_ends_with_the_meeting_day(
    mdo, item, case, partner_contact, casemanager, world, at
):
    invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)

    assert meeting_for(at(partner_contact, LAST_MINUTE), mdo.pk).items == (item,)
    with pytest.raises(MeetingNotFound):
        meeting_for(at(partner_contact, MIDNIGHT), mdo.pk)
    with pytest.raises(CaseNotFound):
        case_for(at(partner_contact, MIDNIGHT), case.pk)


def test_the_gemeente_keeps_its_item_after_the_meeting_day(mdo, item, coordinator, casemanager, world, at):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    assert meeting_for(at(coordinator, MIDNIGHT + timedelta(days=30)), mdo.pk).items == (item,)


def test_a_guest_moves_along_with_the_meeting(mdo, item, case, casemanager, unit_head, world):
    invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)
    version = Meeting.objects.get(pk=mdo.pk).version

    move_meeting(
        meeting=mdo,
        starts_at=MEETING_DAY + timedelta(days=2),
        expected_version=version,
        by=unit_head,
        at=unit_head.at + timedelta(hours=1),
    )

    now = unit_head.at + timedelta(hours=1)
    row = CaseParty.objects.active(now).get(case=case, party=world.partner)
    assert row.until == MIDNIGHT + timedelta(days=2)


@pytest.mark.parametrize("how", ["withdraw", "remove", "cancel"])
def test_a_guest_leaves_when_the_invitation_ends(
    how, mdo, item, case, partner_contact, casemanager, world, at
):
    invitation = invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)
    later = casemanager.at + timedelta(hours=1)

    if how == "withdraw":
        withdraw_invitation(invitation=invitation, by=casemanager, at=later)
    elif how == "remove":
        remove_item(item=item, by=casemanager, at=later)
    else:
        cancel_meeting(meeting=mdo, reason="te weinig zaken", by=casemanager, at=later)

    with pytest.raises(CaseNotFound):
        case_for(at(partner_contact, later), case.pk)
    assert not items_of(at(partner_contact, later)).exists()


def test_a_guest_of_two_meetings_stays_until_the_last(mdo, item, case, casemanager, unit_head, world):
    later_meeting = MeetingFactory(
        organisation=world.pi, chair=unit_head.user, starts_at=MEETING_DAY + timedelta(days=10)
    )
    second = on_agenda(later_meeting, case, casemanager)
    first = invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)
    later = casemanager.at + timedelta(hours=1)
    invite(item=second, organisation=world.partner, by=casemanager, at=later)
    withdraw_invitation(invitation=first, by=casemanager, at=later + timedelta(hours=1))

    row = CaseParty.objects.active(later + timedelta(hours=2)).get(case=case, party=world.partner)
    assert row.until == MIDNIGHT + timedelta(days=10)


def test_withdrawing_does_not_put_a_party_of_the_case_out(item, case, coordinator, casemanager, world, at):
    invitation = invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    withdraw_invitation(invitation=invitation, by=casemanager, at=casemanager.at)

    assert case_for(coordinator, case.pk) == case
    assert not items_of(coordinator).exists()


@pytest.mark.parametrize("stranger", ["deventer", "other_probation", "pi", "operator"])
def test_who_takes_no_part_and_is_no_netwerkpartner_is_not_invited(stranger, item, casemanager, world):
    with pytest.raises(MayNotBeInvited):
        invite(item=item, organisation=getattr(world, stranger), by=casemanager, at=casemanager.at)


def test_a_party_is_invited_once_to_an_item(item, casemanager, world):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    with pytest.raises(AlreadyInvited):
        invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)


def test_the_invited_party_answers_for_itself(item, coordinator, probation_officer, casemanager, world):
    invitation = invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    with pytest.raises(NotAllowed):
        answer_invitation(
            invitation=invitation,
            answer=InvitationAnswer.DECLINED,
            by=probation_officer,
            at=probation_officer.at,
        )
    answered = answer_invitation(
        invitation=invitation, answer=InvitationAnswer.ACCEPTED, by=coordinator, at=coordinator.at
    )

    assert answered.answer == InvitationAnswer.ACCEPTED


def test_an_invitation_that_was_taken_back_is_not_answered(item, coordinator, casemanager, world):
    invitation = invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    withdraw_invitation(invitation=invitation, by=casemanager, at=casemanager.at)

    with pytest.raises(InvitationEnded):
        answer_invitation(
            invitation=invitation, answer=InvitationAnswer.ACCEPTED, by=coordinator, at=coordinator.at
        )


def test_the_invited_party_gets_a_message_with_a_page_and_no_name(
    item, case, coordinator, casemanager, world
):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    message = Notification.objects.get(organisation=world.zwolle, kind="uitnodiging", channel="app")
    assert message.recipient == coordinator.user
    assert message.resource == f"/overleggen/{item.meeting_id}/"
    assert case.detainee.surname not in f"{message.event}{message.resource}"
