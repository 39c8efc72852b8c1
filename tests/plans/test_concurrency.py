"""Two at once on a real database: a withdrawal and a sending, two sendings, two first saves."""

from collections.abc import Callable
from threading import Thread

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

pytestmark = pytest.mark.django_db(transaction=True)


def run(work: Callable[[], object], outcomes: list[object]) -> Thread:
    """Do the work in a thread with a connection of its own, and keep what came of it."""

    def with_own_connection() -> None:
        try:
            outcomes.append(work())
        except (NoGround, StaleVersion) as refused:
            outcomes.append(type(refused))
        finally:
            connection.close()

    thread = Thread(target=with_own_connection)
    thread.start()
    return thread


def save(case: Case, by: Viewer, expected: int | None = None) -> DomainRecord:
    return record_domain(
        case=case, domain=LifeDomain.HOUSING, support_answer="ja", expected_version=expected, by=by, at=NOW
    )


def test_a_withdrawal_that_is_under_way_stops_a_sending(
    world: World, case: Case, casemanager: Viewer
) -> None:
    save(case, casemanager)
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    outcomes: list[object] = []

    with transaction.atomic():
        withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)
        sending = run(
            lambda: issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW), outcomes
        )
        sending.join(timeout=0.5)
        assert sending.is_alive()  # it waits for the lock of the withdrawal
    sending.join(timeout=10)

    assert outcomes == [NoGround]


def test_two_who_send_at_once_make_one_version(world: World, case: Case, casemanager: Viewer) -> None:
    save(case, casemanager)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    outcomes: list[object] = []

    threads = [
        run(lambda: issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW), outcomes)
        for _ in range(2)
    ]
    for thread in threads:
        thread.join(timeout=10)

    assert len(outcomes) == 2
    assert InformationSheet.objects.unrestricted(reason="test").count() == 1


def test_two_who_fill_in_the_same_empty_form_give_one_winner(
    world: World, case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    outcomes: list[object] = []

    threads = [run(lambda by=by: save(case, by, expected=0), outcomes) for by in (casemanager, unit_head)]
    for thread in threads:
        thread.join(timeout=10)

    assert outcomes.count(StaleVersion) == 1
    assert DomainRecord.objects.unrestricted(reason="test").count() == 1
