"""Choosing the party one works for: only one's own, only today's."""

from datetime import date
from uuid import uuid4

import pytest

from parties.models import AuditLine, RoleKind
from parties.viewer import Viewer
from tests.conftest import Hire, SignedIn, World
from tests.factories.parties import RoleFactory


@pytest.fixture
def second(world: World, coordinator: Viewer) -> object:
    return RoleFactory(
        user=coordinator.user, organisation=world.deventer, kind=RoleKind.AFTERCARE_COORDINATOR
    )


def test_role_of_somebody_else_cannot_be_chosen(
    world: World, coordinator: Viewer, hire: Hire, signed_in: SignedIn
) -> None:
    theirs = hire(world.pi, RoleKind.CASEMANAGER)

    for role in (str(theirs.pk), str(uuid4()), "x", "\x00", ""):
        answer = signed_in(coordinator).post("/partij/", {"role": role, "x": "1"})
        assert answer.status_code == 200
        assert answer.context["form"].errors["role"]


def test_ended_role_cannot_be_chosen(world: World, coordinator: Viewer, signed_in: SignedIn) -> None:
    ended = RoleFactory(
        user=coordinator.user,
        organisation=world.deventer,
        kind=RoleKind.AFTERCARE_COORDINATOR,
        until=date(2026, 1, 1),
    )

    answer = signed_in(coordinator).post("/partij/", {"role": str(ended.pk)})

    assert answer.context["form"].errors["role"]


def test_who_has_several_roles_chooses_first(
    coordinator: Viewer, second: object, signed_in: SignedIn
) -> None:
    assert signed_in(coordinator).get("/").headers["Location"] == "/partij/"


def test_chosen_role_counts_and_is_written_down(
    world: World, coordinator: Viewer, second: object, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    assert browser.post("/partij/", {"role": str(second.pk)}).headers["Location"] == "/"  # type: ignore[attr-defined]
    page = browser.get("/")

    assert page.status_code == 200
    assert "Deventer" in page.content.decode()
    assert AuditLine.objects.get(action="rol-kiezen").organisation == world.deventer


def test_who_has_one_role_is_not_offered_a_choice(coordinator: Viewer, signed_in: SignedIn) -> None:
    assert "/partij/" not in signed_in(coordinator).get("/").content.decode()
