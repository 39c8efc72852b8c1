"""Whoever watches sees that the background stands still, and nothing about anybody."""

from datetime import date, timedelta

import pytest

from cases.actions import notify, remind, start_deadline
from cases.models import Case
from cases.steps import Step
from cases.watchdog import Backlog, backlog
from parties.viewer import Viewer
from tests.cases.test_reminders import on
from tests.conftest import NOW, World
from tests.factories.base import TestActor


@pytest.fixture
def screening(case: Case, casemanager: Viewer) -> Case:
    start_deadline(case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=TestActor(), at=NOW)
    return case


def test_a_sweep_that_stands_still_is_seen(screening: Case) -> None:
    assert backlog(at=on("2026-05-06")).reminders == 1

    remind(at=on("2026-05-06"))

    assert backlog(at=on("2026-05-06")).reminders == 0


def test_the_first_quarter_of_the_day_is_for_the_sweep(screening: Case) -> None:
    midnight = on("2026-05-05", 22)

    assert backlog(at=midnight + timedelta(minutes=10)).reminders == 0
    assert backlog(at=midnight + timedelta(minutes=20)).reminders == 1


def test_a_term_that_was_written_down_a_minute_ago_is_not_late(case: Case) -> None:
    start_deadline(
        case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=TestActor(), at=on("2026-06-01")
    )

    assert backlog(at=on("2026-06-01") + timedelta(minutes=1)) == Backlog(0, 0)


def test_a_mail_that_waits_too_long_is_seen(case: Case, world: World, coordinator: Viewer) -> None:
    notify(case=case, organisation=world.zwolle, kind="betrokken", event="betrokken:1", at=NOW)

    assert backlog(at=NOW + timedelta(minutes=14)).mails == 0
    assert backlog(at=NOW + timedelta(minutes=15)).mails == 1
