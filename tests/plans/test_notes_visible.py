"""Who reads which kind of note: the cells of domain C3, rows Behaviour, Offence, Victim-related and Internal PI notes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import GroundCode, RowKind
from parties.models import Organisation, PartyKind, RoleKind
from parties.viewer import Viewer
from plans.models import Note, NoteKind
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory
from tests.factories.people import NoteFactory

OTHERS = ("coordinator", "probation_officer", "partner_contact", "other_coordinator", "other_casemanager")


@pytest.fixture(autouse=True)
def others_take_part(case: Case, world: World) -> None:
    """A netwerkpartner, and a reclassering that has no title yet."""
    CaseParty.objects.filter(case=case, party=world.probation).update(on_title=False)
    take_part(case, world.partner, Capacity.PARTNER)


def note(case: Case, owner: Organisation, kind: NoteKind, domain: str = "") -> Note:
    return NoteFactory(case=case, owner=owner, kind=kind, domain=domain)


def reads(viewer: Viewer) -> list[str]:
    """The kinds this viewer reads, in the table and in its history alike."""
    now = list(Note.objects.visible_to(viewer).order_by("kind").values_list("kind", flat=True))
    past = Note.history.visible_to(viewer).order_by("kind").values_list("kind", flat=True)
    assert list(past) == now
    return now


def agree_to_everything(case: Case, recipient: Organisation) -> None:
    for domain in LifeDomain:
        ConsentFactory(case=case, recipient=recipient, domain=domain)


@pytest.fixture
def of_the_pi(case: Case, world: World) -> None:
    for kind in NoteKind:
        note(case, world.pi, kind)


@pytest.mark.usefixtures("of_the_pi")
@pytest.mark.parametrize("who", ["casemanager", "unit_head", "director"])
def test_c3_the_pi_of_stay_reads_every_note_of_its_own(who: str, request: pytest.FixtureRequest) -> None:
    assert reads(request.getfixturevalue(who)) == sorted(NoteKind.values)


@pytest.mark.usefixtures("of_the_pi")
@pytest.mark.parametrize("who", [*OTHERS, "bij_mandatary", "privacy_officer", "functional_admin"])
def test_c3_offence_behaviour_victim_and_internal_notes_are_closed_without_a_ground(
    who: str, request: pytest.FixtureRequest
) -> None:
    assert reads(request.getfixturevalue(who)) == []


@pytest.mark.usefixtures("of_the_pi")
@pytest.mark.parametrize("who", OTHERS)
def test_c3_no_consent_for_any_domain_opens_a_note_without_one(
    who: str, case: Case, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    agree_to_everything(case, viewer.organisation)

    assert reads(viewer) == []


def test_c3_behaviour_of_a_domain_follows_the_consent_for_that_domain(
    case: Case, world: World, coordinator: Viewer, probation_officer: Viewer
) -> None:
    note(case, world.pi, NoteKind.BEHAVIOUR, LifeDomain.WORK_INCOME)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.WORK_INCOME)

    assert reads(coordinator) == ["gedrag"]
    assert reads(probation_officer) == []


def test_c3_behaviour_is_never_of_a_netwerkpartner(case: Case, world: World, partner_contact: Viewer) -> None:
    note(case, world.pi, NoteKind.BEHAVIOUR, LifeDomain.WORK_INCOME)
    agree_to_everything(case, world.partner)

    assert reads(partner_contact) == []


@pytest.mark.parametrize("kind", [kind for kind in NoteKind if kind != NoteKind.BEHAVIOUR])
def test_only_behaviour_may_have_a_domain(kind: NoteKind, case: Case, world: World) -> None:
    with pytest.raises(IntegrityError, match="only_behaviour_has_a_domain"):
        note(case, world.pi, kind, LifeDomain.HOUSING)


@pytest.mark.parametrize(
    ("who", "capacity"), [("coordinator", Capacity.ORIGIN), ("probation_officer", Capacity.PROBATION)]
)
def test_c3_behaviour_by_statute_only_where_the_case_relies_on_it(
    who: str, capacity: Capacity, case: Case, world: World, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    for kind in (NoteKind.BEHAVIOUR, NoteKind.OFFENCE):
        note(case, world.pi, kind)
    StatutoryGroundFactory(
        code=GroundCode.PBW18A, capacity=capacity, row_kind=RowKind.BEHAVIOUR, owner_kind="pi", per_case=True
    )
    assert reads(viewer) == []

    CaseGroundFactory(case=case, recipient=viewer.organisation, subject=RowKind.BEHAVIOUR)

    assert reads(viewer) == ["gedrag"]


def test_c3_victim_is_for_the_reclassering_on_a_title(
    case: Case, world: World, probation_officer: Viewer, coordinator: Viewer
) -> None:
    note(case, world.pi, NoteKind.VICTIM)
    assert reads(probation_officer) == []

    CaseParty.objects.filter(case=case, party=world.probation).update(on_title=True)

    assert reads(probation_officer) == ["slachtoffer"]
    assert reads(coordinator) == []


def test_c3_the_gemeente_knows_the_condition_for_housing_only_through_the_reclassering(
    case: Case, world: World, coordinator: Viewer, partner_contact: Viewer
) -> None:
    StatutoryGroundFactory(
        capacity=Capacity.ORIGIN, row_kind=RowKind.CONDITION, owner_kind=PartyKind.PROBATION
    )
    note(case, world.pi, NoteKind.CONDITION)
    note(case, world.probation, NoteKind.VICTIM)
    assert reads(coordinator) == []

    note(case, world.probation, NoteKind.CONDITION)

    assert reads(coordinator) == ["voorwaarde"]
    assert reads(partner_contact) == []


def test_c3_the_reclassering_reads_its_own_file_and_so_does_the_pi(
    case: Case, world: World, probation_officer: Viewer, casemanager: Viewer, other_probation_officer: Viewer
) -> None:
    note(case, world.probation, NoteKind.OFFENCE)
    take_part(case, world.other_probation, Capacity.PROBATION, on_title=False)

    assert reads(probation_officer) == ["delict"]
    assert reads(casemanager) == ["delict"]
    assert reads(other_probation_officer) == []


@pytest.mark.usefixtures("of_the_pi")
def test_c3_internal_notes_stay_with_the_old_pi_and_the_dossier_goes_along(
    case: Case, world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    """Even a row of law for internal notes opens them to nobody."""
    StatutoryGroundFactory(capacity=Capacity.PRISON, row_kind=RowKind.INTERNAL_NOTE)
    row = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="overgeplaatst")
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    assert reads(other_casemanager) == ["delict", "gedrag", "slachtoffer", "voorwaarde"]
    assert reads(casemanager) == []


@pytest.mark.usefixtures("of_the_pi")
def test_c3_a_zorg_en_veiligheidshuis_reads_behaviour_and_victim_in_a_wgs_case_only(
    case: Case, world: World
) -> None:
    house = OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH")
    take_part(case, house, Capacity.SAFETY_HOUSE)
    viewer = Viewer(house, RoleKind.SAFETY_HOUSE_DIRECTOR, NOW)
    for kind in (RowKind.BEHAVIOUR, RowKind.VICTIM):
        StatutoryGroundFactory(
            code=GroundCode.WGS, capacity=Capacity.SAFETY_HOUSE, row_kind=kind, per_case=True
        )
    assert reads(viewer) == []

    CaseGroundFactory(case=case, recipient=house, code=GroundCode.WGS, until=NOW + timedelta(hours=1))

    assert reads(viewer) == ["gedrag", "slachtoffer"]
    assert reads(replace(viewer, at=NOW + timedelta(hours=1))) == []


def test_c3_a_guest_reads_no_note_whatever_he_was_promised(case: Case, world: World) -> None:
    house = OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH")
    take_part(case, house, Capacity.GUEST)
    note(case, world.pi, NoteKind.BEHAVIOUR, LifeDomain.HOUSING)
    agree_to_everything(case, house)

    assert reads(Viewer(house, RoleKind.SAFETY_HOUSE_DIRECTOR, NOW)) == []
