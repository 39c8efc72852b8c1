"""One meeting of a scenario: planned, invited, and held when the file says so."""

from datetime import datetime
from uuid import UUID

from cases.models import LifeDomain
from meetings import actions as meeting_actions
from meetings.management.scenario.times import Clock
from meetings.management.scenario.world import Row, case, named, need, organisation, user, viewer
from meetings.models import AgendaItem, Meeting
from parties.viewer import Viewer
from reintegratie.lib.history import given_ids


def build_meeting(row: Row, clock: Clock) -> None:
    """Plan the meeting, fill its agenda, and hold it."""
    at = clock.moment(row.get("gemaaktOp"))
    by = viewer(row.get("door") or need(row, "voorzitter"), at)
    with named(row, "Meeting"):
        meeting = meeting_actions.plan_meeting(
            kind=row.get("soort", "mdo"),
            starts_at=clock.moment(need(row, "begin")),
            place=row.get("plaats", ""),
            link=row.get("link", ""),
            minutes_per_item=row.get("minutenPerPunt", 10),
            chair=user(need(row, "voorzitter")),
            deputy=user(row["plaatsvervanger"]) if row.get("plaatsvervanger") else None,
            secretary=user(row["secretaris"]) if row.get("secretaris") else None,
            by=by,
            at=at,
        )
    items = [(item, _add_item(meeting, item, by, at)) for item in row.get("agenda", ())]
    held = row.get("gehouden")
    if held:
        _hold(meeting, held, items, clock, row)


def _add_item(meeting: Meeting, row: Row, by: Viewer, at: datetime) -> AgendaItem:
    with named(row, "AgendaItem"):
        item = meeting_actions.add_item(
            meeting=meeting,
            case=case(need(row, "zaak")),
            kind=need(row, "soort"),
            minutes=row.get("minuten", meeting.minutes_per_item),
            proposal=row.get("voorstel", ""),
            by=by,
            at=at,
        )
    for guest in row.get("genodigden", ()):
        meeting_actions.invite(item=item, organisation=organisation(guest), by=by, at=at)
    return item


def _hold(meeting: Meeting, held: Row, items: list[tuple[Row, AgendaItem]], clock: Clock, row: Row) -> None:
    at = clock.moment(need(held, "op"))
    chair = viewer(held.get("door") or need(row, "voorzitter"), at)
    for person in held.get("aanwezig", ()):
        meeting_actions.record_attendance(
            meeting=meeting,
            organisation=organisation(need(person, "organisatie")),
            person=need(person, "naam"),
            present=person.get("aanwezig", True),
            reason=person.get("reden", ""),
            by=chair,
            at=at,
        )
    for item_row, item in items:
        for decision in item_row.get("besluiten", ()):
            _decide(item, decision, clock, chair, at)
    meeting_actions.hold_meeting(meeting=meeting, chaired_by=chair.user, by=chair, at=at)


def _decide(item: AgendaItem, row: Row, clock: Clock, by: Viewer, at: datetime) -> None:
    action = row.get("actie") or {}
    ids = {"Decision": [UUID(row["id"])] if row.get("id") else []}
    ids["Action"] = [UUID(action["id"])] if action.get("id") else []
    with given_ids(ids):
        meeting_actions.record_decision(
            item=item,
            kind=need(row, "soort"),
            text=row.get("tekst", ""),
            domain=LifeDomain(row["leefgebied"]) if row.get("leefgebied") else "",
            action_text=action.get("tekst", ""),
            assignee=organisation(action["partij"]) if action.get("partij") else None,
            due_on=clock.day(action.get("uiterlijk")),
            by=by,
            at=at,
        )
