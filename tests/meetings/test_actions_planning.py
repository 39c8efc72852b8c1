"""Who chairs, who stands in, and what moving or calling off does not do."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline
from meetings.actions import cancel_meeting, change_meeting, move_meeting, plan_meeting
from meetings.actions.planning import ChairNotFit, DeputyIsChair, DeputyNotFit, SecretaryNotFit
from meetings.models import MeetingState
from meetings.refusals import MeetingClosed, NotAllowed
from parties.models import RoleKind
from reintegratie.lib.versions import StaleVersion
from tests.factories.cases import DeadlineFactory
from tests.factories.meetings import MEETING_DAY
from tests.factories.parties import RoleFactory, UserFactory


def plan(by, unit_head, **changes):
    return plan_meeting(**{"starts_at": MEETING_DAY, "chair": unit_head.user, **changes}, by=by, at=by.at)


def change(meeting, by, expected_version, **changes):
    agreed = {
        "starts_at": meeting.starts_at,
        "chair": meeting.chair,
        "kind": meeting.kind,
        "place": meeting.place,
        "link": meeting.link,
        "minutes_per_item": meeting.minutes_per_item,
        "deputy": meeting.deputy,
        "secretary": meeting.secretary,
    }
    return change_meeting(
        meeting=meeting, **{**agreed, **changes}, expected_version=expected_version, by=by, at=by.at
    )


def test_the_casemanager_plans_a_meeting_that_the_afdelingshoofd_chairs(casemanager, unit_head, world):
    meeting = plan(casemanager, unit_head)

    assert meeting.organisation == world.pi
    assert meeting.chair == unit_head.user
    assert meeting.history.get().history_change_reason == "overleg gepland"


@pytest.mark.parametrize("persona", ["coordinator", "director", "privacy_officer", "functional_admin"])
def test_others_do_not_plan_a_meeting(persona, unit_head, request):
    by = request.getfixturevalue(persona)

    with pytest.raises(NotAllowed):
        plan(by, unit_head)


def test_a_casemanager_does_not_chair(casemanager, unit_head):
    with pytest.raises(ChairNotFit):
        plan(casemanager, unit_head, chair=casemanager.user)


def test_the_chair_is_afdelingshoofd_of_this_pi_and_not_of_another(casemanager, unit_head, hire, world):
    elsewhere = hire(world.other_pi, RoleKind.UNIT_HEAD)

    with pytest.raises(ChairNotFit):
        plan(casemanager, unit_head, chair=elsewhere.user)


def test_the_chair_still_has_the_role_on_the_day_itself(casemanager, unit_head, world):
    leaving = RoleFactory(
        user=UserFactory(), organisation=world.pi, kind=RoleKind.UNIT_HEAD, until=date(2026, 5, 18)
    )

    with pytest.raises(ChairNotFit):
        plan(casemanager, unit_head, chair=leaving.user)


def test_the_directeur_stands_in_without_more(casemanager, unit_head, director):
    meeting = plan(casemanager, unit_head, deputy=director.user)

    assert meeting.deputy == director.user


def test_a_casemanager_stands_in_only_when_the_afdelingshoofd_says_so(casemanager, unit_head, hire, world):
    colleague = hire(world.pi, RoleKind.CASEMANAGER).user

    with pytest.raises(DeputyNotFit):
        plan(casemanager, unit_head, deputy=colleague)

    meeting = plan(unit_head, unit_head, deputy=colleague)
    assert meeting.deputy == colleague


def test_a_mandate_once_given_survives_a_change_by_the_casemanager(casemanager, unit_head, hire, world):
    colleague = hire(world.pi, RoleKind.CASEMANAGER).user
    meeting = plan(unit_head, unit_head, deputy=colleague)

    changed = change(meeting, casemanager, meeting.version, place="Zaal 3")

    assert changed.place == "Zaal 3"


def test_nobody_stands_in_for_himself(casemanager, unit_head):
    with pytest.raises(DeputyIsChair):
        plan(casemanager, unit_head, deputy=unit_head.user)


def test_the_secretary_works_here(casemanager, unit_head, coordinator):
    with pytest.raises(SecretaryNotFit):
        plan(casemanager, unit_head, secretary=coordinator.user)


def test_somebody_else_changed_the_meeting_first(mdo, casemanager, unit_head):
    move_meeting(
        meeting=mdo,
        starts_at=MEETING_DAY + timedelta(days=1),
        expected_version=1,
        by=unit_head,
        at=unit_head.at,
    )

    with pytest.raises(StaleVersion) as stale:
        change(mdo, casemanager, 1, place="Zaal 3")

    assert stale.value.current.starts_at == MEETING_DAY + timedelta(days=1)


def test_calling_off_or_moving_a_meeting_moves_no_clock(mdo, item, case, unit_head):
    term = DeadlineFactory(case=case, step="mdo_cycle", due_on=date(2026, 5, 20))

    moved = move_meeting(
        meeting=mdo,
        starts_at=MEETING_DAY + timedelta(days=7),
        expected_version=mdo.version + 1,
        by=unit_head,
        at=unit_head.at,
    )
    cancelled = cancel_meeting(meeting=moved, reason="voorzitter ziek", by=unit_head, at=unit_head.at)

    assert cancelled.state == MeetingState.CANCELLED
    after = Deadline.objects.get(pk=term.pk)
    assert (after.status, after.due_on) == ("open", date(2026, 5, 20))
    case.refresh_from_db()
    assert case.last_mdo_held_on is None


def test_a_meeting_that_was_called_off_stays_off(mdo, unit_head):
    cancel_meeting(meeting=mdo, reason="voorzitter ziek", by=unit_head, at=unit_head.at)

    with pytest.raises(MeetingClosed):
        cancel_meeting(meeting=mdo, reason="nog een keer", by=unit_head, at=unit_head.at)
