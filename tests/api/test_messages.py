"""`/detentiemeldingen`: 201 new, 200 the same again, 409 the same id for something else, 400 invalid (contract 5)."""

from typing import Any
from uuid import uuid4

import pytest

from cases.models import Case, DetentionMessage
from tests.api.conftest import Api
from tests.conftest import World


def message(**changes: Any) -> dict[str, Any]:
    """A message that somebody entered PI Zwolle from gemeente Zwolle."""
    body: dict[str, Any] = {
        "berichtId": str(uuid4()),
        "soort": "begin",
        "verzondenOp": "2026-04-20T09:30:00Z",
        "persoon": {
            "strafrechtsketennummer": "2965874",
            "bsn": "999999047",
            "voornamen": "Sem",
            "tussenvoegsel": "van den",
            "achternaam": "Berg",
            "geboortedatum": "1989-01-27",
            "geslacht": "m",
        },
        "insluiting": {
            "nummer": "INS-01-00044",
            "instroomtype": "arrestant",
            "titel": "gevangenisstraf",
            "begin": "2026-04-20T09:00:00Z",
            "verwachtEinde": "2027-01-29",
            "einde": None,
            "inrichting": "ZWO",
            "gemeenteHerkomst": "0193",
        },
    }
    for path, value in changes.items():
        part = body
        *way, last = path.split("__")
        for step in way:
            part = part[step]
        part[last] = value
    return body


def test_a_message_makes_a_case_once(world: World, message_api: Api) -> None:
    body = message()

    first = message_api.post("/detentiemeldingen", body)
    again = message_api.post("/detentiemeldingen", body)

    assert (first.status_code, first.json()["uitkomst"]) == (201, "verwerkt")
    assert (again.status_code, again.json()["uitkomst"]) == (200, "al-bekend")
    assert first.json()["berichtId"] == body["berichtId"]
    assert Case.objects.get().detention_number == "INS-01-00044"
    assert DetentionMessage.objects.get().client_id == message_api.client.pk


def test_the_same_id_with_other_content_is_a_conflict(world: World, message_api: Api) -> None:
    body = message()
    message_api.post("/detentiemeldingen", body)

    answer = message_api.post("/detentiemeldingen", {**body, "verzondenOp": "2026-04-20T10:00:00Z"})

    assert answer.status_code == 409
    assert "berichtId" in answer.json()["detail"]
    assert DetentionMessage.objects.count() == 2


def test_what_cannot_be_applied_is_parked_and_says_why(world: World, message_api: Api) -> None:
    answer = message_api.post("/detentiemeldingen", message(persoon__geboortedatum="2012-01-01"))

    assert (answer.status_code, answer.json()["uitkomst"]) == (201, "geparkeerd")
    assert answer.json()["code"]
    assert answer.json()["reden"]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"berichtId": "x"}, {"/berichtId"}),
        ({"soort": "verlof"}, {"/soort"}),
        ({"persoon__bsn": "123456789"}, {"/persoon/bsn"}),
        (
            {"persoon__achternaam": "a\x00b", "insluiting__begin": "gisteren"},
            {"/persoon/achternaam", "/insluiting/begin"},
        ),
        ({"insluiting__inrichting": "XXX"}, {"/insluiting/inrichting"}),
        ({"delict": "diefstal", "verzondenOp": "2026-04-20"}, {"/delict", "/verzondenOp"}),
        ({"insluiting__begin": "9999-12-31T23:59:59-12:00"}, {"/insluiting/begin"}),
    ],
)
def test_an_invalid_message_is_told_whole(
    world: World, message_api: Api, changes: dict[str, Any], pointers: set[str]
) -> None:
    answer = message_api.post("/detentiemeldingen", message(**changes))

    assert answer.status_code == 400, answer.content
    assert {error["location"]["pointer"] for error in answer.json()["errors"]} == pointers
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["[]", "1", '"x"', "null", "{}", '{"berichtId": {"a": []}}', "{"])
def test_what_is_no_message_is_refused(world: World, message_api: Api, body: str) -> None:
    assert message_api.post("/detentiemeldingen", body).status_code == 400


def test_only_the_message_client_delivers_and_it_does_nothing_else(
    case: Case, message_api: Api, probation_api: Api
) -> None:
    assert probation_api.post("/detentiemeldingen", message()).status_code == 403
    for path in ("/trajecten", f"/trajecten/{case.pk}", "/acties", "/overleggen", "/gebeurtenissen"):
        assert message_api.get(path).status_code == 403
