"""What had its time goes; what counts, and what can still be used, stays."""

from datetime import datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from oauth2_provider.models import get_access_token_model
from pytest_django import Settings

from cases.models import Case
from parties import tasks
from parties.models import ApiClient, AuditLine, IdempotentCall, ProcessingLine
from parties.viewer import Viewer
from plans.actions import record_domain
from plans.models import DomainRecord
from tests.conftest import World
from tests.factories.parties import ApiClientFactory

LOGS = ((AccessLog, {}), (AccessAttempt, {"failures_since_start": 1}), (AccessFailureLog, {}))


@pytest.fixture
def client_of_probation(world: World) -> ApiClient:
    return ApiClientFactory(organisation=world.probation)


def sweep() -> None:
    """As beat does, and once more."""
    tasks.throw_away_expired()
    tasks.throw_away_expired()


def test_sessions_that_ended_go(db: None) -> None:
    for seconds in (-60, 60):
        session = SessionStore()
        session["alive"] = seconds > 0
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()

    sweep()

    assert [row.get_decoded()["alive"] for row in Session.objects.all()] == [True]


def test_tokens_and_outcomes_of_calls_go_when_they_expire(client_of_probation: ApiClient) -> None:
    tokens, now = get_access_token_model(), timezone.now()
    for name, ends in (("past", now - timedelta(minutes=1)), ("valid", now + timedelta(minutes=5))):
        tokens.objects.create(token=name, application=client_of_probation, expires=ends, scope="trajecten")
        IdempotentCall.objects.create(
            client=client_of_probation, key=name, request_digest="", status=200, object_id="", expires_at=ends
        )

    sweep()

    assert tokens.objects.get().expires > now
    assert IdempotentCall.objects.get().key == "valid"


@pytest.mark.parametrize(("table", "more"), LOGS)
def test_the_log_of_logins_is_kept_as_long_as_the_settings_say(
    db: None, table: type, more: dict[str, int], settings: Settings
) -> None:
    settings.LOGIN_LOG_DAYS = 30
    for days in (31, 29):
        row = table.objects.create(username=str(days), ip_address="192.0.2.1", **more)
        table.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - timedelta(days=days))

    sweep()

    assert [row.username for row in table.objects.all()] == ["29"]


def test_ledgers_and_history_are_never_touched(case: Case, casemanager: Viewer) -> None:
    record_domain(
        case=case,
        domain="onderdak",
        support_answer="ja",
        by=casemanager,
        at=datetime(2020, 1, 1).astimezone(),
    )
    tables = (AuditLine.objects, ProcessingLine.objects, Case.history)
    kept = [table.count() for table in tables]
    past = DomainRecord.history.unrestricted(reason="test").count()

    sweep()

    assert [table.count() for table in tables] == kept
    assert DomainRecord.history.unrestricted(reason="test").count() == past > 0
