"""Access follows the present (C3 rule 1): what ends, ends on the next request, in every channel at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.access import leave_case
from cases.actions import assign_worker, end_involvement, notify, set_origin, shield_case
from cases.models import Case, CaseParty
from meetings.actions import invite
from meetings.models import Meeting
from parties.models import Role, RoleKind
from parties.viewer import Viewer, viewer_for
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of
from tests.api.conftest import Api, Connect, connect
from tests.conftest import Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.factories.parties import RoleFactory, UserFactory

__all__ = ["connect"]

PEOPLE = {"page", "list", "search", "inbox", "meeting", "calendar", "agenda on paper", "overview on paper"}
PROGRAMS = {"api", "api list", "api events"}
ALL = PEOPLE | PROGRAMS


@dataclass(frozen=True)
class Watch:
    """One organisation that looks at one case over every road that it has."""

    case: Case
    meeting: Meeting
    browser: Client
    api: Api

    def open_roads(self) -> set[str]:
        """Over which roads the case is to be seen now."""
        return {name for name, ask in self._roads().items() if self._shows(ask())}

    def _roads(self) -> dict[str, Callable[[], HttpResponse]]:
        case, meeting, get = f"/zaken/{self.case.pk}/", f"/overleggen/{self.meeting.pk}/", self.browser.get
        return {
            "page": lambda: get(case),
            "list": lambda: get("/zaken/?stand=alle"),
            "search": lambda: self.browser.post("/zaken/", {"zoek": self.case.number}),
            "inbox": lambda: get("/berichten/"),
            "meeting": lambda: get(meeting),
            "calendar": lambda: get(f"{meeting}overleg.ics"),
            "agenda on paper": lambda: get(f"{meeting}agenda.pdf"),
            "overview on paper": lambda: get(f"{case}inzage/overzicht.pdf"),
            "api": lambda: self.api.get(f"/trajecten/{self.case.pk}"),
            "api list": lambda: self.api.get("/trajecten"),
            "api events": lambda: self.api.get("/gebeurtenissen"),
        }

    def _shows(self, response: HttpResponse) -> bool:
        if response.status_code != 200:
            assert response.status_code in (302, 401, 403, 404)
            return False
        is_paper = response["Content-Type"] == "application/pdf"
        text = response.content.decode(errors="replace").replace("\r\n ", "")
        searched = f'value="{self.case.number}"'
        return is_paper or self.case.number in text.replace(searched, "") or str(self.case.pk) in text


Watching = Callable[[Viewer], Watch]


@pytest.fixture
def watching(
    case: Case, world: World, casemanager: Viewer, unit_head: Viewer, signed_in: SignedIn, connect: Connect
) -> Watching:
    """A case on the agenda of next week; somebody invited, with messages, software and a fresh token."""
    now = timezone.now()
    meeting = MeetingFactory(organisation=world.pi, chair=unit_head.user, starts_at=now + timedelta(days=7))
    item = on_agenda(meeting, case, casemanager)

    def _watching(viewer: Viewer) -> Watch:
        party = viewer.organisation
        if party != world.pi:
            ConsentFactory(case=case, recipient=party)
            invite(item=item, organisation=party, by=casemanager, at=now)
        notify(case=case, organisation=party, kind="termijn", event="een", at=now)
        watch = Watch(case, meeting, signed_in(viewer), connect(party, RoleKind(viewer.role_kind)))
        assert watch.open_roads() == ALL
        return watch

    return _watching


def test_the_end_of_an_assignment_of_the_reclassering(
    case: Case, world: World, watching: Watching, probation_officer: Viewer, casemanager: Viewer
) -> None:
    watch = watching(probation_officer)

    row = CaseParty.objects.get(case=case, party=world.probation)
    end_involvement(row=row, by=casemanager, at=timezone.now(), why="opdracht beëindigd om twaalf uur")

    assert watch.open_roads() == set()  # the token is valid until the evening (C6.47)


def test_another_gemeente_of_origin(
    case: Case, world: World, watching: Watching, coordinator: Viewer, casemanager: Viewer
) -> None:
    watch = watching(coordinator)

    set_origin(case=case, municipality=world.kampen, by=casemanager, at=timezone.now())

    assert watch.open_roads() == set()


def test_a_gemeente_that_merges_into_another(world: World, watching: Watching, coordinator: Viewer) -> None:
    watch = watching(coordinator)

    world.zwolle.valid_until, world.zwolle.successor = day_of(timezone.now()), world.kampen
    save_as(world.zwolle, by=TestActor(), at=timezone.now(), why="opgegaan in Kampen")

    assert watch.open_roads() == set()


def test_nothing_goes_along_to_the_gemeente_it_merged_into(
    case: Case, world: World, watching: Watching, coordinator: Viewer, signed_in: SignedIn, hire: Hire
) -> None:
    watch = watching(coordinator)
    world.zwolle.valid_until, world.zwolle.successor = day_of(timezone.now()), world.kampen
    save_as(world.zwolle, by=TestActor(), at=timezone.now(), why="opgegaan in Kampen")

    successor = viewer_for(hire(world.kampen, RoleKind.AFTERCARE_COORDINATOR), at=timezone.now())

    assert (
        replace(watch, browser=signed_in(successor)).open_roads() == set()
    )  # show, ask, do not widen (C6.28)


def test_a_transfer_to_another_pi(case: Case, world: World, watching: Watching, casemanager: Viewer) -> None:
    watch = watching(casemanager)

    row = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=row, until=timezone.now(), by=TestActor(), at=timezone.now(), why="overgeplaatst")

    assert watch.open_roads() - {"meeting", "calendar", "agenda on paper"} == set()
    assert case.number not in watch.browser.get(f"/overleggen/{watch.meeting.pk}/").content.decode()
    assert (
        case.number not in watch.browser.get(f"/overleggen/{watch.meeting.pk}/overleg.ics").content.decode()
    )


def role_of(viewer: Viewer) -> Role:
    return Role.objects.get(pk=viewer.role_id)


def end_role(viewer: Viewer) -> None:
    role = role_of(viewer)
    role.until = day_of(timezone.now())
    save_as(role, by=TestActor(), at=timezone.now(), why="uit dienst")


def deactivate(viewer: Viewer) -> None:
    assert viewer.user is not None
    viewer.user.is_active = False
    viewer.user.save()


def work_elsewhere(viewer: Viewer) -> None:
    """The same person, the same session, from today for another gemeente (C6.46)."""
    end_role(viewer)
    RoleFactory(user=viewer.user, kind=RoleKind.AFTERCARE_COORDINATOR)


@pytest.mark.parametrize("change", [end_role, deactivate, work_elsewhere])
def test_who_does_not_work_there_any_more(
    watching: Watching, coordinator: Viewer, change: Callable[[Viewer], None]
) -> None:
    watch = watching(coordinator)

    change(coordinator)

    assert watch.open_roads() == PROGRAMS  # the software is not his


def test_a_client_that_was_ended(watching: Watching, probation_officer: Viewer) -> None:
    watch = watching(probation_officer)

    watch.api.client.until = day_of(timezone.now())
    watch.api.client.save()

    assert watch.open_roads() == PEOPLE


def test_a_shield_for_a_colleague_and_for_every_program(
    case: Case, world: World, watching: Watching, probation_officer: Viewer, hire: Hire
) -> None:
    watch = watching(probation_officer)
    other = viewer_for(hire(world.probation, RoleKind.PROBATION_OFFICER), at=timezone.now())

    shield_case(case=case, reason="bekende van een collega", by=other, at=timezone.now())

    assert watch.open_roads() == set()


def test_a_case_that_moves_to_another_afdeling(
    case: Case, world: World, watching: Watching, casemanager: Viewer
) -> None:
    role = RoleFactory(user=UserFactory(), organisation=world.pi, kind=RoleKind.UNIT_HEAD, unit="A")
    head = viewer_for(role, at=timezone.now())
    place(case, world, "A", casemanager)
    watch = watching(head)

    place(case, world, "B", casemanager)

    shown = watch.open_roads() - PROGRAMS
    assert shown <= {"agenda on paper"}  # a meeting of his own PI, without this case: see the test below
    assert case.number not in watch.browser.get(f"/overleggen/{watch.meeting.pk}/").content.decode()


def place(case: Case, world: World, unit: str, by: Viewer) -> None:
    row = CaseParty.objects.get(case=case, party=world.pi)
    assign_worker(row=row, worker=None, unit=unit, by=by, at=timezone.now(), why="afdeling")
