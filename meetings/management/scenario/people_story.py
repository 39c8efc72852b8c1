"""Notes, people of the network and addresses of one case of a scenario."""

from datetime import datetime
from typing import Protocol

from cases.models import Case
from consent.third_parties import Answer, Evidence
from meetings.management.scenario.times import Clock
from meetings.management.scenario.world import Row, named, need, organisation
from parties.viewer import Viewer
from plans import actions as plan_actions
from plans.models import AddressPurpose, NetworkMember, NoteKind, Relation, Secrecy


class Story(Protocol):
    """The case, its part of the file, and who does a step when."""

    row: Row
    clock: Clock

    @property
    def case(self) -> Case: ...

    def step(self, row: Row) -> tuple[Viewer, datetime]: ...


def tell_of_people(story: Story) -> None:
    """Every row under ``notities``, ``netwerk`` and ``adressen``."""
    for row in story.row.get("notities", ()):
        _note(story, row)
    for row in story.row.get("netwerk", ()):
        _member(story, row)
    for row in story.row.get("adressen", ()):
        _address(story, row)


def _note(story: Story, row: Row) -> None:
    by, at = story.step(row)
    with named(row, "Note"):
        plan_actions.write_note(
            case=story.case,
            kind=NoteKind(need(row, "soort")),
            text=need(row, "tekst"),
            domain=row.get("leefgebied", ""),
            noted_on=story.clock.day(row.get("datum")),
            by=by,
            at=at,
        )


def _member(story: Story, row: Row) -> None:
    by, at = story.step(row)
    person = plan_actions.Person(
        name=need(row, "naam"),
        relation=Relation(need(row, "relatie")),
        phone=row.get("telefoon", ""),
        is_victim=bool(row.get("slachtoffer")),
        no_contact=bool(row.get("contactverbod")),
        family_approach=bool(row.get("gezinsbenadering")),
    )
    with named(row, "NetworkMember"):
        member = plan_actions.save_member(case=story.case, person=person, by=by, at=at)
    for answer in row.get("toestemmingen", ()):
        _decide(story, member, {"door": row.get("door"), **answer})


def _decide(story: Story, member: NetworkMember, row: Row) -> None:
    given_at = story.clock.moment(row.get("gegevenOp"))
    by, at = story.step({"door": row.get("door"), "op": row.get("op") or given_at.isoformat()})
    plan_actions.decide_for_member(
        member=member,
        recipient=organisation(need(row, "ontvanger")),
        answer=Answer(need(row, "antwoord")),
        given_at=given_at,
        evidence=Evidence(row.get("bewijs", "ondertekend")),
        explained_how=row.get("uitleg", ""),
        valid_until=story.clock.moment(row["geldigTot"]) if row.get("geldigTot") else None,
        by=by,
        at=at,
    )


def _address(story: Story, row: Row) -> None:
    by, at = story.step(row)
    place = plan_actions.Place(
        purpose=AddressPurpose(need(row, "waarvoor")),
        street=need(row, "straat"),
        number=need(row, "huisnummer"),
        postcode=need(row, "postcode"),
        place=need(row, "plaats"),
        municipality=organisation(row["gemeente"]) if row.get("gemeente") else None,
        since=story.clock.day(row.get("vanaf")),
        until=story.clock.day(row.get("tot")),
        secrecy=Secrecy(row["geheim"]) if row.get("geheim") else "",
    )
    with named(row, "Address"):
        plan_actions.save_address(case=story.case, place=place, by=by, at=at)
