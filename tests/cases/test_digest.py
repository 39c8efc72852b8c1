"""The overview of the week: on Monday morning in the Netherlands, once, and only for who works there now."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from cases.actions import choose_messages, deliver_mail, write_digests
from cases.digest import due_digests
from cases.models import Channel, Notification
from cases.watchdog import backlog
from cases.wishes import CHOOSABLE
from parties.models import Role, RoleKind, User
from parties.viewer import Viewer
from tests.conftest import Hire, World

MONDAY = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
"""Seven o'clock in summer."""


def told() -> list[tuple[object, str]]:
    rows = Notification.objects.filter(kind="weekoverzicht", channel=Channel.MAIL).order_by("id")
    return [(row.recipient, row.event) for row in rows]


@pytest.mark.parametrize(
    ("before", "then"),
    [
        (MONDAY - timedelta(seconds=1), MONDAY),
        (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), datetime(2026, 11, 2, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 4, 59, tzinfo=UTC), datetime(2026, 3, 30, 5, 0, tzinfo=UTC)),
    ],
)
def test_it_comes_on_monday_at_seven_in_summer_and_in_winter(
    unit_head: Viewer, before: datetime, then: datetime
) -> None:
    assert write_digests(at=before) == 0
    assert write_digests(at=then) == 1


def test_it_is_for_heads_and_coordinators_and_for_nobody_else(
    unit_head: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
    casemanager: Viewer,
    director: Viewer,
    partner_contact: Viewer,
    privacy_officer: Viewer,
    functional_admin: Viewer,
) -> None:
    write_digests(at=MONDAY)

    assert {who for who, _ in told()} == {unit_head.user, coordinator.user, probation_officer.user}


def test_it_comes_once_a_week_however_often_the_task_runs(unit_head: Viewer) -> None:
    for hours in range(0, 24 * 7, 6):
        write_digests(at=MONDAY + timedelta(hours=hours))

    assert told() == [(unit_head.user, "weekoverzicht:2026-W19")]


def test_a_monday_on_which_nothing_ran_is_made_up_for(unit_head: Viewer) -> None:
    write_digests(at=MONDAY + timedelta(days=2))
    write_digests(at=MONDAY + timedelta(days=7))

    assert [event for _, event in told()] == ["weekoverzicht:2026-W19", "weekoverzicht:2026-W20"]


def test_two_weeks_without_anything_bring_one_overview(unit_head: Viewer) -> None:
    write_digests(at=MONDAY)
    write_digests(at=MONDAY + timedelta(days=24))

    assert len(told()) == 2


def test_the_week_at_the_turn_of_the_year_is_one_week(unit_head: Viewer) -> None:
    for day in (datetime(2026, 12, 28, 9, 0, tzinfo=UTC), datetime(2027, 1, 2, 9, 0, tzinfo=UTC)):
        write_digests(at=day)

    assert [event for _, event in told()] == ["weekoverzicht:2026-W53"]


def test_somebody_with_two_afdelingen_gets_one(unit_head: Viewer, world: World) -> None:
    Role.objects.filter(user=unit_head.user).update(unit="A")
    role = Role.objects.get(user=unit_head.user)
    role.pk, role.unit = None, "B"
    Role.objects.bulk_create([role])

    write_digests(at=MONDAY)

    assert len(told()) == 1


def test_who_left_is_not_told(unit_head: Viewer) -> None:
    Role.objects.filter(user=unit_head.user).update(until=MONDAY.date())

    assert write_digests(at=MONDAY) == 0


def test_whose_account_is_closed_is_not_told(unit_head: Viewer) -> None:
    User.objects.filter(pk=unit_head.user.pk).update(is_active=False)

    assert write_digests(at=MONDAY) == 0


def test_who_begins_in_the_middle_of_the_week_waits_for_monday(unit_head: Viewer) -> None:
    Role.objects.filter(user=unit_head.user).update(since=MONDAY.date() + timedelta(days=1))

    assert write_digests(at=MONDAY + timedelta(days=2)) == 0
    assert write_digests(at=MONDAY + timedelta(days=7)) == 1


def test_who_moved_to_another_role_before_the_mail_went_gets_no_mail(
    unit_head: Viewer, hire: Hire, world: World
) -> None:
    write_digests(at=MONDAY)
    Role.objects.filter(user=unit_head.user).update(kind=RoleKind.CASEMANAGER)

    deliver_mail(at=MONDAY)

    assert mail.outbox == []


def test_who_wants_none_gets_none_and_who_wants_it_in_the_application_gets_no_mail(
    unit_head: Viewer, coordinator: Viewer
) -> None:
    assert isinstance(unit_head.user, User)
    assert isinstance(coordinator.user, User)
    choose_messages(user=unit_head.user, in_app=[], by_mail=[])
    choose_messages(user=coordinator.user, in_app=CHOOSABLE, by_mail=[])

    write_digests(at=MONDAY)
    deliver_mail(at=MONDAY)

    assert mail.outbox == []
    shown = Notification.objects.filter(channel=Channel.IN_APP)
    assert [row.recipient for row in shown] == [coordinator.user]
    assert write_digests(at=MONDAY + timedelta(hours=1)) == 0


def test_the_mail_holds_the_link_and_nothing_else(unit_head: Viewer) -> None:
    write_digests(at=MONDAY)

    deliver_mail(at=MONDAY)

    [letter] = mail.outbox
    assert letter.subject == "[Terugkeer] Uw weekoverzicht staat klaar"
    assert "/weekoverzicht/" in letter.body
    assert unit_head.user.name not in letter.body


def test_it_is_no_event_for_software(unit_head: Viewer) -> None:
    write_digests(at=MONDAY)

    assert not Notification.objects.filter(channel=Channel.EVENT).exists()


def test_an_overview_that_did_not_come_is_seen(unit_head: Viewer) -> None:
    assert backlog(at=MONDAY + timedelta(minutes=14)).digests == 0
    assert backlog(at=MONDAY + timedelta(minutes=15)).digests == 1

    write_digests(at=MONDAY + timedelta(minutes=15))

    assert backlog(at=MONDAY + timedelta(minutes=15)).digests == 0


def test_it_is_one_question_for_one_and_for_many(unit_head: Viewer, hire: Hire, world: World) -> None:
    for _ in range(3):
        hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR)

    assert due_digests(MONDAY).count() == 4
    assert write_digests(at=MONDAY) == 4
