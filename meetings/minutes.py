"""What came of a meeting, for these readers? The one answer for the besluitenlijst (C5.9, R131, R149, R205).

The same road as the agenda: every row passes ``visible_to`` of each reader. Another party reads its own items, of each
case what consent or law opens for it now, its own actions always (C3), and of who was there only itself and who led.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.models import Deadline
from cases.steps import Step
from consent.visibility import sights_of
from meetings.access import decisions_of, items_of, notes_of
from meetings.agenda import SHOWN, terms_of
from meetings.lines import (
    Sights,
    action_line,
    clock_text,
    decided_line,
    decision_line,
    ground_texts,
    grounds_of,
    grouped,
)
from meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    ItemKind,
    ItemNote,
    Meeting,
    MeetingKind,
    MeetingState,
)
from meetings.sheet import MinutesBlock, MinutesSheet
from parties.viewer import Viewer
from plans.models import Action
from reintegratie.lib.dutch import day_text, weekday_text
from reintegratie.lib.workdays import day_of


@dataclass(frozen=True)
class _Rows:
    """What the sheet is made of, read in a number of statements that does not grow with the meeting."""

    notes: dict[UUID, ItemNote]
    decisions: dict[UUID, list[Decision]]
    actions: dict[UUID, list[Action]]
    terms: dict[UUID, list[Deadline]]
    planned: dict[UUID, datetime]
    sights: Sights


def minutes_for(meeting: Meeting, readers: Sequence[Viewer], at: datetime) -> MinutesSheet:
    """The besluitenlijst of a held meeting as these readers may see it at this moment."""
    outside = next((reader for reader in readers if reader.organisation.pk != meeting.organisation_id), None)
    items = list(items_of(*readers).filter(meeting=meeting))
    rows = _rows(items, readers, outside, at)
    people = _people(meeting, outside)
    return MinutesSheet(
        kind=str(MeetingKind(meeting.kind).label),
        day=weekday_text(day_of(meeting.took_place_at)),
        time=clock_text(meeting.took_place_at),
        planned=_other_day(meeting),
        place=meeting.place,
        chair=_led_by(meeting),
        secretary=meeting.secretary.name if meeting.secretary else "",
        present=tuple(_person(one) for one in people if one.present),
        absent=tuple(f"{_person(one)}: {one.reason}" for one in people if not one.present),
        for_outside=outside is not None,
        blocks=tuple(_block(item, rows, day_of(at), outside=outside is not None) for item in items),
    )


def _block(item: AgendaItem, rows: _Rows, on: date, *, outside: bool) -> MinutesBlock:
    """For another party by number and initials, and without what the PI keeps beside an item."""
    note = rows.notes.get(item.pk)
    who, number = item.case.detainee, item.case.number
    decisions, actions = rows.decisions[item.pk], rows.actions[item.case_id]
    grounds = grounds_of(rows.sights, item.case_id, actions, decisions) if outside else {}
    return MinutesBlock(
        item_id=str(item.pk),
        case_id=str(item.case_id),
        identity=f"{number} · {who.initials}" if outside else f"{who.sorted_name} · {number}",
        subject=str(ItemKind(note.kind if note and not outside else item.kind).label),
        discussed=item.discussed,
        presence=_presence(note) if note and item.discussed and not outside else "",
        decisions=tuple(decision_line(one) for one in decisions if one.assignee is None),
        actions=(
            *(decided_line(one) for one in decisions if one.assignee is not None),
            *(action_line(one, on) for one in actions),
        ),
        upcoming=_upcoming(rows.terms[item.case_id], rows.planned.get(item.case_id)),
        grounds=grounds,
        ground_texts=ground_texts(grounds),
    )


def _rows(
    items: Sequence[AgendaItem], readers: Sequence[Viewer], outside: Viewer | None, at: datetime
) -> _Rows:
    case_ids = [item.case_id for item in items]
    decided = decisions_of(*readers).filter(item__in=[item.pk for item in items])
    decisions = list(decided.select_related("assignee"))
    terms = [term for term in terms_of(case_ids, readers, at) if term.step == Step.MDO_CYCLE]
    return _Rows(
        notes={
            note.item_id: note for note in notes_of(*readers).filter(item__in=[item.pk for item in items])
        },
        decisions=grouped(decisions, "item_id"),
        actions=grouped(_other_actions(items, decisions, readers), "case_id"),
        terms=grouped(terms, "case_id"),
        planned=_planned(case_ids, readers),
        sights=sights_of(outside, case_ids, SHOWN) if outside else {},
    )


def _other_actions(
    items: Sequence[AgendaItem], read: Iterable[Decision], readers: Sequence[Viewer]
) -> list[Action]:
    """What was agreed here and is seen as an action though not as a decision: somebody's own task (C3)."""
    agreed = Decision.objects.unrestricted(
        reason="welke acties uit dit overleg kwamen; de actie zelf gaat langs de regel"
    )
    actions = Action.objects.filter(
        decision_id__in=agreed.filter(item__in=[item.pk for item in items]).values("pk")
    ).exclude(decision_id__in=[one.pk for one in read])
    for reader in readers:
        actions = actions.visible_to(reader)
    return list(actions.select_related("assignee").order_by("due_on", "domain", "text", "pk"))


def _planned(case_ids: Sequence[UUID], readers: Sequence[Viewer]) -> dict[UUID, datetime]:
    """The first meeting that is planned for each case, where every reader knows of it."""
    later = items_of(*readers).filter(case__in=case_ids, meeting__state=MeetingState.PLANNED)
    return dict(later.order_by("-meeting__starts_at").values_list("case_id", "meeting__starts_at"))


def _people(meeting: Meeting, outside: Viewer | None) -> list[Attendance]:
    """Names of other guests would tell who is involved in other items, so a guest reads its own."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("organisation")
    if outside:
        rows = rows.filter(organisation=outside.organisation)
    return list(rows.order_by("organisation__name", "person"))


def _person(one: Attendance) -> str:
    return f"{one.person} ({one.organisation.called})"


def _led_by(meeting: Meeting) -> str:
    """Who chaired, and that it was the deputy (C5.9)."""
    led = meeting.chaired_by or meeting.chair
    return led.name if led == meeting.chair else f"{led.name}, plaatsvervanger van {meeting.chair.name}"


def _other_day(meeting: Meeting) -> str:
    """The day it was planned for, when it was held on another."""
    planned = day_of(meeting.starts_at)
    return weekday_text(planned) if planned != day_of(meeting.took_place_at) else ""


def _presence(note: ItemNote) -> str:
    if note.detainee_present:
        return "De gedetineerde was erbij."
    return f"De gedetineerde was er niet bij: {note.detainee_absence_reason.rstrip('.')}."


def _upcoming(terms: Sequence[Deadline], planned: datetime | None) -> tuple[str, ...]:
    due = tuple(f"Volgend MDO uiterlijk {day_text(term.due_on)} ({term.explanation})" for term in terms[:1])
    return (*due, f"Staat op het overleg van {day_text(day_of(planned))}") if planned else due
