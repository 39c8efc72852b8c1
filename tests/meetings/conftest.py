"""What every test about meetings starts from: the MDO of PI Zwolle, and the same persons on another day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import Capacity, Case
from meetings.models import AgendaItem, Meeting
from parties.viewer import Viewer
from tests.conftest import World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.meetings import MeetingFactory, on_agenda

At = Callable[[Viewer, datetime], Viewer]


@pytest.fixture
def at() -> At:
    """The same person at another moment."""
    return lambda viewer, moment: replace(viewer, at=moment)


@pytest.fixture
def mdo(world: World, unit_head: Viewer) -> Meeting:
    return MeetingFactory(organisation=world.pi, chair=unit_head.user)


@pytest.fixture
def item(mdo: Meeting, case: Case, casemanager: Viewer) -> AgendaItem:
    return on_agenda(mdo, case, casemanager)


@pytest.fixture
def deventer_case(world: World) -> Case:
    """Somebody else in the same PI, from gemeente Deventer."""
    case = CaseFactory(origin_municipality=world.deventer)
    FacilityStayFactory(case=case, facility=world.pi)
    take_part(case, world.pi, Capacity.PRISON)
    take_part(case, world.deventer, Capacity.ORIGIN)
    return case


@pytest.fixture
def coming(world: World, unit_head: Viewer) -> Meeting:
    """An MDO next week by the real clock, for pages."""
    return MeetingFactory(
        organisation=world.pi, chair=unit_head.user, starts_at=timezone.now() + timedelta(days=7)
    )


@pytest.fixture
def today(world: World, unit_head: Viewer) -> Meeting:
    """An MDO that began an hour ago by the real clock."""
    return MeetingFactory(
        organisation=world.pi, chair=unit_head.user, starts_at=timezone.now() - timedelta(hours=1)
    )
