"""A detention message that does not keep to the format is refused with the field, and changes nothing (contract 5)."""

from typing import Any

import pytest

from cases.actions import Result
from cases.models import DetentionMessage
from tests.cases.test_messages import take_in
from tests.conftest import World
from tests.factories.messages import message


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"berichtId": "geen-uuid"}, "berichtId"),
        ({"soort": "verhuizing"}, "soort"),
        ({"verzondenOp": "2026-04-20T11:00:00"}, "verzondenOp"),
        ({"verzondenOp": 5}, "verzondenOp"),
        ({"persoon": []}, "persoon"),
        ({"extra": 1}, "extra"),
        ({"insluiting": {}}, "insluiting.nummer"),
    ],
)
def test_a_message_that_does_not_keep_to_the_format_is_refused_with_the_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    outcome = take_in({**message(), **change})

    assert outcome.result == Result.REFUSED
    assert field in {fault.field for fault in outcome.faults}
    assert not DetentionMessage.objects.exists()


@pytest.mark.parametrize("body", [None, [], "tekst", 5, {}, {"persoon": None, "insluiting": None}])
def test_anything_else_than_a_message_is_refused(world: World, body: Any) -> None:
    assert take_in(body).result == Result.REFUSED


@pytest.mark.parametrize(
    "person", [{"bsn": "123456789"}, {"achternaam": "a\x00b"}, {"bsn": None, "strafrechtsketennummer": ""}]
)
def test_a_wrong_bsn_a_control_character_or_nobody_is_refused(world: World, person: dict[str, Any]) -> None:
    assert take_in(message(person=person)).result == Result.REFUSED
