"""Two connections on a real database: a reader that starts after a withdrawal was acknowledged never sees the content."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from cases.models import Case, LifeDomain
from consent import actions
from consent.models import Answer, Consent, Evidence
from consent.visibility import sight_of
from parties.viewer import Viewer
from plans.models import DomainRecord
from tests.conftest import NOW, World
from tests.factories.consent import ConsentFactory
from tests.factories.plans import DomainRecordFactory

pytestmark = pytest.mark.django_db(transaction=True)

Elsewhere = Callable[[Callable[[], object]], object]


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Run something in another thread, on a connection of its own, and wait for it."""
    with ThreadPoolExecutor(max_workers=1) as pool:

        def run(work: Callable[[], object]) -> object:
            return pool.submit(work).result(timeout=30)

        yield run
        pool.submit(hang_up).result()


def hang_up() -> None:
    """Close this thread's own connection."""
    connection.close()


def count(viewer: Viewer) -> int:
    return DomainRecord.objects.visible_to(viewer).count()


def test_a_withdrawal_is_seen_by_the_next_statement_of_every_other_connection(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, elsewhere: Elsewhere
) -> None:
    """Also inside a transaction that began before, and with a clock that runs behind."""
    DomainRecordFactory(case=case, owner=world.pi)
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    behind = replace(coordinator, at=NOW - timedelta(minutes=5))

    with transaction.atomic():
        assert count(coordinator) == 1
        elsewhere(
            lambda: actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW) and None
        )
        assert count(coordinator) == 0
        assert count(behind) == 0
        assert sight_of(coordinator, case).grounds == {}


def test_an_unfinished_withdrawal_closes_nothing_yet_and_a_failed_one_never_does(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, elsewhere: Elsewhere
) -> None:
    DomainRecordFactory(case=case, owner=world.pi)
    consent = ConsentFactory(case=case, recipient=world.zwolle)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)
        assert elsewhere(lambda: count(coordinator)) == 1
        raise ZeroDivisionError

    assert elsewhere(lambda: count(coordinator)) == 1


def test_two_people_who_decide_at_once_leave_one_standing_decision_and_both_in_history(
    case: Case, world: World, casemanager: Viewer, unit_head: Viewer
) -> None:
    start = Barrier(2)

    def decide(by: Viewer, answer: Answer) -> None:
        start.wait(timeout=30)
        actions.decide(
            case=case,
            recipient=world.zwolle,
            answers={LifeDomain.HOUSING: answer},
            given_at=NOW,
            evidence=Evidence.SIGNED,
            by=by,
            at=NOW,
        )
        connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        both = [
            pool.submit(decide, casemanager, Answer.GIVEN),
            pool.submit(decide, unit_head, Answer.REFUSED),
        ]
        for one in both:
            one.result(timeout=60)

    rows = Consent.objects.filter(case=case).order_by("sequence")
    assert [row.sequence for row in rows] == [1, 2]
    assert [row.withdrawn_at is None for row in rows] == [False, True]
    assert rows[0].replaced_by == rows[1]


def test_two_people_who_withdraw_at_once_end_it_once(
    case: Case, world: World, casemanager: Viewer, unit_head: Viewer
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    start, refused = Barrier(2), Event()

    def withdraw(by: Viewer, reason: str) -> None:
        start.wait(timeout=30)
        try:
            own = Consent.objects.get(pk=consent.pk)
            actions.withdraw_consent(consent=own, reason=reason, by=by, at=NOW)
        except actions.NotInForce:
            refused.set()
        connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        both = [pool.submit(withdraw, casemanager, "een"), pool.submit(withdraw, unit_head, "twee")]
        for one in both:
            one.result(timeout=60)

    assert refused.is_set()
    consent.refresh_from_db()
    assert consent.withdrawal_reason in {"een", "twee"}
    assert consent.history.filter(withdrawn_at__isnull=False).count() == 1
