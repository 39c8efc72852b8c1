"""Two at once on a real database: a withdrawal and a sending, two sendings, two first saves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from cases.models import Case, LifeDomain
from consent.actions import withdraw_consent
from parties.viewer import Viewer
from plans.actions import NoGround, issue_sheet, record_domain
from plans.models import DomainRecord, InformationSheet
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.consent import ConsentFactory
from tests.machinery import wait_until_kept_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Start all together, each on a connection of its own; what came of each, a refusal as its class."""
    start = Barrier(len(works))

    def on_own_connection(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return work()
        except (NoGround, StaleVersion) as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        running = [pool.submit(on_own_connection, work) for work in works]
        return [one.result(timeout=60) for one in running]


def save(case: Case, by: Viewer, expected: int | None = None) -> DomainRecord:
    return record_domain(
        case=case, domain=LifeDomain.HOUSING, support_answer="ja", expected_version=expected, by=by, at=NOW
    )


def send(case: Case, world: World, by: Viewer) -> InformationSheet:
    return issue_sheet(case=case, recipient=world.zwolle, by=by, at=NOW)


def test_a_withdrawal_that_is_under_way_stops_a_sending(
    world: World, case: Case, casemanager: Viewer
) -> None:
    save(case, casemanager)
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)
            sending = pool.submit(at_once, lambda: send(case, world, casemanager))
            wait_until_kept_waiting()
        assert sending.result(timeout=60) == [NoGround]


def test_two_who_send_at_once_make_one_version(world: World, case: Case, casemanager: Viewer) -> None:
    save(case, casemanager)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)

    first, second = at_once(*[lambda: send(case, world, casemanager)] * 2)

    assert first == second
    assert InformationSheet.objects.unrestricted(reason="test").count() == 1


def test_two_who_fill_in_the_same_empty_form_give_one_winner(
    world: World, case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    outcomes = at_once(lambda: save(case, casemanager, expected=0), lambda: save(case, unit_head, expected=0))

    assert outcomes.count(StaleVersion) == 1
    assert DomainRecord.objects.unrestricted(reason="test").count() == 1
