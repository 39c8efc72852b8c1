"""One meeting of a scenario: planned, invited, and held when the file says so."""

from datetime import datetime, timedelta
from uuid import UUID

from cases.models import LifeDomain
from meetings import actions as meeting_actions
from meetings.management.scenario.times import Clock
from meetings.management.scenario.world import Row, case, named, need, organisation, user, viewer
from meetings.models import AgendaItem, DecisionKind, ItemKind, Meeting, MeetingKind
from parties.viewer import Viewer
from reintegratie.lib.history import given_ids


def build_meeting(row: Row, clock: Clock) -> None:
    """Plan the meeting, fill its agenda, and hold it."""
    at = clock.moment(row.get("gemaaktOp"))
    by = viewer(row.get("door") or need(row, "voorzitter"), at)
    with named(row, "Meeting"):
        meeting = meeting_actions.plan_meeting(
            kind=MeetingKind(row.get("soort", "mdo")),
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
            kind=ItemKind(need(row, "soort")),
            minutes=row.get("minuten", meeting.minutes_per_item),
            proposal=row.get("voorstel", ""),
            by=by,
            at=at,
        )
    for guest in row.get("genodigden", ()):
        meeting_actions.invite(item=item, organisation=organisation(guest), by=by, at=at)
    return item


def _hold(meeting: Meeting, held: Row, items: list[tuple[Row, AgendaItem]], clock: Clock, row: Row) -> None:
    """Note the decisions and close the meeting; what was decided on was discussed, with the detainee."""
    at = clock.moment(need(held, "op"))
    chair = viewer(held.get("door") or need(row, "voorzitter"), at)
    discussed = [(item_row, item) for item_row, item in items if item_row.get("besluiten")]
    for item_row, item in discussed:
        for place, decision in enumerate(item_row["besluiten"]):
            _decide(item, decision, clock, chair, at + timedelta(microseconds=place))
    with given_ids({"Action": _action_ids(discussed)}):
        meeting_actions.hold_meeting(
            meeting=meeting,
            discussed={item.pk: meeting_actions.Discussion(detainee_present=True) for _, item in discussed},
            people=[_presence(person) for person in held.get("aanwezig", ())],
            by=chair,
            at=at,
        )


def _presence(row: Row) -> meeting_actions.Presence:
    return meeting_actions.Presence(
        organisation=organisation(need(row, "organisatie")),
        person=need(row, "naam"),
        present=row.get("aanwezig", True),
        reason=row.get("reden", ""),
    )


def _action_ids(discussed: list[tuple[Row, AgendaItem]]) -> list[UUID]:
    """The ids of the actions that closing hands out, in the order of the agenda and of the decisions."""
    decisions = [decision for item_row, _ in discussed for decision in item_row["besluiten"]]
    return [UUID(row["actie"]["id"]) for row in decisions if (row.get("actie") or {}).get("id")]


def _decide(item: AgendaItem, row: Row, clock: Clock, by: Viewer, at: datetime) -> None:
    action = row.get("actie") or {}
    with named(row, "Decision"):
        meeting_actions.record_decision(
            item=item,
            kind=DecisionKind(need(row, "soort")),
            text=row.get("tekst") or action.get("tekst", ""),
            domain=LifeDomain(row["leefgebied"]) if row.get("leefgebied") else "",
            assignee=organisation(action["partij"]) if action.get("partij") else None,
            due_on=clock.day(action.get("uiterlijk")),
            by=by,
            at=at,
        )
