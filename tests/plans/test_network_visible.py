"""Who reads names of network members and addresses: C3 row "Names/data of network members", C6.34, C6.36, R58."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.models import Capacity, Case, LifeDomain
from consent.actions import (
    Answer,
    DecidedInTheFuture,
    Evidence,
    NotInForce,
    RecipientTakesNoPart,
    YesWithoutEvidence,
    decide_for_third_party,
    withdraw_third_party,
)
from consent.models import GroundCode, RowKind, ThirdPartyConsent, ThirdPartyRole
from parties.models import AuditLine, Organisation, PartyKind, RoleKind
from parties.viewer import Viewer
from plans.actions import Person, Place, save_address, save_member
from plans.models import Address, AddressPurpose, NetworkMember, Relation, Secrecy
from tests.conftest import NOW, World
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory
from tests.factories.people import AddressFactory, NetworkMemberFactory

RECIPIENTS = ("coordinator", "probation_officer", "partner_contact")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def partner(case: Case, world: World) -> None:
    take_part(case, world.partner, Capacity.PARTNER)


@pytest.fixture
def member(case: Case, world: World) -> NetworkMember:
    return NetworkMemberFactory(case=case, owner=world.pi)


def reads(viewer: Viewer, model: type[NetworkMember | Address] = NetworkMember) -> int:
    """How many rows, in the table and in its history alike."""
    found = model.objects.visible_to(viewer).count()
    assert bool(model.history.visible_to(viewer).count()) == bool(found)  # type: ignore[attr-defined]  # made at run time
    return found


def detainee_agrees(case: Case, recipient: Organisation, domain: LifeDomain = LifeDomain.NETWORK) -> None:
    ConsentFactory(case=case, recipient=recipient, domain=domain)


def answers(
    member: NetworkMember, viewer: Viewer, by: Viewer, *, answer: Answer = Answer.GIVEN, **more: object
) -> ThirdPartyConsent:
    """What this person says about sharing with the organisation of ``viewer``."""
    said = {"given_at": NOW - timedelta(hours=1), "evidence": Evidence.ORAL, "at": NOW, **more}
    return decide_for_third_party(
        case=member.case,
        subject=member.pk,
        role=ThirdPartyRole.MEMBER,
        recipient=viewer.organisation,
        answer=answer,
        by=by,
        **said,
    )


@pytest.mark.parametrize("who", ["casemanager", "unit_head", "director"])
def test_c3_names_of_network_members_are_of_the_pi_of_stay(
    who: str, member: NetworkMember, request: pytest.FixtureRequest
) -> None:
    assert reads(request.getfixturevalue(who)) == 1


@pytest.mark.parametrize("who", RECIPIENTS)
def test_c3_names_of_network_members_need_the_detainee_and_the_person_himself(
    who: str, member: NetworkMember, casemanager: Viewer, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    assert reads(viewer) == 0

    detainee_agrees(member.case, viewer.organisation)
    assert reads(viewer) == 0

    answers(member, viewer, casemanager)
    assert reads(viewer) == 1


@pytest.mark.parametrize("who", RECIPIENTS)
def test_c3_the_yes_of_the_person_alone_opens_nothing(
    who: str, member: NetworkMember, casemanager: Viewer, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)

    answers(member, viewer, casemanager)

    assert reads(viewer) == 0


def test_the_yes_of_one_person_to_one_party_is_for_no_other(
    member: NetworkMember, world: World, coordinator: Viewer, probation_officer: Viewer, casemanager: Viewer
) -> None:
    NetworkMemberFactory(case=member.case, owner=world.pi, name="Bart Ander")
    for party in (world.zwolle, world.probation):
        detainee_agrees(member.case, party)

    answers(member, coordinator, casemanager)

    assert reads(coordinator) == 1
    assert reads(probation_officer) == 0


def test_a_yes_that_is_taken_back_is_gone_in_the_next_query(
    member: NetworkMember, coordinator: Viewer, casemanager: Viewer
) -> None:
    detainee_agrees(member.case, coordinator.organisation)
    decision = answers(member, coordinator, casemanager)

    withdraw_third_party(decision=decision, reason="", by=casemanager, at=NOW)

    assert reads(coordinator) == 0
    with pytest.raises(NotInForce):
        withdraw_third_party(decision=decision, reason="", by=casemanager, at=NOW)


def test_the_yes_of_a_third_party_expires_without_any_job(
    member: NetworkMember, coordinator: Viewer, casemanager: Viewer
) -> None:
    detainee_agrees(member.case, coordinator.organisation)
    answers(member, coordinator, casemanager, valid_until=NOW + MINUTE)

    assert reads(coordinator) == 1
    assert reads(replace(coordinator, at=NOW + MINUTE)) == 0


def test_of_two_answers_on_one_day_the_later_paper_counts_whichever_came_in_first(
    member: NetworkMember, coordinator: Viewer, casemanager: Viewer
) -> None:
    detainee_agrees(member.case, coordinator.organisation)
    answers(member, coordinator, casemanager, answer=Answer.REFUSED, given_at=NOW - MINUTE)

    late_paper = answers(member, coordinator, casemanager, given_at=NOW - timedelta(hours=3))

    assert late_paper.withdrawn_at is not None
    assert reads(coordinator) == 0
    assert ThirdPartyConsent.objects.filter(withdrawn_at=None).get().answer == Answer.REFUSED


def test_a_later_no_takes_the_place_of_the_yes(
    member: NetworkMember, coordinator: Viewer, casemanager: Viewer
) -> None:
    detainee_agrees(member.case, coordinator.organisation)
    given = answers(member, coordinator, casemanager)

    refused = answers(member, coordinator, casemanager, answer=Answer.REFUSED, given_at=NOW)

    given.refresh_from_db()
    assert given.replaced_by_id == refused.pk
    assert reads(coordinator) == 0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"given_at": NOW + MINUTE}, DecidedInTheFuture),
        ({"evidence": Evidence.REFUSED_TO_SIGN}, YesWithoutEvidence),
    ],
)
def test_an_answer_that_cannot_be_is_not_saved(
    wrong: dict[str, object],
    refusal: type[Exception],
    member: NetworkMember,
    coordinator: Viewer,
    casemanager: Viewer,
) -> None:
    with pytest.raises(refusal):
        answers(member, coordinator, casemanager, **wrong)
    assert not ThirdPartyConsent.objects.exists()


def test_a_third_party_decides_about_parties_of_the_case_only(
    member: NetworkMember, other_coordinator: Viewer, casemanager: Viewer
) -> None:
    with pytest.raises(RecipientTakesNoPart):
        answers(member, other_coordinator, casemanager)


def test_the_ledger_keeps_no_name_of_the_third_party(
    member: NetworkMember, coordinator: Viewer, casemanager: Viewer
) -> None:
    decision = answers(member, coordinator, casemanager)

    line = AuditLine.objects.get(action="toestemming-derde-vastleggen")
    assert line.object_id == str(decision.pk)
    assert member.name not in f"{line.detail}{line.object_kind}"


@pytest.mark.parametrize("who", RECIPIENTS)
def test_c6_36_a_victim_is_opened_to_nobody_outside_the_pi(
    who: str, member: NetworkMember, casemanager: Viewer, request: pytest.FixtureRequest
) -> None:
    """Also the lines from before it was known."""
    viewer: Viewer = request.getfixturevalue(who)
    detainee_agrees(member.case, viewer.organisation)
    answers(member, viewer, casemanager)
    assert reads(viewer) == 1

    known = Person(member.name, Relation.PARENT, member.phone, is_victim=True)
    save_member(case=member.case, member=member, person=known, by=casemanager, at=NOW)

    assert reads(viewer) == 0
    assert reads(casemanager) == 1


def test_c3_a_zorg_en_veiligheidshuis_knows_names_in_a_wgs_case_and_else_with_both_yeses(
    member: NetworkMember, casemanager: Viewer
) -> None:
    house = OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH")
    take_part(member.case, house, Capacity.SAFETY_HOUSE)
    viewer = Viewer(house, RoleKind.SAFETY_HOUSE_DIRECTOR, NOW)
    StatutoryGroundFactory(
        code=GroundCode.WGS,
        capacity=Capacity.SAFETY_HOUSE,
        row_kind=RowKind.NETWORK_MEMBER,
        domain=LifeDomain.NETWORK,
        per_case=True,
    )
    detainee_agrees(member.case, house)
    assert reads(viewer) == 0

    CaseGroundFactory(case=member.case, recipient=house, code=GroundCode.WGS)

    assert reads(viewer) == 1


@pytest.fixture
def address(case: Case, world: World) -> Address:
    return AddressFactory(case=case, owner=world.pi)


@pytest.mark.parametrize("who", RECIPIENTS)
def test_c3_an_address_follows_the_consent_for_onderdak(
    who: str, address: Address, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    assert reads(viewer, Address) == 0

    detainee_agrees(address.case, viewer.organisation, LifeDomain.HOUSING)

    assert reads(viewer, Address) == 1


@pytest.mark.parametrize(
    ("who", "sees"), [("coordinator", 1), ("probation_officer", 1), ("partner_contact", 0)]
)
@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_c6_34_a_secret_address_never_goes_to_a_netwerkpartner(
    who: str,
    sees: int,
    secrecy: Secrecy,
    address: Address,
    casemanager: Viewer,
    request: pytest.FixtureRequest,
) -> None:
    """What was an open address until now is shielded with all its past."""
    viewer: Viewer = request.getfixturevalue(who)
    detainee_agrees(address.case, viewer.organisation, LifeDomain.HOUSING)

    secret = Place(AddressPurpose.LEAVE, "Schuilstraat", "2", "8000 AA", "Zwolle", secrecy=secrecy)
    save_address(case=address.case, address=address, place=secret, by=casemanager, at=NOW)

    assert reads(viewer, Address) == sees


def test_c6_34_a_guest_never_reads_a_secret_address(case: Case, world: World) -> None:
    house = OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH")
    take_part(case, house, Capacity.GUEST)
    detainee_agrees(case, house, LifeDomain.HOUSING)
    AddressFactory(case=case, owner=world.pi, secrecy=Secrecy.SHELTER)
    AddressFactory(case=case, owner=world.pi, purpose=AddressPurpose.POSTAL)

    assert reads(Viewer(house, RoleKind.SAFETY_HOUSE_DIRECTOR, NOW), Address) == 1
