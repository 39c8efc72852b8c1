"""Notes of every kind, people of the network and addresses, each text with a mark of its own."""

from collections.abc import Callable
from datetime import datetime

from cases.models import Capacity, Case, LifeDomain
from consent.models import Answer, Evidence, GroundCode, RowKind
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.actions import (
    Person,
    Place,
    decide_for_member,
    reclassify_note,
    save_address,
    save_member,
    write_note,
)
from plans.models import AddressPurpose, NetworkMember, NoteKind, Relation, Secrecy
from tests.conftest import World
from tests.factories.consent import StatutoryGroundFactory

Mark = Callable[[], str]


def law() -> None:
    """What a gemeente must know for housing it hears through the reclassering (C3, row Victim-related)."""
    for capacity in (Capacity.ORIGIN, Capacity.RESETTLEMENT):
        StatutoryGroundFactory(
            code=GroundCode.OWN_TASK,
            capacity=capacity,
            row_kind=RowKind.CONDITION,
            owner_kind=PartyKind.PROBATION,
        )


def write_notes(case: Case, writers: tuple[Viewer, ...], mark: Mark, at: datetime) -> None:
    """Of every kind; on behaviour with a shared domain, with another and without; and one that was shared by mistake."""
    for by in writers:
        for kind in NoteKind:
            if by.kind == PartyKind.PROBATION and kind == NoteKind.INTERNAL:
                continue
            domains = ("", LifeDomain.HOUSING, LifeDomain.DEBTS) if kind == NoteKind.BEHAVIOUR else ("",)
            for domain in domains:
                write_note(case=case, kind=kind, domain=domain, text=mark(), by=by, at=at)
        common = {"kind": NoteKind.BEHAVIOUR, "domain": LifeDomain.HOUSING, "at": at}
        wrong = write_note(case=case, text=mark(), by=by, **common)
        reclassify_note(note=wrong, kind=NoteKind.OFFENCE, reason="Verkeerde soort", by=by, at=at)


def know_people(case: Case, world: World, by: Viewer, mark: Mark, at: datetime) -> None:
    """Somebody nobody asked, one who said yes to two parties, and a victim who had said yes before."""
    _member(case, by, mark, at)
    for barred in (False, True):
        member = _member(case, by, mark, at)
        for party in (world.zwolle, world.probation):
            decide_for_member(
                member=member,
                recipient=party,
                answer=Answer.GIVEN,
                given_at=at,
                evidence=Evidence.ORAL,
                by=by,
                at=at,
            )
        if barred:
            known = Person(member.name, Relation.PARTNER, member.phone, is_victim=True)
            save_member(case=case, member=member, person=known, by=by, at=at)


def _member(case: Case, by: Viewer, mark: Mark, at: datetime) -> NetworkMember:
    return save_member(case=case, person=Person(mark(), Relation.PARTNER, mark()), by=by, at=at)


def know_addresses(case: Case, by: Viewer, mark: Mark, at: datetime) -> None:
    """An open one, a secret one, and one that turned out to be secret."""
    for was, becomes in (("", ""), (Secrecy.SHELTER, Secrecy.SHELTER), ("", Secrecy.REGISTER)):
        common = {"case": case, "by": by, "at": at}
        words = (mark(), mark(), mark(), mark())
        address = save_address(place=Place(AddressPurpose.AFTER_RELEASE, *words, secrecy=was), **common)
        if becomes != was:
            secret = Place(AddressPurpose.AFTER_RELEASE, *words, secrecy=becomes)
            save_address(address=address, place=secret, **common)
