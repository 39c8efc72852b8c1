"""What stands on an agenda for these readers? The one answer for the printed sheet, whoever prints it (flow 5).

A sheet is read by everybody it is made for: every row passes ``visible_to`` of each of them. A copy for another party
holds its own items only, a case by number and initials, and of each case what consent or law opens for that party
(C3, C5.8, C6.9, C6.27). What is not shared leaves no trace: no count, no position, no closed door on paper.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from cases.models import CaseParty, Deadline
from cases.process import steps_for
from consent.visibility import RowKind, sights_of
from meetings.access import decisions_of, invitations_of, items_of, notes_of
from meetings.lines import (
    Sights,
    action_line,
    clock_text,
    decision_line,
    ground_texts,
    grounds_of,
    grouped,
    invited_text,
    term_line,
)
from meetings.models import (
    AgendaItem,
    Decision,
    Invitation,
    ItemKind,
    ItemNote,
    Meeting,
    MeetingKind,
    MeetingState,
)
from meetings.sheet import AgendaBlock, AgendaSheet
from parties.viewer import Viewer
from plans.models import Action, ActionState
from reintegratie.lib.dutch import day_text, weekday_text
from reintegratie.lib.workdays import day_of

SHOWN = (RowKind.ACTION, RowKind.DECISION)
"""The kinds of row on a sheet that another party reads by a ground."""


@dataclass(frozen=True)
class _Rows:
    """What the sheet is made of, read in a number of statements that does not grow with the agenda."""

    slots: dict[UUID, str]
    notes: dict[UUID, ItemNote]
    invitations: dict[UUID, list[Invitation]]
    terms: dict[UUID, list[Deadline]]
    decisions: dict[UUID, list[Decision]]
    actions: dict[UUID, list[Action]]
    sights: Sights


def agenda_for(meeting: Meeting, readers: Sequence[Viewer], at: datetime) -> AgendaSheet:
    """The agenda as these readers may see it at this moment."""
    outside = next((reader for reader in readers if reader.organisation.pk != meeting.organisation_id), None)
    items = list(items_of(*readers).filter(meeting=meeting))
    rows = _rows(meeting, items, readers, outside, at)
    return AgendaSheet(
        kind=str(MeetingKind(meeting.kind).label),
        day=weekday_text(day_of(meeting.starts_at)),
        time=clock_text(meeting.starts_at),
        place=meeting.place,
        link=meeting.link,
        chair=meeting.chair.name,
        deputy=meeting.deputy.name if meeting.deputy else "",
        secretary=meeting.secretary.name if meeting.secretary else "",
        for_outside=outside is not None,
        blocks=tuple(
            _outside_block(item, rows, day_of(at)) if outside else _inside_block(item, rows, day_of(at))
            for item in items
        ),
    )


def _inside_block(item: AgendaItem, rows: _Rows, on: date) -> AgendaBlock:
    """For the chair: who it is, the slot, the proposal and who is invited."""
    who, note = item.case.detainee, rows.notes.get(item.pk)
    born = f" · geboren {day_text(who.birth_date)}" if who.birth_date else ""
    return AgendaBlock(
        item_id=str(item.pk),
        case_id=str(item.case_id),
        identity=f"{who.sorted_name} · {item.case.number}{born}",
        subject=str(ItemKind(note.kind if note else item.kind).label),
        time=rows.slots[item.pk],
        proposal=note.proposal if note else "",
        invited=tuple(invited_text(one) for one in rows.invitations[item.pk]),
        terms=tuple(term_line(row, on) for row in rows.terms[item.case_id]),
        decisions=tuple(decision_line(row) for row in rows.decisions[item.case_id]),
        actions=tuple(action_line(row, on) for row in rows.actions[item.case_id]),
        grounds={},
    )


def _outside_block(item: AgendaItem, rows: _Rows, on: date) -> AgendaBlock:
    """For another party: number and initials, the time it was asked for (a slot would tell how many come before)."""
    decisions, actions = rows.decisions[item.case_id], rows.actions[item.case_id]
    asked = next((one.expected_at for one in rows.invitations[item.pk] if one.expected_at), None)
    grounds = grounds_of(rows.sights, item.case_id, actions, decisions)
    return AgendaBlock(
        item_id=str(item.pk),
        case_id=str(item.case_id),
        identity=f"{item.case.number} · {item.case.detainee.initials}",
        subject=str(ItemKind(item.kind).label),
        time=f"{asked:%H.%M} uur" if asked else "",
        proposal="",
        invited=(),
        terms=tuple(term_line(row, on) for row in rows.terms[item.case_id]),
        decisions=tuple(decision_line(row) for row in decisions),
        actions=tuple(action_line(row, on) for row in actions),
        grounds=grounds,
        ground_texts=ground_texts(grounds),
    )


def _rows(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    readers: Sequence[Viewer],
    outside: Viewer | None,
    at: datetime,
) -> _Rows:
    case_ids = [item.case_id for item in items]
    invitations = list(invitations_of(readers[-1], items))
    return _Rows(
        slots=_slots(meeting, items),
        notes={
            note.item_id: note for note in notes_of(*readers).filter(item__in=[item.pk for item in items])
        },
        invitations=grouped(invitations, "item_id"),
        terms=grouped(terms_of(case_ids, readers, at), "case_id"),
        decisions=grouped(_last_decisions(meeting, case_ids, readers), "case_id"),
        actions=grouped(_open_actions(case_ids, readers), "case_id"),
        sights=sights_of(outside, case_ids, SHOWN) if outside else {},
    )


def starts_of(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[UUID, datetime]:
    """When each item is planned to begin."""
    starts, start = {}, meeting.starts_at
    for item in items:
        starts[item.pk], start = start, start + timedelta(minutes=item.minutes)
    return starts


def _slots(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[UUID, str]:
    """From when till when each item is planned."""
    starts = starts_of(meeting, items)
    ends = {item.pk: starts[item.pk] + timedelta(minutes=item.minutes) for item in items}
    return {pk: f"{clock_text(start)} – {clock_text(ends[pk])}" for pk, start in starts.items()}


def terms_of(case_ids: Sequence[UUID], readers: Sequence[Viewer], at: datetime) -> list[Deadline]:
    """The first open round of each step that every reader works with (C4)."""
    open_terms = Deadline.objects.filter(case__in=case_ids).running().with_state(day_of(at))
    first: dict[tuple[UUID, str], Deadline] = {}
    for term in open_terms:
        first.setdefault((term.case_id, term.step), term)
    terms = list(first.values())
    for reader in readers:
        rows = CaseParty.objects.active(at).working_by_dates()
        rows = rows.filter(case__in=case_ids, party=reader.organisation)
        steps: dict[UUID, set[str]] = defaultdict(set)
        for case_id, capacity in rows.values_list("case_id", "capacity"):
            steps[case_id].update(steps_for(capacity))
        terms = [term for term in terms if term.step in steps[term.case_id]]
    return terms


def _last_decisions(meeting: Meeting, case_ids: Sequence[UUID], readers: Sequence[Viewer]) -> list[Decision]:
    """What the last meeting before this one decided on each case, as far as all readers may see it."""
    earlier = decisions_of(*readers).filter(
        case__in=case_ids,
        item__meeting__state=MeetingState.HELD,
        item__meeting__starts_at__lt=meeting.starts_at,
    )
    decisions = list(earlier)
    last = {decision.case_id: decision.item_id for decision in decisions}
    return [decision for decision in decisions if decision.item_id == last[decision.case_id]]


def _open_actions(case_ids: Sequence[UUID], readers: Sequence[Viewer]) -> list[Action]:
    actions = Action.objects.filter(case__in=case_ids, state=ActionState.OPEN)
    for reader in readers:
        actions = actions.visible_to(reader)
    return list(actions.select_related("assignee").order_by("due_on", "domain", "text", "pk"))
