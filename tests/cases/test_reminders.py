"""Reminders that are right: on their day, once, again when the term moved, and caught up after a missed night."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_string
from importlib import import_module

import pytest
from celery import Celery
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cases import tasks
from cases.access import leave_case
from cases.actions import assign_worker, deliver_mail, meet_deadline, notify, remind, start_deadline
from cases.models import Capacity, Case, CaseParty, Channel, Deadline, Notification
from cases.reminders import working_days_ago
from cases.steps import Step
from parties.models import RoleKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW, Hire, World
from tests.factories.base import TestActor

BY = TestActor()


def on(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00:00").replace(tzinfo=UTC)


@pytest.fixture
def screening(case: Case, casemanager: Viewer, coordinator: Viewer) -> Case:
    """The screening is due on Wednesday 6 May 2026."""
    start_deadline(case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=BY, at=NOW)
    return case


def stages(channel: str = Channel.IN_APP) -> list[str]:
    rows = Notification.objects.filter(kind__startswith="termijn", channel=channel)
    return list(rows.order_by("id").values_list("stage", flat=True))


def test_nothing_is_sent_when_nothing_is_due(screening: Case) -> None:
    assert remind(at=on("2026-04-22")) == 0


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2026-04-28", "voor-5"),
        ("2026-05-01", "voor-2"),
        ("2026-05-06", "op-de-dag"),
        ("2026-05-07", "te-laat-1"),
        ("2026-05-13", "te-laat-1"),
        ("2026-05-14", "te-laat-2"),
    ],
)
def test_each_stage_has_its_day(screening: Case, day: str, stage: str) -> None:
    remind(at=on(day))

    assert stages() == [stage]


def test_a_reminder_is_written_once_however_often_the_sweep_runs(screening: Case) -> None:
    for hour in (7, 8, 9):
        remind(at=on("2026-05-06", hour))

    assert stages() == ["op-de-dag"]
    assert stages(Channel.MAIL) == ["op-de-dag"]
    assert stages(Channel.EVENT) == ["op-de-dag"]


def test_after_missed_nights_the_stage_of_today_is_sent_and_the_passed_ones_are_not(screening: Case) -> None:
    remind(at=on("2026-04-27"))
    remind(at=on("2026-05-08"))

    assert stages() == ["te-laat-1"]


def test_a_term_that_moved_is_reminded_of_anew(screening: Case) -> None:
    remind(at=on("2026-05-06"))

    start_deadline(case=screening, step=Step.SCREENING, since=date(2026, 4, 17), by=BY, at=NOW)
    remind(at=on("2026-05-06", 10))

    assert stages() == ["op-de-dag", "te-laat-1"]


def test_a_term_that_was_met_is_not_reminded_of(screening: Case) -> None:
    meet_deadline(case=screening, step=Step.SCREENING, on=date(2026, 5, 1), by=BY, at=NOW, why="klaar")

    assert remind(at=on("2026-05-06")) == 0


def test_ten_working_days_late_the_afdelingshoofd_is_told(screening: Case, unit_head: Viewer) -> None:
    remind(at=on("2026-05-20"))
    assert "opschaling" not in stages()

    remind(at=on("2026-05-22"))

    told = Notification.objects.filter(stage="opschaling", channel=Channel.IN_APP)
    assert [row.recipient for row in told] == [unit_head.user]


def test_ten_working_days_ago_skips_holidays() -> None:
    assert working_days_ago(date(2026, 5, 22), {date(2026, 5, 15)}) == date(2026, 5, 6)


def test_before_its_day_the_plan_concerns_all_three_and_after_it_the_pi_and_who_leads_there(
    case: Case, casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer, world: World
) -> None:
    start_deadline(case=case, step=Step.PLAN_ADOPTION, since=date(2026, 4, 20), by=BY, at=NOW)

    remind(at=on("2026-05-12"))
    remind(at=on("2026-05-19"))

    told = Notification.objects.filter(channel=Channel.EVENT).order_by("id")
    assert sorted((row.stage, row.organisation.code) for row in told) == sorted(
        [
            ("voor-7", world.pi.code),
            ("voor-7", world.zwolle.code),
            ("voor-7", world.probation.code),
            ("te-laat-1", world.pi.code),
            ("hoofd-te-laat", world.pi.code),
        ]
    )


def test_the_day_from_which_promotion_is_possible_is_told_once_and_never_late(
    case: Case, casemanager: Viewer
) -> None:
    start_deadline(case=case, step=Step.PROMOTION_EARLIEST, since=date(2026, 4, 20), by=BY, at=NOW)

    for day in ("2026-05-31", "2026-06-01", "2026-06-03", "2026-08-01"):
        remind(at=on(day))

    assert stages() == ["mogelijk"]


def test_the_worker_on_the_case_is_reminded_and_not_his_colleagues(
    screening: Case, casemanager: Viewer, hire: Hire, world: World
) -> None:
    hire(world.pi, RoleKind.CASEMANAGER)
    row = CaseParty.objects.get(case=screening, party=world.pi)
    assign_worker(row=row, worker=casemanager.user, by=BY, at=NOW, why="toegewezen")

    remind(at=on("2026-05-06"))

    rows = Notification.objects.filter(channel=Channel.IN_APP, stage="op-de-dag")
    assert [row.recipient for row in rows] == [casemanager.user]


def test_the_sweep_asks_once_for_two_and_for_twenty_terms(
    screening: Case, django_assert_max_num_queries: object
) -> None:
    counts = []
    for step in (Step.INFO_REQUEST, Step.SHARE_REQUESTS, Step.REFLECTOR_LANGUAGE):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            remind(at=on("2026-05-06"))
        counts.append(len(queries))
        start_deadline(case=screening, step=step, since=date(2026, 4, 20), by=BY, at=NOW)

    assert len(set(counts)) == 1


def test_when_the_party_that_must_act_takes_no_part_any_more_the_pi_hears(
    screening: Case, world: World
) -> None:
    """Otherwise nobody would, and the sweep would ask for the same term again and again."""
    party = CaseParty.objects.get(case=screening, party=world.probation)
    leave_case(row=party, until=on("2026-05-01"), by=BY, at=on("2026-05-01"), why="opdracht ingetrokken")
    Deadline.objects.filter(case=screening).update(capacity=Capacity.PROBATION)

    remind(at=on("2026-05-06"))

    told = Notification.objects.filter(stage="op-de-dag", channel=Channel.EVENT)
    assert [row.organisation for row in told] == [world.pi]
    assert remind(at=on("2026-05-06")) == 0


def test_a_clock_that_is_a_second_behind_waits_for_its_time(screening: Case, world: World) -> None:
    CaseParty.objects.filter(case=screening, party=world.pi).update(since=on("2026-05-06"))

    assert remind(at=on("2026-05-06") - timedelta(seconds=1)) == 0
    assert remind(at=on("2026-05-06")) == 1


def test_a_mail_holds_a_link_and_no_name(screening: Case, casemanager: Viewer) -> None:
    remind(at=on("2026-05-06"))

    deliver_mail(at=on("2026-05-06"))

    [letter] = mail.outbox
    assert letter.subject == "[Terugkeer] Een termijn vraagt uw aandacht"
    assert f"/zaken/{screening.pk}/termijnen/" in letter.body
    text = letter.message().as_string()
    for secret in (screening.detainee.surname, screening.number, screening.detainee.chain_number):
        assert secret not in text
    assert message_from_string(text)["Message-ID"].startswith("<bericht-")


def test_a_mail_is_sent_once(screening: Case) -> None:
    remind(at=on("2026-05-06"))

    assert (deliver_mail(at=on("2026-05-06")), deliver_mail(at=on("2026-05-06"))) == (1, 0)
    assert len(mail.outbox) == 1


def test_who_no_longer_takes_part_gets_no_mail(screening: Case, world: World) -> None:
    remind(at=on("2026-05-06"))
    row = CaseParty.objects.get(case=screening, party=world.pi)
    leave_case(row=row, until=on("2026-05-06", 8), by=BY, at=on("2026-05-06", 8), why="overplaatsing")

    deliver_mail(at=on("2026-05-06"))

    assert mail.outbox == []
    assert Notification.objects.get(channel=Channel.MAIL).failure == "ontvanger neemt niet meer deel"


class NoServer(EmailBackend):
    """A mail server that is away."""

    def open(self) -> bool:
        raise ConnectionRefusedError


def test_a_mail_server_that_is_away_loses_nothing(screening: Case, settings: Settings) -> None:
    remind(at=on("2026-05-06"))
    settings.EMAIL_BACKEND = "tests.cases.test_reminders.NoServer"
    deliver_mail(at=on("2026-05-06"))
    assert Notification.objects.get(channel=Channel.MAIL).failure == "ConnectionRefusedError"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_mail(at=on("2026-05-06") + timedelta(hours=1))

    assert len(mail.outbox) == 1


def test_a_mail_under_lease_is_left_alone_until_the_lease_is_over(screening: Case) -> None:
    remind(at=on("2026-05-06"))
    Notification.objects.filter(channel=Channel.MAIL).update(leased_until=on("2026-05-06", 10))

    assert deliver_mail(at=on("2026-05-06", 9)) == 0
    assert deliver_mail(at=on("2026-05-06", 10)) == 1


def test_saying_the_same_twice_is_one_message(case: Case, world: World, coordinator: Viewer) -> None:
    for _ in range(2):
        notify(case=case, organisation=world.zwolle, kind="betrokken", event="betrokken:1", at=NOW)

    assert Notification.objects.count() == 3


def celery_without_broker() -> Celery:
    """The same application, with an address where nobody answers."""
    return Celery("zonder-broker", broker="redis://127.0.0.1:1/0", set_as_current=False)


@pytest.mark.django_db(transaction=True)
def test_saving_goes_on_while_the_broker_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("cases.actions.notify"), "_broker_away_until", 0.0)
    monkeypatch.setattr(import_module("cases.actions.notify"), "current_app", celery_without_broker())

    with transaction.atomic():
        notify(case=None, organisation=world.zwolle, kind="betrokken", event="betrokken:2", at=NOW)

    assert Notification.objects.filter(event="betrokken:2").exists()
    assert import_module("cases.actions.notify")._broker_away_until > 0


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_delivers_what_was_written(
    celery_worker_process, world: World, coordinator: Viewer
) -> None:
    save_as(world.zwolle, by=BY, at=NOW, why="test")
    notify(case=None, organisation=world.zwolle, kind="betrokken", event="betrokken:3", at=NOW)

    tasks.deliver_notifications.delay()

    mails = Notification.objects.filter(channel=Channel.MAIL, event="betrokken:3")
    celery_worker_process.wait_for(lambda: mails.filter(delivered_at=None).count() == 0)
    assert mails.count() == 1
