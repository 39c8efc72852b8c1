"""Mail that waits is sent once, whatever is slow, doubled or broken (quality 3.2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from cases import tasks
from cases.actions import deliver_mail, notify
from cases.models import Channel, Notification
from parties.models import RoleKind, User
from parties.viewer import Viewer
from tests.conftest import NOW, Hire, World

BACKEND = "tests.cases.test_deliver.{}"
Waiting = Callable[[int], None]


@pytest.fixture
def waiting(world: World, coordinator: Viewer) -> Waiting:
    """So many mails to the gemeente wait."""

    def _waiting(number: int) -> None:
        for turn in range(number):
            notify(case=None, organisation=world.zwolle, kind="betrokken", event=f"betrokken:{turn}", at=NOW)

    return _waiting


class Clock:
    """The clock of every process; only a mail server that takes its time moves it."""

    at = NOW

    def __call__(self) -> datetime:
        return Clock.at


class SlowServer(EmailBackend):
    """A mail server that needs the whole time-out for every mail, while the beat starts a second worker."""

    busy = False

    def send_messages(self, messages: list[EmailMessage]) -> int:
        sent: int = super().send_messages(messages)
        Clock.at += timedelta(seconds=10)
        if not SlowServer.busy:
            SlowServer.busy, began = True, Clock.at
            tasks.deliver_notifications()
            SlowServer.busy, Clock.at = False, began  # the two work side by side
        return sent


class BreaksOnce(EmailBackend):
    """A mail server that answers something nobody foresaw."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if not mail.outbox and Clock.at == NOW:
            Clock.at += timedelta(seconds=1)
            raise LookupError
        return super().send_messages(messages)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock.at = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", Clock())


def outcomes() -> list[tuple[bool, str]]:
    rows = Notification.objects.filter(channel=Channel.MAIL).order_by("id")
    return [(row.delivered_at is not None, row.failure) for row in rows]


def test_a_slow_mail_server_gets_every_mail_once_while_two_workers_send(
    waiting: Waiting, clock: None, settings: Settings
) -> None:
    waiting(60)
    settings.EMAIL_BACKEND = BACKEND.format("SlowServer")

    for _ in range(20):
        tasks.deliver_notifications()

    numbers = [letter.message()["Message-ID"] for letter in mail.outbox]
    assert (len(numbers), len(set(numbers))) == (60, 60)


def test_one_task_stops_in_time_and_leaves_the_rest_to_the_next(
    waiting: Waiting, clock: None, settings: Settings
) -> None:
    waiting(60)
    settings.EMAIL_BACKEND = BACKEND.format("SlowServer")
    SlowServer.busy = True

    tasks.deliver_notifications()
    SlowServer.busy = False

    assert 0 < len(mail.outbox) < 60
    assert Clock.at - NOW < timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)


def test_a_mail_that_cannot_be_made_is_given_up_and_the_rest_goes(
    waiting: Waiting, hire: Hire, world: World
) -> None:
    colleague = hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR).user
    User.objects.filter(pk=colleague.pk).update(email="afgebroken\nregel@voorbeeld.test")
    waiting(2)

    deliver_mail(at=NOW)

    assert sorted(outcomes()) == [(False, "BadHeaderError")] * 2 + [(True, "")] * 2
    assert deliver_mail(at=NOW + timedelta(days=1)) == 0


def test_an_unforeseen_answer_is_tried_later_and_blocks_no_other_mail(
    waiting: Waiting, clock: None, settings: Settings
) -> None:
    waiting(3)
    settings.EMAIL_BACKEND = BACKEND.format("BreaksOnce")

    deliver_mail(at=NOW)
    assert outcomes() == [(False, "LookupError"), (True, ""), (True, "")]

    deliver_mail(at=NOW + timedelta(hours=1))
    assert len(mail.outbox) == 3
