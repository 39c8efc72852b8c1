"""Detention messages that wait for a person, per PI."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from cases.actions import receive_message
from cases.models import DetentionMessage, MessageStatus
from parties.viewer import Viewer
from tests.conftest import SignedIn, World
from tests.factories.base import TestActor

PAGES = ("opnieuw", "afhandelen")


def sample() -> dict[str, Any]:
    first = Path(settings.BASE_DIR, "data", "detentiemeldingen.jsonl").read_text().splitlines()[0]
    return json.loads(first)


@pytest.fixture
def parked(world: World) -> DetentionMessage:
    """An end of which nobody sent the begin."""
    body = sample()
    body["soort"] = "einde"
    body["insluiting"] |= {"inrichting": "ZWO", "begin": None, "einde": "2026-09-01T10:00:00+02:00"}
    outcome = receive_message(body=body, by=TestActor(), at=timezone.now())
    assert outcome.message is not None
    assert outcome.message.status == MessageStatus.PARKED
    return outcome.message


@pytest.mark.parametrize("who", ["coordinator", "probation_officer", "privacy_officer", "partner_contact"])
def test_other_parties_have_no_messages(
    who: str, parked: DetentionMessage, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get("/meldingen/").status_code == 403
    for page in PAGES:
        assert browser.post(f"/meldingen/{parked.key}/{page}/", {"note": "x"}).status_code == 403


def test_message_of_another_pi_is_not_there(
    parked: DetentionMessage, other_casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(other_casemanager)

    assert "Geen wachtende meldingen" in browser.get("/meldingen/").content.decode()
    for page in PAGES:
        hidden = browser.post(f"/meldingen/{parked.key}/{page}/", {"note": "x"})
        unknown = browser.post(f"/meldingen/{uuid4()}/{page}/", {"note": "x"})
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.content == unknown.content


def test_casemanager_reads_why_and_about_whom(
    parked: DetentionMessage, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).get("/meldingen/").content.decode()

    assert "Sem van den Berg" in page
    assert parked.reason[:40] in page


def test_retry_keeps_what_still_cannot_be_applied(
    parked: DetentionMessage, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).post(f"/meldingen/{parked.key}/opnieuw/", follow=True).content.decode()

    assert "De melding blijft staan" in page


def test_settling_wants_a_note_and_remembers_who(
    parked: DetentionMessage, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/meldingen/{parked.key}/afhandelen/"

    empty = browser.post(url, {"note": " "})
    assert empty.context["form"].errors["note"]
    browser.post(url, {"note": "Gebeld met de afzender"})

    parked.refresh_from_db()
    assert parked.status == MessageStatus.SETTLED
    assert parked.settled_by == casemanager.user
    assert browser.get(url).status_code == 404


def test_director_reads_along(parked: DetentionMessage, director: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(director)

    assert "Opnieuw verwerken" not in browser.get("/meldingen/").content.decode()
    assert browser.post(f"/meldingen/{parked.key}/opnieuw/").status_code == 403


def test_message_without_known_facility_goes_to_beheer_without_the_person(
    world: World, functional_admin: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    body = sample()
    body["insluiting"]["inrichting"] = "XX-9"
    receive_message(body=body, by=TestActor(), at=timezone.now())

    page = signed_in(functional_admin).get("/meldingen/").content.decode()

    assert "XX-9" in page
    assert "Berg" not in page
    assert body["insluiting"]["nummer"] not in page
    assert "XX-9" not in signed_in(casemanager).get("/meldingen/").content.decode()


def test_retry_needs_a_post(parked: DetentionMessage, casemanager: Viewer, signed_in: SignedIn) -> None:
    assert signed_in(casemanager).get(f"/meldingen/{parked.key}/opnieuw/").status_code == 405
