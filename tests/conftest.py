"""The personas: who works where. Every test is told through them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from cases.models import Capacity, Case
from parties.models import Organisation, PartyKind, Role, RoleKind
from parties.viewer import Viewer, viewer_for
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.consent import law_of_the_land
from tests.factories.parties import OrganisationFactory, RoleFactory, UserFactory

pytest_plugins = ["tests.machinery", "tests.demo", "tests.channel"]


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    """Hashing as slowly as production would make the suite wait for nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Two PIs, three gemeenten, two reclasseringsorganisaties and a partner, as in the demo."""

    pi: Organisation
    other_pi: Organisation
    zwolle: Organisation
    deventer: Organisation
    kampen: Organisation
    probation: Organisation
    other_probation: Organisation
    partner: Organisation
    operator: Organisation


def _organisation(kind: PartyKind, code: str, name: str) -> Organisation:
    return OrganisationFactory(kind=kind, code=code, name=name)


@pytest.fixture
def world(db: None) -> World:
    law_of_the_land()
    return World(
        pi=_organisation(PartyKind.PRISON, "ZWO", "PI Zwolle"),
        other_pi=_organisation(PartyKind.PRISON, "LEE", "PI Leeuwarden"),
        zwolle=_organisation(PartyKind.MUNICIPALITY, "0193", "Zwolle"),
        deventer=_organisation(PartyKind.MUNICIPALITY, "0150", "Deventer"),
        kampen=_organisation(PartyKind.MUNICIPALITY, "0166", "Kampen"),
        probation=_organisation(PartyKind.PROBATION, "RN-NO", "Reclassering Nederland Noordoost"),
        other_probation=_organisation(PartyKind.PROBATION, "SVG-NO", "Verslavingsreclassering Noordoost"),
        partner=_organisation(PartyKind.PARTNER, "WONEN", "Woningcorporatie Voorbeeld"),
        operator=_organisation(PartyKind.OPERATOR, "BEHEER", "Functioneel beheer"),
    )


Hire = Callable[[Organisation, RoleKind], Role]


@pytest.fixture
def hire(db: None) -> Hire:
    def _hire(organisation: Organisation, kind: RoleKind) -> Role:
        return RoleFactory(user=UserFactory(), organisation=organisation, kind=kind)

    return _hire


@pytest.fixture
def casemanager(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def unit_head(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.UNIT_HEAD), at=NOW)


@pytest.fixture
def director(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.DIRECTOR), at=NOW)


@pytest.fixture
def other_casemanager(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.other_pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def coordinator(world: World, hire: Hire) -> Viewer:
    """Coördinator nazorg of Zwolle, the gemeente of origin in `case`."""
    return viewer_for(hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR), at=NOW)


@pytest.fixture
def other_coordinator(world: World, hire: Hire) -> Viewer:
    """Coördinator nazorg of Deventer, an outsider in `case`."""
    return viewer_for(hire(world.deventer, RoleKind.AFTERCARE_COORDINATOR), at=NOW)


@pytest.fixture
def bij_mandatary(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.zwolle, RoleKind.BIJ_MANDATARY), at=NOW)


@pytest.fixture
def probation_officer(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.probation, RoleKind.PROBATION_OFFICER), at=NOW)


@pytest.fixture
def risk_officer(world: World, hire: Hire) -> Viewer:
    """Who may deal with risk information (18b) in PI Zwolle; no casemanager."""
    return viewer_for(hire(world.pi, RoleKind.RISK_OFFICER), at=NOW)


@pytest.fixture
def other_probation_officer(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.other_probation, RoleKind.PROBATION_OFFICER), at=NOW)


@pytest.fixture
def partner_contact(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.partner, RoleKind.PARTNER_CONTACT), at=NOW)


@pytest.fixture
def privacy_officer(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.PRIVACY_OFFICER), at=NOW)


@pytest.fixture
def functional_admin(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.operator, RoleKind.FUNCTIONAL_ADMIN), at=NOW)


@pytest.fixture
def case(world: World) -> Case:
    """Entered PI Zwolle on Monday 20 April 2026, from gemeente Zwolle, with Reclassering Nederland on an assignment."""
    case = CaseFactory(origin_municipality=world.zwolle)
    FacilityStayFactory(case=case, facility=world.pi)
    take_part(case, world.pi, Capacity.PRISON)
    take_part(case, world.zwolle, Capacity.ORIGIN)
    take_part(case, world.probation, Capacity.PROBATION)
    return case


SignedIn = Callable[[Viewer], Client]


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser in which this person has logged in. Pages read the real clock; tests that need a day freeze it."""

    def _signed_in(viewer: Viewer) -> Client:
        client = Client()
        assert viewer.user is not None
        client.force_login(viewer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _signed_in
