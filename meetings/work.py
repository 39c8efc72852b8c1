"""Which things wait for this party? Tasks, own actions, terms, invitations to answer and sheets to read, one case or all.

Each is a named read; :mod:`meetings.desk` puts them on the start page and :mod:`meetings.overview` on the page of a case.
It stands on top since invitations hang on meetings.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from cases.models import CaseParty, CaseTask, DeadlineStatus, Detainee, LifeDomain, TaskKind
from cases.process import STEP_RULES, step_of
from cases.steps import Room
from consent.knowledge import knows_name
from meetings.access import items_of
from meetings.models import Invitation, InvitationAnswer, MeetingKind, MeetingState
from parties.ledger import Subject
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.models import Action, ActionState, ContentTerm, InformationSheet, SheetState

RECENT_DAYS = 7
PLANNING_PARTIES = (PartyKind.PRISON, PartyKind.MUNICIPALITY, PartyKind.PROBATION)
ACTION, INVITATION, SHEET, TERM = "actie", "uitnodiging", "informatieblad", "termijn"
ACTED_ON = sorted({str(rule.step) for rule in STEP_RULES if rule.room is Room.CONTENT and not rule.earliest})
"""Steps of content with a last day to do something; the others only tell from when something is so."""

Rows = QuerySet[Any]  # rows of one JSON value, or of content


@dataclass(frozen=True)
class Work:
    """One thing to do in one case."""

    id: str
    kind: str
    text: str
    detail: str
    number: str
    name: str
    case_id: str
    subject: Subject
    due_on: date | None = None
    opened_at: datetime | None = None
    meeting_id: str = ""
    answer: str = ""


def open_tasks(viewer: Viewer) -> Rows:
    """The tasks of the organisation in its cases, the oldest first."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
    rows = CaseTask.objects.filter(Exists(mine), party=viewer.organisation.pk, done_at=None)
    return _named(rows, viewer).order_by("opened_at", "id")


def is_recent_begin(viewer: Viewer) -> Q:
    """A begin message of the last days stands on top for a gemeente (R21)."""
    since = viewer.at - timedelta(days=RECENT_DAYS)
    return Q(kind=TaskKind.BEGIN_MESSAGE, opened_at__gt=since, party__kind=PartyKind.MUNICIPALITY)


def open_actions(viewer: Viewer) -> Rows:
    """What the organisation has to do by the plan; first due first."""
    rows = Action.objects.visible_to(viewer).filter(assignee=viewer.organisation.pk, state=ActionState.OPEN)
    return _named(rows, viewer).order_by(F("due_on").asc(nulls_last=True), "id")


def open_terms(viewer: Viewer) -> Rows:
    """Open terms of content that this organisation itself must act on, as far as it may see them; first due first."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=OuterRef("capacity"))
    rows = ContentTerm.objects.visible_to(viewer).filter(
        Exists(mine), status=DeadlineStatus.OPEN, step__in=ACTED_ON
    )
    return _named(rows, viewer).order_by("due_on", "id")


def coming_invitations(viewer: Viewer) -> Rows:
    """Standing invitations of the organisation to items that it may see, in meetings that are still to be held."""
    visible = Exists(items_of(viewer).filter(pk=OuterRef("item")))
    rows = Invitation.objects.filter(visible, organisation=viewer.organisation.pk, withdrawn_at=None)
    planned = rows.filter(item__meeting__state=MeetingState.PLANNED, item__meeting__starts_at__gte=viewer.at)
    return _named(planned, viewer).order_by("item__meeting__starts_at", "id")


def unanswered(viewer: Viewer) -> Rows:
    """The invitations that wait for an answer."""
    return coming_invitations(viewer).filter(answer=InvitationAnswer.OPEN)


def unread_sheets(viewer: Viewer) -> Rows:
    """The informatiebladen that count now and that nobody of the recipient has opened (C5.3)."""
    sheets = InformationSheet.objects.visible_to(viewer).filter(recipient=viewer.organisation.pk)
    unread = sheets.filter(state=SheetState.ISSUED, opened_at=None)
    return _named(unread, viewer).order_by("issued_at", "id")


def _named(rows: Rows, viewer: Viewer) -> Rows:
    """With whether the name of the person may be told here (:mod:`consent.knowledge`)."""
    return rows.alias(named=knows_name(viewer))


_CASE = {
    "id": "id",
    "case_id": "case_id",
    "number": "case__number",
    "named": "named",
    "detainee_id": "case__detainee_id",
    "first_names": "case__detainee__first_names",
    "prefix": "case__detainee__prefix",
    "surname": "case__detainee__surname",
}

TASK_FIELDS = JSONObject(kind="kind", detail="explanation", opened_at="opened_at", **_CASE)
ACTION_FIELDS = JSONObject(kind="domain", detail="text", due_on="due_on", **_CASE)
TERM_FIELDS = JSONObject(kind="step", detail="domain", valid_from="step_valid_from", due_on="due_on", **_CASE)
INVITATION_FIELDS = JSONObject(
    kind="item__meeting__kind",
    meeting_id="item__meeting_id",
    opened_at="item__meeting__starts_at",
    answer="answer",
    **_CASE,
)
SHEET_FIELDS = JSONObject(detail="number", opened_at="issued_at", **_CASE)


def task_work(row: dict[str, Any]) -> Work:  # as it came out of JSON
    text = str(TaskKind(row["kind"]).label)
    return _work(row, kind=row["kind"], text=text, detail=row["detail"], opened_at=_moment(row))


def action_work(row: dict[str, Any]) -> Work:  # as it came out of JSON
    domain = str(LifeDomain(row["kind"]).label) if row["kind"] else ""
    due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    return _work(row, kind=ACTION, text=row["detail"], detail=domain, due_on=due)


def term_work(row: dict[str, Any]) -> Work:  # as it came out of JSON
    rule = step_of(row["kind"], date.fromisoformat(row["valid_from"]))
    domain = str(LifeDomain(row["detail"]).label) if row["detail"] else ""
    return _work(row, kind=TERM, text=rule.label, detail=domain, due_on=date.fromisoformat(row["due_on"]))


def invitation_work(row: dict[str, Any]) -> Work:  # as it came out of JSON
    answer = row["answer"]
    return _work(
        row,
        kind=INVITATION,
        text=str(MeetingKind(row["kind"]).label),
        detail="",
        opened_at=_moment(row),
        meeting_id=row["meeting_id"],
        answer="" if answer == InvitationAnswer.OPEN else str(InvitationAnswer(answer).label),
    )


def sheet_work(row: dict[str, Any]) -> Work:  # as it came out of JSON
    return _work(
        row, kind=SHEET, text="Informatieblad", detail=f"versie {row['detail']}", opened_at=_moment(row)
    )


def _moment(row: dict[str, Any]) -> datetime:  # as it came out of JSON
    return datetime.fromisoformat(row["opened_at"])


def _work(row: dict[str, Any], **fields: Any) -> Work:  # as it came out of JSON
    person = Detainee(first_names=row["first_names"], prefix=row["prefix"], surname=row["surname"])
    return Work(
        id=row["id"],
        number=row["number"],
        name=person.sorted_name if row["named"] else f"Zaak {row['number']}",
        case_id=row["case_id"],
        subject=Subject(subject_id=UUID(row["detainee_id"]), case_id=UUID(row["case_id"])),
        **fields,
    )
