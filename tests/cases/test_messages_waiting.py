"""Messages that take effect later do so on their day, whatever becomes of another (quality 3.1)."""

from datetime import timedelta

import pytest

from cases.actions import receive_message, retry_waiting
from cases.models import Case, DetentionMessage, MessageStatus
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.messages import message, transfer
from tests.machinery import held

BY = TestActor()
OTHER = {"strafrechtsketennummer": "7000002", "bsn": "999990020", "achternaam": "Dijk"}
MOVES_ON = "2026-05-01T10:00:00+02:00"
"""Nine days after today."""


@pytest.fixture
def waiting(impatient: None, world: World) -> list[DetentionMessage]:
    """Two people move to PI Leeuwarden next week."""
    for person, number in (({}, "INS-T-1"), (OTHER, "INS-T-2")):
        for body in (
            message(person=person, nummer=number),
            transfer("LEE", MOVES_ON, sent="2026-04-21T10:00:00Z", person=person, nummer=number),
        ):
            receive_message(body=body, by=BY, at=NOW)
    return list(DetentionMessage.objects.parked().order_by("effective_at", "id"))


def test_a_message_that_fails_is_left_for_the_next_time_and_stops_no_other(
    waiting: list[DetentionMessage],
) -> None:
    first, second = waiting
    later = NOW + timedelta(days=10)

    with held(Case.objects.get(pk=first.case_id)):
        assert retry_waiting(by=BY, at=later) == 1

    assert list(DetentionMessage.objects.parked()) == [first]
    assert retry_waiting(by=BY, at=later) == 1
    second.refresh_from_db()
    assert second.status == MessageStatus.APPLIED
