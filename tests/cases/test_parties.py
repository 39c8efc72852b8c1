"""Who joins a case, who works on it, and what the gemeenten have to do with it."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cases.access import MANAGE, case_for, cases_of, has_permission
from cases.actions import (
    AlreadyTakesPart,
    NotAWorkerThere,
    NotConnected,
    Outcome,
    advance_phase,
    assign_worker,
    choose_resettlement,
    end_involvement,
    involve_partner,
    involve_probation,
    receive_message,
    record_title_after_release,
    set_origin,
)
from cases.models import Capacity, Case, CaseGroupPermission, CaseParty, CaseTask, Notification, Phase
from parties.models import PartyKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.messages import message, transfer
from tests.factories.parties import OrganisationFactory

MINUTE = timedelta(minutes=1)


def test_probation_sees_the_case_from_its_assignment_until_its_end(
    case: Case, world: World, casemanager: Viewer, other_probation_officer: Viewer
) -> None:
    row = involve_probation(
        case=case,
        organisation=world.other_probation,
        assignment="toezicht",
        on_title=True,
        by=casemanager,
        at=NOW,
    )
    assert case_for(other_probation_officer, case.pk) == case

    end_involvement(row=row, by=casemanager, at=NOW, why="toezicht afgelopen")

    assert not cases_of(other_probation_officer).exists()


def test_a_worker_must_work_there(case: Case, world: World, coordinator: Viewer, casemanager: Viewer) -> None:
    row = CaseParty.objects.get(case=case, party=world.pi)

    with pytest.raises(NotAWorkerThere):
        assign_worker(row=row, worker=coordinator.user, by=casemanager, at=NOW, why="vergissing")

    assign_worker(row=row, worker=casemanager.user, by=casemanager, at=NOW, why="toegewezen")
    assert CaseParty.objects.get(pk=row.pk).worker == casemanager.user


def test_the_gemeente_of_resettlement_joins_and_the_one_of_origin_must_call_it(
    case: Case, world: World, casemanager: Viewer, other_coordinator: Viewer, coordinator: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.deventer, by=casemanager, at=NOW)

    assert cases_of(other_coordinator).exists()
    assert cases_of(coordinator).exists()
    assert [(task.party, task.kind) for task in CaseTask.objects.all()] == [(world.zwolle, "hervestiging")]


def capacities(case: Case) -> dict[str, str]:
    """Who takes part now, and as what."""
    rows = CaseParty.objects.filter(case=case, until=None).select_related("party")
    return {row.party.name: row.capacity for row in rows}


def test_the_gemeente_of_origin_never_loses_the_case_when_the_choice_of_resettlement_moves(
    case: Case, world: World, casemanager: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.deventer, by=casemanager, at=NOW)
    set_origin(case=case, municipality=world.deventer, by=casemanager, at=NOW + MINUTE)

    choose_resettlement(case=case, municipality=world.kampen, by=casemanager, at=NOW + 2 * MINUTE)

    assert capacities(case)["Deventer"] == Capacity.ORIGIN
    assert capacities(case)["Kampen"] == Capacity.RESETTLEMENT
    assert "Zwolle" not in capacities(case)


def test_the_gemeente_of_resettlement_never_loses_the_case_when_the_origin_is_corrected(
    case: Case, world: World, casemanager: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.zwolle, by=casemanager, at=NOW)

    set_origin(case=case, municipality=world.kampen, by=casemanager, at=NOW + MINUTE)

    assert capacities(case)["Zwolle"] == Capacity.RESETTLEMENT
    assert capacities(case)["Kampen"] == Capacity.ORIGIN


def test_another_choice_of_resettlement_ends_the_first(
    case: Case, world: World, casemanager: Viewer, other_coordinator: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.deventer, by=casemanager, at=NOW)

    choose_resettlement(case=case, municipality=world.kampen, by=casemanager, at=NOW)

    assert not cases_of(other_coordinator).exists()
    assert CaseParty.objects.active(NOW).get(case=case, capacity=Capacity.RESETTLEMENT).party == world.kampen


def test_returning_to_the_gemeente_of_origin_adds_nobody(
    case: Case, world: World, casemanager: Viewer
) -> None:
    choose_resettlement(case=case, municipality=world.zwolle, by=casemanager, at=NOW)

    assert CaseParty.objects.filter(case=case, party=world.zwolle).count() == 1


def test_a_gemeente_that_is_not_connected_cannot_be_chosen(
    case: Case, world: World, casemanager: Viewer
) -> None:
    world.kampen.connected_since = None
    save_as(world.kampen, by=TestActor(), at=NOW, why="test")

    with pytest.raises(NotConnected):
        choose_resettlement(case=case, municipality=world.kampen, by=casemanager, at=NOW)


def test_a_party_takes_part_in_one_capacity(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(AlreadyTakesPart):
        involve_probation(
            case=case, organisation=world.zwolle, assignment="x", on_title=True, by=casemanager, at=NOW
        )


def test_a_second_person_who_did_not_see_the_change_is_told(
    case: Case, world: World, casemanager: Viewer
) -> None:
    seen = case.version
    choose_resettlement(case=case, municipality=world.deventer, expected_version=seen, by=casemanager, at=NOW)

    with pytest.raises(StaleVersion) as stale:
        set_origin(
            case=Case.objects.get(pk=case.pk),
            municipality=world.kampen,
            expected_version=seen,
            by=casemanager,
            at=NOW,
        )

    assert stale.value.current.resettlement_municipality == world.deventer


def test_a_wrong_origin_leaves_when_the_right_one_is_recorded(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    set_origin(case=case, municipality=world.kampen, by=casemanager, at=NOW)

    assert not cases_of(coordinator).exists()
    assert CaseParty.objects.get(case=case, party=world.kampen).capacity == Capacity.ORIGIN


def test_a_title_after_release_decides_which_release_it_is(
    case: Case, casemanager: Viewer, world: World
) -> None:
    before = CaseParty.objects.get(case=case, party=world.zwolle).changed_at
    record_title_after_release(case=case, title="Reclasseringstoezicht", by=casemanager, at=NOW)
    assert CaseParty.objects.get(case=case, party=world.zwolle).changed_at == before

    advance_phase(case=case, to=Phase.RELEASED_NO_TITLE, by=casemanager, at=NOW, why="ontslag")
    record_title_after_release(case=case, title="Toezicht", by=casemanager, at=NOW)

    assert Case.objects.get(pk=case.pk).phase == Phase.RELEASED_WITH_TITLE


def test_rows_and_permissions_say_the_same_after_transfers(
    world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    bodies = [
        message(),
        transfer("LEE", "2026-05-01T10:00:00Z"),
        transfer("ZWO", "2026-05-04T10:00:00Z"),
    ]
    for body in bodies:
        receive_message(body=body, by=TestActor(), at=at)

    case = Case.objects.get()
    assert has_permission(casemanager, case, MANAGE)
    assert not has_permission(other_casemanager, case, MANAGE)
    rows = CaseParty.objects.filter(until=None).values_list("party__group", flat=True)
    assert sorted(rows) == sorted(CaseGroupPermission.objects.values_list("group", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_same_message_at_the_same_moment_makes_one_case(world: World) -> None:
    body, outcomes = message(), []

    def send() -> None:
        try:
            outcomes.append(receive_message(body=body, by=TestActor(), at=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome.result for outcome in outcomes if isinstance(outcome, Outcome)) == [
        "al bekend",
        "al bekend",
        "al bekend",
        "verwerkt",
    ]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "capacity"),
    [(PartyKind.PARTNER, Capacity.PARTNER), (PartyKind.SAFETY_HOUSE, Capacity.SAFETY_HOUSE)],
)
def test_a_partner_is_brought_in_and_told_without_a_name(
    case: Case, casemanager: Viewer, kind: PartyKind, capacity: Capacity
) -> None:
    party = OrganisationFactory(kind=kind)

    row = involve_partner(case=case, organisation=party, assignment="kamer", by=casemanager, at=NOW)

    assert (row.capacity, row.on_title) == (capacity, False)
    assert Notification.objects.filter(organisation=party, kind="betrokken").exists()
