"""What goes on in one case beside its frame and its domains: tasks, plan, actions and meetings, in one statement.

It stands on top since a case page shows them all; one statement because that page may cost twelve (quality Q1).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from cases.bell import Bell, bell_for, read_bell
from cases.models import Case, CaseTask, DeadlineStatus, LifeDomain, TaskKind
from meetings import work
from meetings.access import items_of
from meetings.models import ItemKind, MeetingKind, MeetingState
from meetings.work import Work
from parties.models import called
from parties.viewer import Viewer
from plans.models import Action, ActionState, ContentTerm, DetaineeView, Plan, PlanState

SHOWN_ACTIONS = 200
SHOWN_MEETINGS = 10
TERM_FIELDS = (
    *("id", "step", "step_valid_from", "about", "domain", "round", "capacity", "status"),
    *("starts_on", "due_on", "explanation"),
)


@dataclass(frozen=True)
class TaskLine:
    """A piece of work of our own organisation."""

    id: UUID
    kind: str
    label: str
    explanation: str
    opened_at: datetime


@dataclass(frozen=True)
class ActionLine:
    """An open action as far as this viewer may see it."""

    id: UUID
    domain: str
    text: str
    due_on: date | None
    party_id: UUID
    party: str


@dataclass(frozen=True)
class PlanLine:
    """How the D&R-plan stands."""

    state: str
    lead: str
    discussed_on: date | None
    detainee_view: str
    adopted_on: date | None
    adopted_number: int


@dataclass(frozen=True)
class MeetingLine:
    """A meeting with this case on its agenda, for who may see that item."""

    id: UUID
    kind: str
    item: str
    starts_at: datetime
    state: str
    held: bool


@dataclass(frozen=True)
class Overview:
    tasks: list[TaskLine]
    actions: list[ActionLine]
    plan: PlanLine | None
    meetings: list[MeetingLine]
    invitations: list[Work]
    sheets: list[Work]
    terms: list[ContentTerm]
    """Terms of content that run, without what a page of the case does not show."""
    bell: Bell


def overview_of(case: Case, viewer: Viewer) -> Overview:
    """Read it all for this viewer; content through ``visible_to``, tasks of our own organisation only."""
    read = (
        Case.objects.filter(pk=case.pk)
        .annotate(
            task_rows=ArraySubquery(_tasks(viewer)),
            action_rows=ArraySubquery(_actions(viewer)),
            plan_rows=ArraySubquery(_plan(viewer)),
            meeting_rows=ArraySubquery(_meetings(viewer)),
            invitation_rows=ArraySubquery(_here(work.unanswered(viewer), work.INVITATION_FIELDS)),
            term_rows=ArraySubquery(_terms(viewer)),
            sheet_rows=ArraySubquery(_here(work.unread_sheets(viewer), work.SHEET_FIELDS)),
            bell=bell_for(viewer),
        )
        .values(
            "task_rows",
            "action_rows",
            "plan_rows",
            "meeting_rows",
            "invitation_rows",
            "sheet_rows",
            "term_rows",
            "bell",
        )
        .get()
    )
    return Overview(
        tasks=[_task(row) for row in read["task_rows"]],
        actions=[_action(row) for row in read["action_rows"]],
        plan=next((_plan_line(row) for row in read["plan_rows"]), None),
        meetings=[_meeting(row) for row in read["meeting_rows"]],
        invitations=[work.invitation_work(row) for row in read["invitation_rows"]],
        sheets=[work.sheet_work(row) for row in read["sheet_rows"]],
        terms=[_term(row) for row in read["term_rows"] or ()],
        bell=read_bell(read["bell"], viewer.at),
    )


def _here(rows: QuerySet[Any], fields: JSONObject) -> QuerySet[Any]:  # rows of one JSON value
    return rows.filter(case=OuterRef("pk")).values(json=fields)


def _tasks(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    mine = CaseTask.objects.filter(case=OuterRef("pk"), party=viewer.organisation.pk, done_at=None)
    fields = JSONObject(id="id", kind="kind", explanation="explanation", opened_at="opened_at")
    return mine.order_by("opened_at", "id").values(json=fields)


def _actions(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = Action.objects.visible_to(viewer).filter(case=OuterRef("pk"), state=ActionState.OPEN)
    fields = JSONObject(
        id="id",
        domain="domain",
        text="text",
        due_on="due_on",
        party_id="assignee_id",
        party="assignee__name",
        party_kind="assignee__kind",
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "id").values(json=fields)[:SHOWN_ACTIONS]


def _plan(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = Plan.objects.visible_to(viewer).filter(case=OuterRef("pk"))
    fields = JSONObject(
        state="state",
        lead="lead__name",
        lead_kind="lead__kind",
        discussed_on="discussed_on",
        detainee_view="detainee_view",
        adopted_on="adopted_on",
        adopted_number="adopted_number",
    )
    return rows.values(json=fields)[:1]


def _terms(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = ContentTerm.objects.visible_to(viewer).filter(case=OuterRef("pk"), status=DeadlineStatus.OPEN)
    fields = JSONObject(**{name: name for name in TERM_FIELDS})
    return rows.order_by("due_on", "step", "id").values(json=fields)


def _meetings(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = items_of(viewer).filter(case=OuterRef("pk"))
    fields = JSONObject(
        id="meeting_id",
        kind="meeting__kind",
        item="kind",
        starts_at=Coalesce("meeting__held_at", "meeting__starts_at"),
        state="meeting__state",
    )
    return rows.order_by("-meeting__starts_at", "id").values(json=fields)[:SHOWN_MEETINGS]


def _task(row: dict[str, Any]) -> TaskLine:  # as it came out of JSON
    return TaskLine(
        id=UUID(row["id"]),
        kind=row["kind"],
        label=str(TaskKind(row["kind"]).label),
        explanation=row["explanation"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
    )


def _action(row: dict[str, Any]) -> ActionLine:  # as it came out of JSON
    return ActionLine(
        id=UUID(row["id"]),
        domain=str(LifeDomain(row["domain"]).label) if row["domain"] else "",
        text=row["text"],
        due_on=_day(row["due_on"]),
        party_id=UUID(row["party_id"]),
        party=called(row["party_kind"], row["party"]),
    )


def _plan_line(row: dict[str, Any]) -> PlanLine:  # as it came out of JSON
    view = row["detainee_view"]
    return PlanLine(
        state=str(PlanState(row["state"]).label),
        lead=called(row["lead_kind"], row["lead"]) if row["lead"] else "",
        discussed_on=_day(row["discussed_on"]),
        detainee_view=str(DetaineeView(view).label) if view else "",
        adopted_on=_day(row["adopted_on"]),
        adopted_number=row["adopted_number"],
    )


def _term(row: dict[str, Any]) -> ContentTerm:  # as it came out of JSON
    days = {name: date.fromisoformat(row[name]) for name in ("step_valid_from", "starts_on", "due_on")}
    return ContentTerm(**{**row, **days})


def _meeting(row: dict[str, Any]) -> MeetingLine:  # as it came out of JSON
    return MeetingLine(
        id=UUID(row["id"]),
        kind=str(MeetingKind(row["kind"]).label),
        item=str(ItemKind(row["item"]).label),
        starts_at=datetime.fromisoformat(row["starts_at"]),
        state=str(MeetingState(row["state"]).label),
        held=row["state"] == MeetingState.HELD,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
