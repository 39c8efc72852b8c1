"""`/overleggen`: own items, and no trace of the others."""

from uuid import uuid4

import pytest

from cases.models import Capacity, Case
from meetings.actions import invite
from meetings.models import AgendaItem, Meeting
from parties.viewer import Viewer
from tests.api.conftest import Api
from tests.conftest import World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.meetings import MEETING_DAY, MeetingFactory, on_agenda


@pytest.fixture
def mdo(world: World, unit_head: Viewer) -> Meeting:
    return MeetingFactory(organisation=world.pi, chair=unit_head.user)


@pytest.fixture
def item(mdo: Meeting, case: Case, casemanager: Viewer) -> AgendaItem:
    return on_agenda(mdo, case, casemanager, proposal="verlenging bespreken")


@pytest.fixture
def other_item(mdo: Meeting, world: World, casemanager: Viewer) -> AgendaItem:
    """Somebody else on the same agenda."""
    other = CaseFactory(origin_municipality=world.deventer)
    FacilityStayFactory(case=other, facility=world.pi)
    take_part(other, world.pi, Capacity.PRISON)
    return on_agenda(mdo, other, casemanager)


def let_in(item: AgendaItem, world: World, by: Viewer) -> None:
    invite(item=item, organisation=world.probation, by=by, at=by.at)


def test_a_guest_sees_his_own_item_and_no_trace_of_the_other(
    mdo: Meeting,
    item: AgendaItem,
    other_item: AgendaItem,
    case: Case,
    world: World,
    casemanager: Viewer,
    probation_api: Api,
    pi_api: Api,
) -> None:
    let_in(item, world, casemanager)

    body = probation_api.get(f"/overleggen/{mdo.pk}").json()

    (point,) = body["agendapunten"]
    assert point["traject"] == str(case.pk)
    assert point["voorstel"] == ""
    assert point["uitnodiging"] == "open"
    assert str(other_item.pk) not in str(body)
    assert other_item.case.number not in str(body)
    whole = pi_api.get(f"/overleggen/{mdo.pk}").json()["agendapunten"]
    assert [point["voorstel"] for point in whole] == ["verlenging bespreken", ""]


def test_a_meeting_without_an_own_item_does_not_exist(
    mdo: Meeting,
    item: AgendaItem,
    other_item: AgendaItem,
    world: World,
    casemanager: Viewer,
    probation_api: Api,
    outsider_api: Api,
) -> None:
    let_in(item, world, casemanager)

    hidden, absent = outsider_api.get(f"/overleggen/{mdo.pk}"), outsider_api.get(f"/overleggen/{uuid4()}")
    assert (
        (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)
    )
    assert outsider_api.get("/overleggen").json()["resultaten"] == []
    assert [row["id"] for row in probation_api.get("/overleggen").json()["resultaten"]] == [str(mdo.pk)]


def test_an_agenda_looks_the_same_to_a_guest_whoever_else_is_on_it(
    mdo: Meeting, item: AgendaItem, world: World, casemanager: Viewer, probation_api: Api
) -> None:
    let_in(item, world, casemanager)
    alone = probation_api.get(f"/overleggen/{mdo.pk}").content

    other = CaseFactory()
    take_part(other, world.pi, Capacity.PRISON)
    on_agenda(mdo, other, casemanager)

    assert probation_api.get(f"/overleggen/{mdo.pk}").content == alone


def test_meetings_come_in_pages(
    world: World, unit_head: Viewer, pi_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reintegratie.lib.rest.pages.PAGE_SIZE", 2)
    for hour in range(5):
        MeetingFactory(
            organisation=world.pi, chair=unit_head.user, starts_at=MEETING_DAY.replace(hour=8 + hour % 2)
        )

    seen, url = [], "/overleggen"
    while url:
        body = pi_api.get(url).json()
        seen += [row["id"] for row in body["resultaten"]]
        url = body["volgende"]

    assert len(seen) == len(set(seen)) == 5
