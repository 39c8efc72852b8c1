"""Who may know whom a case is about and when he leaves? The frame, by the grounds of C3."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.frame import Part
from cases.models import Capacity, Case, CaseParty
from consent.actions import end_reliance, withdraw_consent
from consent.knowledge import frame_in, knowing, knows_of, with_knowledge
from consent.models import Answer, CaseGround, GroundCode, RowKind, StatutoryGround
from parties.models import Organisation, PartyKind, RoleKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory

NAME, IDENTITY, DETENTION, COURSE = Part.NAME, Part.IDENTITY, Part.DETENTION, Part.COURSE
ROLE = {
    PartyKind.PARTNER: RoleKind.PARTNER_CONTACT,
    PartyKind.SAFETY_HOUSE: RoleKind.SAFETY_HOUSE_DIRECTOR,
    PartyKind.MUNICIPALITY: RoleKind.AFTERCARE_COORDINATOR,
    PartyKind.PROBATION: RoleKind.PROBATION_OFFICER,
}


def known_by(viewer: Viewer, case: Case) -> set[Part]:
    """What the frame tells; a filter on each part must find the case exactly when the frame tells it."""
    knows = set(frame_in(case, viewer).knows)
    mine = CaseParty.objects.of(viewer).filter(case=case)
    assert {part for part in Part if mine.filter(knowing(viewer, part)).exists()} == knows
    return knows


def joined(case: Case, kind: PartyKind, capacity: Capacity) -> Viewer:
    party = OrganisationFactory(kind=kind)
    take_part(case, party, capacity, on_title=False)
    return Viewer(party, ROLE[kind], NOW)


@pytest.fixture
def partner(case: Case, world: World) -> Viewer:
    return joined(case, PartyKind.PARTNER, Capacity.PARTNER)


@pytest.fixture
def safety_house(case: Case, world: World) -> Viewer:
    return joined(case, PartyKind.SAFETY_HOUSE, Capacity.SAFETY_HOUSE)


@pytest.fixture
def adviser(case: Case, world: World) -> Viewer:
    """A reclassering that thinks along without a title."""
    return joined(case, PartyKind.PROBATION, Capacity.PROBATION)


def test_c3_identity_and_dates_cm_uh_know_all_of_it(
    case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    assert known_by(casemanager, case) == known_by(unit_head, case) == set(Part)


def test_c3_identity_and_dates_pio_never(case: Case, other_casemanager: Viewer) -> None:
    assert known_by(other_casemanager, case) == set()


def test_c3_identity_and_dates_go_by_law_and_not_the_course(case: Case, coordinator: Viewer) -> None:
    assert known_by(coordinator, case) == {NAME, IDENTITY, DETENTION}


def test_c3_identity_and_dates_gr_by_law_from_the_choice_on(case: Case, world: World) -> None:
    assert known_by(joined(case, PartyKind.MUNICIPALITY, Capacity.RESETTLEMENT), case) == {
        NAME,
        IDENTITY,
        DETENTION,
    }


def test_c3_identity_and_dates_bm_has_no_part_in_the_case(case: Case, bij_mandatary: Viewer) -> None:
    assert known_by(bij_mandatary, case) == set()


def test_c3_identity_rc_on_a_title_knows_by_its_own_task(case: Case, probation_officer: Viewer) -> None:
    assert known_by(probation_officer, case) == set(Part)


def test_c3_identity_rc_without_a_title_waits_for_consent(case: Case, adviser: Viewer) -> None:
    assert known_by(adviser, case) == set()

    ConsentFactory(case=case, recipient=adviser.organisation)

    assert known_by(adviser, case) == {NAME, IDENTITY}


def test_c3_dates_rc_by_statute_only_where_the_case_relies_on_it(case: Case, adviser: Viewer) -> None:
    for kind in (RowKind.IDENTITY, RowKind.DETENTION):
        StatutoryGroundFactory(
            code=GroundCode.PBW18A, capacity=Capacity.PROBATION, row_kind=kind, per_case=True
        )
    assert known_by(adviser, case) == set()

    CaseGroundFactory(case=case, recipient=adviser.organisation, subject="onderdak")

    assert known_by(adviser, case) == {NAME, IDENTITY, DETENTION}


def test_c3_course_is_a_subject_of_its_own_under_the_statute(case: Case, coordinator: Viewer) -> None:
    StatutoryGroundFactory(
        code=GroundCode.PBW18A, capacity=Capacity.ORIGIN, row_kind=RowKind.COURSE, per_case=True
    )
    CaseGroundFactory(case=case, recipient=coordinator.organisation, subject="onderdak")
    assert COURSE not in known_by(coordinator, case)

    CaseGroundFactory(case=case, recipient=coordinator.organisation, subject="verloop")

    assert COURSE in known_by(coordinator, case)


def test_c3_identity_and_dates_zv_only_in_a_wgs_case(
    case: Case, safety_house: Viewer, casemanager: Viewer
) -> None:
    for kind in (RowKind.IDENTITY, RowKind.DETENTION):
        StatutoryGroundFactory(
            code=GroundCode.WGS, capacity=Capacity.SAFETY_HOUSE, row_kind=kind, per_case=True
        )
    assert known_by(safety_house, case) == set()

    row: CaseGround = CaseGroundFactory(case=case, recipient=safety_house.organisation, code=GroundCode.WGS)
    assert known_by(safety_house, case) == {NAME, IDENTITY, DETENTION}

    end_reliance(row=row, reason="Besproken en gesloten", by=casemanager, at=NOW)
    assert known_by(safety_house, case) == set()


def test_c3_identity_np_name_and_dates_with_consent_and_never_more(case: Case, partner: Viewer) -> None:
    assert known_by(partner, case) == set()

    ConsentFactory(case=case, recipient=partner.organisation)

    assert known_by(partner, case) == {NAME, DETENTION}


def test_c3_identity_and_dates_ad_knows_the_number(case: Case, world: World) -> None:
    privacy_officer = Viewer(world.pi, RoleKind.PRIVACY_OFFICER, NOW)

    assert known_by(privacy_officer, case) == set()
    assert frame_in(case, privacy_officer).name == f"Zaak {case.number}"


def test_a_withdrawn_consent_takes_the_name_away_at_once(
    case: Case, partner: Viewer, casemanager: Viewer
) -> None:
    consent = ConsentFactory(case=case, recipient=partner.organisation)
    assert known_by(partner, case) == {NAME, DETENTION}

    withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    assert known_by(partner, case) == set()


def test_a_consent_that_is_over_tells_no_name(case: Case, partner: Viewer) -> None:
    ConsentFactory(case=case, recipient=partner.organisation, valid_until=NOW + timedelta(hours=1))

    assert known_by(partner, case) == {NAME, DETENTION}
    assert known_by(replace(partner, at=NOW + timedelta(hours=1)), case) == set()


def test_a_refusal_and_a_consent_to_another_tell_no_name(case: Case, world: World, partner: Viewer) -> None:
    ConsentFactory(case=case, recipient=partner.organisation, answer=Answer.REFUSED)
    ConsentFactory(case=case, recipient=world.zwolle)

    assert known_by(partner, case) == set()


def test_a_consent_in_another_case_tells_no_name_here(partner: Viewer, case: Case) -> None:
    ConsentFactory(recipient=partner.organisation)

    assert known_by(partner, case) == set()


def test_when_the_law_ends_the_gemeente_reads_a_number(case: Case, coordinator: Viewer) -> None:
    for ground in StatutoryGround.objects.filter(capacity=Capacity.ORIGIN, code=GroundCode.WJSG51C):
        ground.valid_until = NOW
        save_as(ground, by=TestActor(), at=NOW, why="wet vervallen")

    assert known_by(coordinator, case) == set()


def test_a_filter_finds_a_case_exactly_when_its_frame_tells_the_fact(case: Case, world: World) -> None:
    """Every capacity, with and without a title, a consent and each kind of row of law: two roads, one answer."""
    parties: list[tuple[Organisation, Capacity]] = []
    for kind, capacity in (
        (PartyKind.PROBATION, Capacity.PROBATION),
        (PartyKind.PARTNER, Capacity.GUEST),
        (PartyKind.SAFETY_HOUSE, Capacity.SAFETY_HOUSE),
        (PartyKind.MUNICIPALITY, Capacity.RESETTLEMENT),
    ):
        for on_title, consented, relied in product((False, True), repeat=3):
            party = OrganisationFactory(kind=kind)
            take_part(case, party, capacity, on_title=on_title)
            if consented:
                ConsentFactory(case=case, recipient=party)
            if relied:
                CaseGroundFactory(case=case, recipient=party, code=GroundCode.WGS)
            parties.append((party, capacity))
    for capacity, part in product(Capacity, (IDENTITY, DETENTION, COURSE)):
        StatutoryGroundFactory(code=GroundCode.WGS, capacity=capacity, row_kind=part, per_case=part != COURSE)

    told = [known_by(Viewer(party, ROLE[PartyKind(party.kind)], NOW), case) for party, _ in parties]

    assert len({frozenset(knows) for knows in told}) > 3


def test_the_knowledge_of_a_list_is_read_with_its_rows(
    case: Case, casemanager: Viewer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = with_knowledge(CaseParty.objects.of(casemanager), casemanager)

    with django_assert_num_queries(1):
        assert [knows_of(row, casemanager) for row in rows] == [frozenset(Part)]
