"""A gemeente takes part only while it is connected, and whether it is, is asked at every look (R22)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.access import cases_of
from cases.actions import choose_resettlement, follow_connection, receive_message
from cases.models import Capacity, Case, CaseParty, CaseTask, Notification, Phase, TaskKind
from consent.models import Consent
from parties.models import Organisation
from parties.viewer import Viewer
from plans.models import DomainRecord
from reintegratie.lib.history import save_as
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory
from tests.factories.messages import message, transfer
from tests.factories.plans import DomainRecordFactory

BY = TestActor()
TODAY = NOW.date()


def connect(municipality: Organisation, **period: Any) -> None:  # days or None
    for name, day in {"connected_since": None, "connected_until": None, **period}.items():
        setattr(municipality, name, day)
    save_as(municipality, by=BY, at=NOW, why="aansluiting gewijzigd")


def disconnect(municipality: Organisation) -> None:
    connect(municipality, connected_since=TODAY - timedelta(days=900), connected_until=TODAY)


def open_tasks(party: Organisation) -> list[str]:
    return sorted(CaseTask.objects.filter(party=party, done_at=None).values_list("kind", flat=True))


def heard(party: Organisation) -> set[str]:
    return set(Notification.objects.filter(organisation=party).values_list("kind", flat=True))


def test_the_case_is_gone_on_the_next_request_without_any_job(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)
    assert browser.get(f"/zaken/{case.pk}/").status_code == 200

    disconnect(world.zwolle)

    assert browser.get(f"/zaken/{case.pk}/").status_code == 404
    assert not cases_of(coordinator).exists()
    assert case.number not in browser.get("/zaken/", follow=True).content.decode()


def test_what_was_shared_with_it_is_closed_too(case: Case, world: World, coordinator: Viewer) -> None:
    DomainRecordFactory(case=case, owner=world.pi)
    ConsentFactory(case=case, recipient=world.zwolle)
    assert DomainRecord.objects.visible_to(coordinator).exists()

    disconnect(world.zwolle)

    assert not DomainRecord.objects.visible_to(coordinator).exists()
    assert Consent.objects.get().stands


@pytest.mark.parametrize("capacity", [Capacity.ORIGIN, Capacity.RESETTLEMENT])
def test_a_gemeente_of_origin_and_one_of_resettlement_alike(
    case: Case, world: World, other_coordinator: Viewer, capacity: Capacity
) -> None:
    take_part(case, world.deventer, capacity)

    disconnect(world.deventer)

    assert not cases_of(other_coordinator).exists()
    assert world.deventer not in {row.party for row in case.parties.active(NOW)}


def test_a_choice_for_another_gemeente_holds_also_when_the_first_connects_again(
    case: Case, world: World, casemanager: Viewer, other_coordinator: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.deventer, by=casemanager, at=NOW)
    disconnect(world.deventer)
    choose_resettlement(case=case, municipality=world.kampen, by=casemanager, at=NOW)

    connect(world.deventer, connected_since=TODAY)

    assert not cases_of(other_coordinator).exists()


def test_other_parties_need_no_connection(case: Case, world: World, probation_officer: Viewer) -> None:
    disconnect(world.probation)

    assert cases_of(probation_officer).exists()


def test_it_hears_of_no_transfer_any_more_and_its_part_ends(world: World) -> None:
    receive_message(body=message(), by=BY, at=NOW)
    disconnect(world.zwolle)
    before, told = open_tasks(world.zwolle), heard(world.zwolle)

    receive_message(body=transfer("LEE", "2026-04-22T08:00:00Z"), by=BY, at=NOW)

    assert (open_tasks(world.zwolle), heard(world.zwolle)) == (before, told)
    row = CaseParty.objects.get(party=world.zwolle)
    assert (row.until, row.history.first().history_change_reason) == (NOW, "Gemeente niet meer aangesloten")
    assert TaskKind.ORIGIN_NOT_CONNECTED in open_tasks(world.other_pi)


def test_a_gemeente_that_connects_joins_the_open_cases_of_its_people(
    world: World, coordinator: Viewer
) -> None:
    connect(world.zwolle)
    receive_message(body=message(), by=BY, at=NOW)
    assert open_tasks(world.pi) == [TaskKind.ORIGIN_NOT_CONNECTED]
    connect(world.zwolle, connected_since=TODAY)

    follow_connection(municipality=world.zwolle, by=BY, at=NOW)
    follow_connection(municipality=world.zwolle, by=BY, at=NOW)

    assert cases_of(coordinator).count() == 1
    assert open_tasks(world.zwolle) == [TaskKind.BEGIN_MESSAGE]
    assert open_tasks(world.pi) == []


@pytest.mark.parametrize("ended", [{"phase": Phase.DECEASED}, {"released_at": NOW}, {"entered_at": None}])
def test_it_joins_no_case_of_somebody_who_is_not_inside(
    case: Case, world: World, ended: dict[str, Any]
) -> None:
    connect(world.kampen)
    case.origin_municipality = world.kampen
    for name, value in ended.items():
        setattr(case, name, value)
    save_as(case, by=BY, at=NOW, why="test")
    connect(world.kampen, connected_since=TODAY)

    follow_connection(municipality=world.kampen, by=BY, at=NOW)

    assert not CaseParty.objects.filter(party=world.kampen).exists()


def test_beheer_connects_a_gemeente_and_it_has_its_cases_at_once(
    world: World, functional_admin: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    connect(world.zwolle)
    receive_message(body=message(), by=BY, at=NOW)
    assert signed_in(coordinator).get(f"/zaken/{Case.objects.get().pk}/").status_code == 404
    page = reverse("admin:parties_organisation_change", args=[world.zwolle.pk])
    row = {"kind": "gemeente", "code": "0193", "name": "Zwolle", "verified": "on"}

    today = timezone.localdate().isoformat()
    answer = signed_in(functional_admin).post(page, {**row, "connected_since": today})

    assert answer.status_code == 302
    assert signed_in(coordinator).get(f"/zaken/{Case.objects.get().pk}/").status_code == 200
