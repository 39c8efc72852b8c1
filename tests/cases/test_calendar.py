"""A changed calendar moves the open terms in the background, case by case, and ends what others did in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from cases.actions import apply_calendar, meet_deadline
from cases.actions.calendar import sync_equated_days
from cases.models import Case, Deadline, DeadlineStatus, EquatedDay
from cases.steps import Step
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, DeadlineFactory
from tests.machinery import held, wait_until_kept_waiting

BY = TestActor()
MOVED = date(2026, 5, 7)


@pytest.fixture
def changed(world: World) -> None:
    sync_equated_days(days={date(2026, 4, 30): "besluit"}, by=BY, at=NOW)


def test_it_is_done_once(case: Case, changed: None) -> None:
    term = DeadlineFactory(case=case)

    assert apply_calendar(by=BY, at=NOW) == 1
    assert apply_calendar(by=BY, at=NOW) == 0

    assert EquatedDay.objects.get().applied_at == NOW
    assert term.history.count() == 2


def test_who_met_a_term_meanwhile_finds_it_met(transactional_db: None, case: Case, changed: None) -> None:
    term = DeadlineFactory(case=case)

    def apply() -> int:
        try:
            return apply_calendar(by=BY, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            meet_deadline(case=case, step=Step.SCREENING, on=date(2026, 5, 1), by=BY, at=NOW, why="klaar")
            running = pool.submit(apply)
            wait_until_kept_waiting()
        assert running.result(timeout=60) == 0

    term.refresh_from_db()
    assert (term.status, term.due_on) == (DeadlineStatus.MET, date(2026, 5, 6))


def test_a_case_that_fails_stops_no_other_and_is_done_the_next_time(impatient: None, changed: None) -> None:
    first, second = sorted(
        (DeadlineFactory(case=CaseFactory()) for _ in range(2)), key=lambda row: row.case_id
    )

    with held(first.case):
        assert apply_calendar(by=BY, at=NOW) == 1

    assert Deadline.objects.get(pk=second.pk).due_on == MOVED
    assert EquatedDay.objects.get().applied_at is None
    assert apply_calendar(by=BY, at=NOW) == 1
    assert Deadline.objects.get(pk=first.pk).due_on == MOVED
