"""Who has sight of what, for every party at once, and the cases that are easily got wrong (C6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import Answer, GroundCode, RowKind
from consent.timeline import consent_events
from consent.visibility import parties_with_sight, sight_of, sights_of
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from plans.models import DomainRecord, SheetPart
from reintegratie.lib.history import save_as
from tests.conftest import NOW, Hire, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory
from tests.factories.plans import DomainRecordFactory, InformationSheetFactory, SheetPartFactory

HOUSING, DEBTS = LifeDomain.HOUSING, LifeDomain.DEBTS


def test_the_sight_of_all_parties_is_the_sight_of_each(
    case: Case,
    world: World,
    casemanager: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
    other_coordinator: Viewer,
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    ConsentFactory(case=case, recipient=world.deventer, domain=HOUSING)
    ConsentFactory(case=case, recipient=world.zwolle, domain=DEBTS, answer=Answer.REFUSED)
    StatutoryGroundFactory(code=GroundCode.PBW18A, capacity=Capacity.PROBATION, domain=DEBTS, owner_kind="pi")

    sights = parties_with_sight(case, NOW)

    assert set(sights) == {world.pi.pk, world.zwolle.pk, world.probation.pk}
    for viewer in (casemanager, coordinator, probation_officer):
        assert sights[viewer.organisation.pk] == sight_of(viewer, case)
    assert sight_of(other_coordinator, case).grounds == {}
    assert set(sights[world.zwolle.pk].grounds) == {HOUSING}
    assert set(sights[world.probation.pk].grounds) == {DEBTS}


def test_the_sight_of_all_parties_costs_four_statements(
    case: Case, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        gemeente = OrganisationFactory()
        take_part(case, gemeente, Capacity.PARTNER)
        ConsentFactory(case=case, recipient=gemeente)

    with django_assert_num_queries(4):  # parties, law, what the case relies on, consents
        assert len(parties_with_sight(case, NOW)) == 8


def test_the_sights_in_many_cases_are_the_sight_in_each_and_cost_one_statement(
    case: Case,
    world: World,
    coordinator: Viewer,
    other_coordinator: Viewer,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cases = [case, *(CaseFactory() for _ in range(3))]
    for other in cases[1:]:
        take_part(other, world.zwolle, Capacity.ORIGIN)
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    ConsentFactory(case=case, recipient=world.deventer, domain=DEBTS)
    ConsentFactory(case=cases[1], recipient=world.zwolle, domain=DEBTS)
    ConsentFactory(case=cases[2], recipient=world.zwolle, domain=DEBTS, answer=Answer.REFUSED)
    StatutoryGroundFactory(
        code=GroundCode.PBW18A,
        capacity=Capacity.ORIGIN,
        domain=DEBTS,
        owner_kind="pi",
        row_kind=RowKind.ACTION,
    )
    kinds = [RowKind.ACTION, RowKind.DECISION]

    with django_assert_num_queries(1):
        sights = sights_of(coordinator, [one.pk for one in cases], kinds)

    assert sights == {(one.pk, kind): sight_of(coordinator, one, kind) for one in cases for kind in kinds}
    assert set(sights[case.pk, RowKind.ACTION].grounds) == {HOUSING, DEBTS}
    assert set(sights[case.pk, RowKind.DECISION].grounds) == {HOUSING}
    assert sights_of(other_coordinator, [one.pk for one in cases], kinds) == {}


def test_a_law_for_what_the_pi_wrote_is_in_the_sight_and_opens_only_that(
    case: Case, world: World, coordinator: Viewer
) -> None:
    """PM 20d as it ships: the directeur may give; it opens no inbreng of the reclassering."""
    ours = DomainRecordFactory(case=case, owner=world.pi)
    DomainRecordFactory(case=case, owner=world.probation)
    StatutoryGroundFactory(code=GroundCode.PBW18A, capacity=Capacity.ORIGIN, domain=HOUSING, owner_kind="pi")

    assert sight_of(coordinator, case).opens(HOUSING)
    assert list(DomainRecord.objects.visible_to(coordinator)) == [ours]


def test_consent_does_not_go_along_to_a_new_episode(case: Case, world: World, coordinator: Viewer) -> None:
    """C2 re_entry, C6.4."""
    ConsentFactory(case=case, recipient=world.zwolle)
    case.released_at = NOW
    save_as(case, by=TestActor(), at=NOW, why="ontslagen")
    again = CaseFactory(detainee=case.detainee, previous=case, origin_municipality=world.zwolle)
    take_part(again, world.zwolle, Capacity.ORIGIN)
    DomainRecordFactory(case=again, owner=world.pi)

    assert sight_of(coordinator, again).grounds == {}
    assert not DomainRecord.objects.visible_to(coordinator).filter(case=again).exists()


@pytest.mark.parametrize("regime", ["toestemming", "wet"])
def test_the_gemeente_of_resettlement_sees_nothing_of_older_sheets(
    case: Case, world: World, coordinator: Viewer, hire: Hire, regime: str
) -> None:
    """C6.5, C6.6: an own ground opens what is written, not what was sent to another gemeente."""
    take_part(case, world.kampen, Capacity.RESETTLEMENT)
    sheet = InformationSheetFactory(case=case, owner=world.pi, recipient=world.zwolle)
    part = SheetPartFactory(sheet=sheet)
    ConsentFactory(case=case, recipient=world.zwolle)
    if regime == "wet":
        StatutoryGroundFactory(capacity=Capacity.RESETTLEMENT, row_kind=RowKind.SHEET, domain=HOUSING)
    else:
        ConsentFactory(case=case, recipient=world.kampen)
    newcomer = viewer_for(hire(world.kampen, RoleKind.AFTERCARE_COORDINATOR), at=NOW)

    assert list(SheetPart.objects.visible_to(coordinator)) == [part]
    assert list(SheetPart.objects.visible_to(newcomer)) == []
    assert list(SheetPart.history.visible_to(newcomer)) == []


def test_a_new_pi_takes_over_what_an_earlier_pi_sent(
    case: Case, world: World, other_casemanager: Viewer
) -> None:
    """PM 38: the file goes along."""
    sheet = InformationSheetFactory(case=case, owner=world.pi, recipient=world.zwolle)
    part = SheetPartFactory(sheet=sheet)
    row = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="overgeplaatst")
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    assert list(SheetPart.objects.visible_to(other_casemanager)) == [part]


def test_the_successor_of_a_merged_gemeente_gets_nothing_by_itself(
    case: Case, world: World, hire: Hire
) -> None:
    """C6.28: the recipient of a consent is the organisation that was named."""
    DomainRecordFactory(case=case, owner=world.pi)
    ConsentFactory(case=case, recipient=world.zwolle)
    world.zwolle.valid_until, world.zwolle.successor = NOW.date(), world.kampen
    save_as(world.zwolle, by=TestActor(), at=NOW, why="opgegaan in Kampen")
    take_part(case, world.kampen, Capacity.ORIGIN)
    successor = viewer_for(hire(world.kampen, RoleKind.AFTERCARE_COORDINATOR), at=NOW)

    assert sight_of(successor, case).grounds == {}
    assert not DomainRecord.objects.visible_to(successor).exists()


def test_a_recorded_withdrawal_counts_for_a_reader_whose_clock_runs_behind(
    case: Case, world: World, coordinator: Viewer
) -> None:
    DomainRecordFactory(case=case, owner=world.pi)
    ConsentFactory(case=case, recipient=world.zwolle, withdrawn_at=NOW)

    behind = replace(coordinator, at=NOW - timedelta(seconds=2))

    assert not DomainRecord.objects.visible_to(behind).exists()


def test_the_receiver_is_told_that_a_consent_ended_and_not_how_or_why(
    case: Case, world: World, coordinator: Viewer, casemanager: Viewer
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    ConsentFactory(case=case, recipient=world.zwolle, domain=DEBTS, answer=Answer.REFUSED)
    ConsentFactory(case=case, recipient=world.zwolle, withdrawn_at=NOW)  # a paper that came in late
    consent.withdrawn_at = NOW
    save_as(consent, by=TestActor(), at=NOW, why="toestemming ingetrokken: ruzie met de gemeente")

    told = consent_events(case, coordinator, Capacity.ORIGIN)
    own = consent_events(case, casemanager, Capacity.PRISON)

    assert [event.what.split(":")[0] for event in told] == ["Toestemming gegeven", "Toestemming beëindigd"]
    assert {event.why for event in told} == {""}
    assert any("ruzie" in event.why for event in own)
    assert any("geweigerd" in event.what for event in own)
