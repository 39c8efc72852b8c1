"""Keep the people around the detainee and his addresses, each with what shields them (C3 code K, C6.34, C6.36)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases.actions import lock_case
from cases.models import Case, LifeDomain
from consent.actions import decide_for_third_party
from consent.third_parties import Answer, Evidence, ThirdPartyRole
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions.goals import add_action
from plans.actions.record import fresh, lock_running, write_row
from plans.models import Action, Address, AddressPurpose, NetworkMember, Relation, Secrecy
from plans.rules import may_involve


class ContactBarred(Exception):
    """There is a contactverbod, or this person is the victim: nobody seeks contact for the detainee (C6.36)."""


class NotTheOtherParent(Exception):
    """The gezinsbenadering is for the other parent (R58)."""


class EndsBeforeItBegan(Exception):
    """The last day of an address lies before the first."""


@dataclass(frozen=True)
class Person:
    """What is known of a member of the network: no more than is needed (C3: T minimal)."""

    name: str
    relation: Relation
    phone: str = ""
    is_victim: bool = False
    no_contact: bool = False
    family_approach: bool = False


@dataclass(frozen=True)
class Place:
    """An address, what it is for, and whether it is secret."""

    purpose: AddressPurpose
    street: str
    number: str
    postcode: str
    place: str
    municipality: Organisation | None = None
    since: date | None = None
    until: date | None = None
    secrecy: Secrecy | str = ""


@transaction.atomic
def save_member(
    *,
    case: Case,
    person: Person,
    by: Viewer,
    at: datetime,
    member: NetworkMember | None = None,
    expected_version: int | None = None,
) -> NetworkMember:
    """Record somebody of the network, or change what is known. A new PI becomes the controller (PM 38).

    Raises ContactBarred, NotTheOtherParent, StaleVersion, CaseIsOver.
    """
    locked = lock_running(case)
    new = NetworkMember(case=locked, domain=LifeDomain.NETWORK)
    row = fresh(member, locked, by, expected_version) if member else new
    for name, value in vars(person).items():
        setattr(row, name, value)
    if row.family_approach and row.is_barred:
        raise ContactBarred
    if row.family_approach and row.relation != Relation.OTHER_PARENT:
        raise NotTheOtherParent
    row.owner, row.recorded_by = by.organisation, by.user
    write_row(row, by=by, at=at, why="Netwerklid vastgelegd", action="netwerklid-vastleggen")
    return row


@transaction.atomic
def decide_for_member(
    *,
    member: NetworkMember,
    recipient: Organisation,
    answer: Answer,
    given_at: datetime,
    evidence: Evidence,
    by: Viewer,
    at: datetime,
    explained_how: str = "",
    valid_until: datetime | None = None,
) -> None:
    """Record what this person himself says about sharing his data. Raises ContactBarred, DecisionNotRecorded.

    Somebody with whom there may be no contact is not asked (C6.36); a no of his is always recorded.
    """
    row = fresh(member, lock_case(member.case), by)
    if answer == Answer.GIVEN and not may_involve(row):
        raise ContactBarred
    other_parent = row.relation == Relation.OTHER_PARENT
    decide_for_third_party(
        case=row.case,
        subject=row.pk,
        role=ThirdPartyRole.OTHER_PARENT if other_parent else ThirdPartyRole.MEMBER,
        recipient=recipient,
        answer=answer,
        given_at=given_at,
        evidence=evidence,
        explained_how=explained_how,
        valid_until=valid_until,
        by=by,
        at=at,
    )


@transaction.atomic
def involve_member(
    *,
    member: NetworkMember,
    text: str,
    assignee: Organisation,
    due_on: date | None,
    by: Viewer,
    at: datetime,
) -> Action:
    """Put an action with this person in the plan, unless there may be no contact. Raises ContactBarred."""
    locked = lock_running(member.case)
    if not may_involve(fresh(member, locked, by)):
        raise ContactBarred
    return add_action(
        case=locked,
        domain=LifeDomain.NETWORK,
        text=text,
        assignee=assignee,
        due_on=due_on,
        by=by,
        at=at,
    )


@transaction.atomic
def save_address(
    *,
    case: Case,
    place: Place,
    by: Viewer,
    at: datetime,
    address: Address | None = None,
    expected_version: int | None = None,
) -> Address:
    """Record an address, or change it; what becomes secret is shielded at once. Raises EndsBeforeItBegan, StaleVersion."""
    locked = lock_running(case)
    new = Address(case=locked, domain=LifeDomain.HOUSING)
    row = fresh(address, locked, by, expected_version) if address else new
    if place.since and place.until and place.until <= place.since:
        raise EndsBeforeItBegan
    for name, value in vars(place).items():
        setattr(row, name, value)
    row.owner, row.recorded_by = by.organisation, by.user
    write_row(row, by=by, at=at, why="Adres vastgelegd", action="adres-vastleggen")
    return row
