"""What stands on an agenda for these readers? The one answer for the printed sheet, whoever prints it (flow 5).

A sheet is read by everybody it is made for: every row passes ``visible_to`` of each of them. A copy for another party
holds its own items only, a case by number and initials, and of each case what consent or law opens for that party
(C3, C5.8, C6.9, C6.27). What is not shared leaves no trace: no count, no position, no closed door on paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from cases.models import CaseParty, Deadline, LifeDomain
from cases.process import step_of, steps_for
from consent.visibility import Ground, RowKind, sight_of
from meetings.access import decisions_of, invitations_of, items_of, notes_of
from meetings.models import (
    AgendaItem,
    Decision,
    DecisionKind,
    Invitation,
    InvitationAnswer,
    ItemKind,
    ItemNote,
    Meeting,
    MeetingKind,
    MeetingState,
)
from meetings.sheet import ActionLine, AgendaBlock, AgendaSheet, DecisionLine, TermLine
from parties.viewer import Viewer
from plans.models import Action, ActionState
from reintegratie.lib.dutch import day_text, days_text, weekday_text
from reintegratie.lib.workdays import AMSTERDAM, day_of

Row = TypeVar("Row", Deadline, Decision, Action, Invitation)


@dataclass(frozen=True)
class _Rows:
    """What the sheet is made of, read in a number of statements that does not grow with the agenda."""

    slots: dict[UUID, str]
    notes: dict[UUID, ItemNote]
    invitations: dict[UUID, list[Invitation]]
    terms: dict[UUID, list[Deadline]]
    decisions: dict[UUID, list[Decision]]
    actions: dict[UUID, list[Action]]


def agenda_for(meeting: Meeting, readers: Sequence[Viewer], at: datetime) -> AgendaSheet:
    """The agenda as these readers may see it at this moment."""
    outside = next((reader for reader in readers if reader.organisation.pk != meeting.organisation_id), None)
    items = list(items_of(*readers).filter(meeting=meeting))
    rows = _rows(meeting, items, readers, at)
    return AgendaSheet(
        kind=str(MeetingKind(meeting.kind).label),
        day=weekday_text(day_of(meeting.starts_at)),
        time=_clock(meeting.starts_at),
        place=meeting.place,
        link=meeting.link,
        chair=meeting.chair.name,
        deputy=meeting.deputy.name if meeting.deputy else "",
        secretary=meeting.secretary.name if meeting.secretary else "",
        for_outside=outside is not None,
        blocks=tuple(
            _outside_block(item, rows, outside, day_of(at))
            if outside
            else _inside_block(item, rows, day_of(at))
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
        invited=tuple(_invited(one) for one in rows.invitations[item.pk]),
        terms=tuple(_term(row, on) for row in rows.terms[item.case_id]),
        decisions=tuple(_decision(row) for row in rows.decisions[item.case_id]),
        actions=tuple(_action(row, on) for row in rows.actions[item.case_id]),
        grounds={},
    )


def _outside_block(item: AgendaItem, rows: _Rows, reader: Viewer, on: date) -> AgendaBlock:
    """For another party: number and initials, the time it was asked for (a slot would tell how many come before)."""
    decisions, actions = rows.decisions[item.case_id], rows.actions[item.case_id]
    asked = next((one.expected_at for one in rows.invitations[item.pk] if one.expected_at), None)
    grounds = {
        **_grounds(item, reader, RowKind.ACTION, actions),
        **_grounds(item, reader, RowKind.DECISION, decisions),
    }
    return AgendaBlock(
        item_id=str(item.pk),
        case_id=str(item.case_id),
        identity=f"{item.case.number} · {item.case.detainee.initials}",
        subject=str(ItemKind(item.kind).label),
        time=f"{asked:%H.%M} uur" if asked else "",
        proposal="",
        invited=(),
        terms=tuple(_term(row, on) for row in rows.terms[item.case_id]),
        decisions=tuple(_decision(row) for row in decisions),
        actions=tuple(_action(row, on) for row in actions),
        grounds=grounds,
        ground_texts=_ground_texts(grounds),
    )


def _rows(meeting: Meeting, items: Sequence[AgendaItem], readers: Sequence[Viewer], at: datetime) -> _Rows:
    case_ids = [item.case_id for item in items]
    invitations = list(invitations_of(readers[-1], items))
    return _Rows(
        slots=_slots(meeting, items),
        notes={
            note.item_id: note for note in notes_of(*readers).filter(item__in=[item.pk for item in items])
        },
        invitations=_grouped(invitations, "item_id"),
        terms=_grouped(_terms(case_ids, readers, at), "case_id"),
        decisions=_grouped(_last_decisions(meeting, case_ids, readers), "case_id"),
        actions=_grouped(_open_actions(case_ids, readers), "case_id"),
    )


def _slots(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[UUID, str]:
    """From when till when each item is planned."""
    slots, start = {}, meeting.starts_at
    for item in items:
        end = start + timedelta(minutes=item.minutes)
        slots[item.pk], start = f"{_clock(start)} – {_clock(end)}", end
    return slots


def _terms(case_ids: Sequence[UUID], readers: Sequence[Viewer], at: datetime) -> list[Deadline]:
    """The first open round of each step that every reader works with (C4)."""
    open_terms = Deadline.objects.filter(case__in=case_ids).open().with_state(day_of(at))
    first: dict[tuple[UUID, str], Deadline] = {}
    for term in open_terms:
        first.setdefault((term.case_id, term.step), term)
    terms = list(first.values())
    for reader in readers:
        rows = CaseParty.objects.active(at).filter(case__in=case_ids, party=reader.organisation)
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


def _grounds(
    item: AgendaItem, reader: Viewer, kind: RowKind, rows: Iterable[Decision | Action]
) -> dict[str, Ground]:
    """On which ground each shown domain is read; an own action needs none (C3)."""
    domains = sorted({row.domain for row in rows if row.domain})
    sight = sight_of(reader, item.case, kind) if domains else None
    return {domain: ground for domain in domains if sight and (ground := sight.ground_of(domain))}


def _ground_texts(grounds: dict[str, Ground]) -> tuple[str, ...]:
    """One sentence per ground, with the domains it opens."""
    domains: dict[str, list[str]] = defaultdict(list)
    for domain, ground in sorted(grounds.items()):
        domains[ground.label].append(_domain(domain))
    return tuple(f"{', '.join(opened)}: {label}" for label, opened in domains.items())


def _term(row: Deadline, on: date) -> TermLine:
    """A day from which something may happen is never late (C4 promotion_earliest)."""
    rule = step_of(row.step, row.step_valid_from)
    if rule.earliest and row.due_on <= on:
        return TermLine(rule.label, day_text(row.due_on), "kan nu", is_late=False)
    return TermLine(rule.label, day_text(row.due_on), days_text(row.due_on, on).lower(), row.due_on < on)


def _action(row: Action, on: date) -> ActionLine:
    return ActionLine(
        domain=_domain(row.domain),
        text=row.text,
        party=row.assignee.name,
        due=day_text(row.due_on, unknown="geen datum"),
        standing=days_text(row.due_on, on).lower() if row.due_on else "",
        is_late=row.due_on is not None and row.due_on < on,
    )


def _decision(row: Decision) -> DecisionLine:
    kind = "" if row.kind == DecisionKind.OTHER else str(DecisionKind(row.kind).label)
    return DecisionLine(day_text(day_of(row.decided_at)), kind, row.text, _domain(row.domain))


def _invited(invitation: Invitation) -> str:
    return f"{invitation.organisation.name} ({InvitationAnswer(invitation.answer).label})"


def _domain(code: str) -> str:
    return str(LifeDomain(code).label) if code else ""


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H.%M}"


def _grouped(rows: Iterable[Row], key: str) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
