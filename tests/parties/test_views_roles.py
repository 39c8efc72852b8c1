"""Choosing the party one works for: only one's own, only today's."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils.http import urlencode

from cases.models import Case
from parties.models import AuditLine, Role, RoleKind
from parties.viewer import NoActiveRole, Viewer, roles_of, viewer_of_client
from plans.models import Contribution
from reintegratie.lib.history import save_as
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.parties import ApiClientFactory, RoleFactory


@pytest.fixture
def second(world: World, coordinator: Viewer) -> Role:
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


def test_who_has_several_roles_chooses_first(coordinator: Viewer, second: Role, signed_in: SignedIn) -> None:
    browser = signed_in(coordinator)

    for asked in ("/", "/zaken/?zoek=x"):
        answer = browser.get(asked)
        assert answer.headers["Location"] == f"/partij/?{urlencode({'next': asked})}"
        assert browser.get(answer.headers["Location"]).status_code == 200


def test_after_choosing_one_gets_the_page_that_was_asked_for(
    second: Role, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    chosen = browser.post("/partij/?next=/berichten/", {"role": str(second.pk)})
    elsewhere = browser.post("/partij/?next=https://kwaad.test/", {"role": str(second.pk)})

    assert chosen.headers["Location"] == "/berichten/"
    assert elsewhere.headers["Location"] == "/"


def test_when_the_role_of_a_session_ends_nobody_slides_into_another_one(
    case: Case, world: World, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(probation_officer), f"/zaken/{case.pk}/inbreng/"
    assert browser.get(url).status_code == 200
    RoleFactory(user=probation_officer.user, organisation=world.zwolle, kind=RoleKind.AFTERCARE_COORDINATOR)
    ended = Role.objects.get(pk=probation_officer.role_id)
    ended.until = probation_officer.on
    save_as(ended, by=TestActor(), at=probation_officer.at, why="uit dienst")

    filled = {"domain": "schulden", "kind": "gegeven", "text": "voor de reclassering"}
    posted = browser.post(url, filled)

    assert posted.status_code == 403
    assert "Kies voor wie u nu werkt" in posted.content.decode()
    assert not Contribution.objects.unrestricted(reason="test").exists()
    assert browser.get(url).headers["Location"].startswith("/partij/")


def test_chosen_role_counts_and_is_written_down(
    world: World, coordinator: Viewer, second: Role, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    assert browser.post("/partij/", {"role": str(second.pk)}).headers["Location"] == "/"
    page = browser.get("/")

    assert page.status_code == 200
    assert "Deventer" in page.content.decode()
    assert AuditLine.objects.get(action="rol-kiezen").organisation == world.deventer


def test_who_has_one_role_is_not_offered_a_choice(coordinator: Viewer, signed_in: SignedIn) -> None:
    assert "/partij/" not in signed_in(coordinator).get("/").content.decode()


def test_role_at_an_organisation_that_ended_works_no_more(
    world: World, coordinator: Viewer, second: object, signed_in: SignedIn
) -> None:
    """A merged gemeente has ended, and with it what its people could open (C6.28)."""
    browser = signed_in(coordinator)
    world.zwolle.valid_until = date(2026, 1, 1)
    save_as(world.zwolle, by=TestActor(), at=NOW, why="opgegaan in een andere gemeente")
    assert coordinator.user is not None

    assert [role.organisation for role in roles_of(coordinator.user, NOW.date())] == [world.deventer]
    assert "gemeente Zwolle" not in browser.get("/", follow=True).content.decode()


def test_who_worked_only_at_an_organisation_that_ended_has_no_role(
    world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    world.zwolle.valid_until = date(2026, 1, 1)
    save_as(world.zwolle, by=TestActor(), at=NOW, why="opgegaan in een andere gemeente")

    assert signed_in(coordinator).get("/zaken/").status_code == 403


def test_software_of_an_organisation_that_ended_may_do_nothing(world: World) -> None:
    client = ApiClientFactory(organisation=world.probation)
    world.probation.valid_until = NOW.date()
    save_as(world.probation, by=TestActor(), at=NOW, why="opgeheven")

    with pytest.raises(NoActiveRole):
        viewer_of_client(client, NOW)
