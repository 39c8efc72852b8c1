"""The page of one meeting: its agenda as this viewer may see it, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meetings import rules
from meetings.access import decisions_of, invitations_of, notes_of, write_reading
from meetings.agenda import agenda_for
from meetings.copies import copies_of
from meetings.forms.agenda import AddItemForm, AnswerForm
from meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Invitation,
    InvitationAnswer,
    ItemNote,
    Meeting,
    MeetingState,
)
from meetings.proposals import Proposal, planned_elsewhere, proposals_for
from meetings.sheet import AgendaBlock
from meetings.views.door import Door, enter
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.workdays import day_of

STATE_TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "inactive",
}


@dataclass(frozen=True)
class Line:
    """One item on the page: the same block as on paper, with what was decided and what can be done."""

    item: AgendaItem
    block: AgendaBlock
    name: str
    url: str
    warning: str
    note: ItemNote | None
    decisions: list[Decision]
    answer_form: AnswerForm | None
    answered: str


@require_safe
def meeting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    door = enter(request, pk, "overleg-inzien")
    return meeting_page(door)


def meeting_page(door: Door, *, add_form: AddItemForm | None = None) -> HttpResponse:
    """The page, with a form that was refused where there is one."""
    copies = copies_of(door.meeting, door.opened.items, door.viewer)
    proposals = _proposals(door)
    return door.show(
        "meeting",
        lines=_lines(door),
        copies=copies,
        outdated=[copy for copy in copies if copy.outdated],
        proposals=proposals,
        late=sum(1 for proposal in proposals if proposal.state == "late"),
        add_form=add_form or AddItemForm(),
        people=_people(door),
        has_minutes=rules.has_minutes(door.meeting),
        state_tone=STATE_TONES[MeetingState(door.meeting.state)],
        facts=_facts(door),
    )


def _lines(door: Door) -> list[Line]:
    """Item and block of the same row, since both come from the same querysets in the same order."""
    items, viewer = door.opened.items, door.viewer
    blocks = {block.item_id: block for block in agenda_for(door.meeting, [viewer], viewer.at).blocks}
    decisions: dict[UUID, list[Decision]] = {}
    pks = [item.pk for item in items]
    for decision in decisions_of(viewer).filter(item__in=pks).select_related("assignee"):
        decisions.setdefault(decision.item_id, []).append(decision)
    notes = {note.item_id: note for note in notes_of(viewer).filter(item__in=pks)}
    invitations = _own_invitations(door)
    elsewhere = _elsewhere(door)
    lines = []
    for item in items:
        other, invitation = elsewhere.get(item.case_id), invitations.get(item.pk)
        lines.append(
            Line(
                item=item,
                block=blocks[str(item.pk)],
                name=_name(door, item, blocks[str(item.pk)]),
                url=door.item_address(item),
                warning=f"Staat ook op het overleg van {day_text(day_of(other))}." if other else "",
                note=notes.get(item.pk),
                decisions=decisions.get(item.pk, []),
                answer_form=_answer_form(door, invitation),
                answered=InvitationAnswer(invitation.answer).label if invitation else "",
            )
        )
    return lines


def _name(door: Door, item: AgendaItem, block: AgendaBlock) -> str:
    """The name for who may know it; only paper for others has initials."""
    if door.meeting.organisation_id == door.viewer.organisation.pk:
        return block.identity
    named: bool = item.named  # type: ignore[attr-defined]  # annotated
    return f"{item.case.detainee.full_name} · {item.case.number}" if named else f"Zaak {item.case.number}"


def _elsewhere(door: Door) -> dict[UUID, datetime]:
    """Two open meetings for one case is worth a warning, for who still prepares this one."""
    if not door.may_prepare:
        return {}
    return planned_elsewhere(door.viewer, door.meeting, [item.case_id for item in door.opened.items])


def _own_invitations(door: Door) -> dict[UUID, Invitation]:
    mine = invitations_of(door.viewer, door.opened.items).filter(organisation=door.viewer.organisation)
    return {invitation.item_id: invitation for invitation in mine}


def _answer_form(door: Door, invitation: Invitation | None) -> AnswerForm | None:
    if invitation is None or door.meeting.state != MeetingState.PLANNED:
        return None
    return AnswerForm(initial={"answer": invitation.answer}, prefix=str(invitation.pk))


def _proposals(door: Door) -> list[Proposal]:
    if not door.may_prepare:
        return []
    proposals = proposals_for(door.meeting, door.viewer)
    write_reading(door.viewer, door.meeting, "overleg-voorstellen", (one.case for one in proposals))
    return proposals


def _people(door: Door) -> list[Attendance]:
    """Who was there, for the PI: names of other guests would tell who is involved in other items."""
    if door.meeting.organisation_id != door.viewer.organisation.pk:
        return []
    rows = Attendance.objects.filter(meeting=door.meeting).select_related("organisation")
    return list(rows.order_by("-present", "organisation__name", "person"))


def _facts(door: Door) -> list[dict[str, str]]:
    meeting = door.meeting
    own = (
        meeting.organisation_id == door.viewer.organisation.pk
    )  # a reason may tell about somebody else's item
    facts = [
        ("Inrichting", meeting.organisation.name),
        ("Plaats", meeting.place),
        ("Voorzitter", meeting.chair.name),
        ("Plaatsvervanger", meeting.deputy.name if meeting.deputy else ""),
        ("Secretaris", meeting.secretary.name if meeting.secretary else ""),
        ("Was gepland op", moment_text(meeting.starts_at) if _was_moved(meeting) else ""),
        ("Voorgezeten door", meeting.chaired_by.name if meeting.chaired_by else ""),
        ("Reden afgelasten", meeting.cancel_reason if own else ""),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _was_moved(meeting: Meeting) -> bool:
    """Whether it was held on another day than planned."""
    return day_of(meeting.took_place_at) != day_of(meeting.starts_at)
