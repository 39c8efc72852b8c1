"""What must this party do today? Numbers, tasks and own actions beside the worklist, in one statement.

One statement, because a start page may cost seven (quality Q1). It stands above cases since own actions are content.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from cases import worklist
from cases.models import Capacity, CaseParty, CaseTask, Detainee, LifeDomain, Notification, TaskKind
from cases.worklist import Scope, State
from parties.ledger import Subject
from parties.models import Organisation
from parties.viewer import Viewer
from plans.models import Action, ActionState

SHOWN = 20
"""More than a person can do today; the rest stands on the pages of the cases."""


@dataclass(frozen=True)
class Work:
    """One thing to do in one case: a task of the frame or an action of the plan."""

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


@dataclass(frozen=True)
class Choice:
    """A value of a filter: an organisation that occurs in this worklist."""

    id: str
    name: str


@dataclass(frozen=True)
class Desk:
    """Everything on the start page but the rows of the list."""

    counts: dict[str, int]
    unread: int
    tasks: list[Work]
    actions: list[Work]
    municipalities: list[Choice]
    facilities: list[Choice]

    @property
    def work(self) -> Iterable[Work]:
        return (*self.tasks, *self.actions)


def conditions(viewer: Viewer) -> dict[State, Q]:
    """What each of the four numbers counts; the filtered list uses the same."""
    return {
        State.LATE: worklist.late(viewer.on),
        State.THIS_WEEK: worklist.this_week(viewer.on),
        State.SUSPENDED: worklist.suspended(),
        State.WAITING: waiting_on_others(viewer),
    }


def waiting_on_others(viewer: Viewer) -> Q:
    """Another party has an open action in this case, as far as this viewer may know (R19)."""
    theirs = Action.objects.visible_to(viewer).filter(case=OuterRef("case"), state=ActionState.OPEN)
    return Q(Exists(theirs.exclude(assignee=viewer.organisation.pk)))


def desk_of(viewer: Viewer, scope: Scope) -> Desk:
    """Read the desk of this person within this scope."""
    rows = worklist.worklist_of(viewer, scope)
    mine = worklist.knowing_places(worklist.worklist_of(viewer))
    read = (
        Organisation.objects.filter(pk=viewer.organisation.pk)
        .annotate(
            counts=Subquery(_counts(rows, viewer)),
            unread=Coalesce(Subquery(_unread(viewer)), 0),
            tasks=ArraySubquery(_tasks(viewer)),
            actions=ArraySubquery(_actions(viewer)),
            municipalities=ArraySubquery(_choices(mine, "case__origin_municipality")),
            facilities=ArraySubquery(_choices(_facilities(mine, viewer), "party")),
        )
        .values("counts", "unread", "tasks", "actions", "municipalities", "facilities")
        .get()
    )
    return Desk(
        counts=read["counts"] or dict.fromkeys(("all", *State.values), 0),
        unread=read["unread"],
        tasks=[_task(row) for row in read["tasks"]],
        actions=[_action(row) for row in read["actions"]],
        municipalities=_sorted(read["municipalities"]),
        facilities=_sorted(read["facilities"]),
    )


def _counts(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    numbers = {f"n{place}": Count("id", filter=q) for place, q in enumerate(conditions(viewer).values())}
    names = {str(state): F(f"n{place}") for place, state in enumerate(conditions(viewer))}
    counted = rows.order_by().values("party").annotate(n=Count("id"), **numbers)
    return counted.annotate(json=JSONObject(all=F("n"), **names)).values("json")


def _unread(viewer: Viewer) -> QuerySet[Any]:  # one number
    unread = Notification.objects.inbox_of(viewer).unread().order_by()
    return unread.values("recipient").annotate(n=Count("id")).values("n")


def _tasks(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = CaseTask.objects.filter(_takes_part(viewer), party=viewer.organisation.pk, done_at=None)
    fields = JSONObject(kind="kind", detail="explanation", opened_at="opened_at", **_CASE_FIELDS)
    return rows.order_by("-opened_at", "id").values(json=fields)[:SHOWN]


def _actions(viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    rows = Action.objects.visible_to(viewer).filter(assignee=viewer.organisation.pk, state=ActionState.OPEN)
    fields = JSONObject(kind="domain", detail="text", due_on="due_on", **_CASE_FIELDS)
    return rows.order_by(F("due_on").asc(nulls_last=True), "id").values(json=fields)[:SHOWN]


_CASE_FIELDS = {
    "id": "id",
    "case_id": "case_id",
    "number": "case__number",
    "detainee_id": "case__detainee_id",
    "first_names": "case__detainee__first_names",
    "prefix": "case__detainee__prefix",
    "surname": "case__detainee__surname",
}


def _takes_part(viewer: Viewer) -> Exists:
    mine = CaseParty.objects.active(viewer.at).filter(case=OuterRef("case"), party=viewer.organisation.pk)
    return Exists(mine)


def _choices(rows: QuerySet[CaseParty], path: str) -> QuerySet[Any]:  # rows of one JSON value
    """Every organisation that stands at this place, once; sorted by who reads it."""
    known = rows.filter(**{f"{path}__isnull": False}).order_by()
    return known.values(json=JSONObject(id=path, name=f"{path}__name")).distinct()


def _facilities(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[CaseParty]:
    prisons = CaseParty.objects.active(viewer.at).filter(capacity=Capacity.PRISON)
    return prisons.filter(case__in=rows.order_by().values("case"))


def _sorted(rows: list[dict[str, str]]) -> list[Choice]:
    return sorted((Choice(**row) for row in rows), key=lambda choice: (choice.name, choice.id))


def _task(row: dict[str, Any]) -> Work:  # as it came out of JSON
    return _work(
        row,
        kind=row["kind"],
        text=str(TaskKind(row["kind"]).label),
        detail=row["detail"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
    )


def _action(row: dict[str, Any]) -> Work:  # as it came out of JSON
    return _work(
        row,
        kind="actie",
        text=row["detail"],
        detail=str(LifeDomain(row["kind"]).label) if row["kind"] else "",
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
    )


def _work(row: dict[str, Any], **fields: Any) -> Work:  # as it came out of JSON
    person = Detainee(first_names=row["first_names"], prefix=row["prefix"], surname=row["surname"])
    return Work(
        id=row["id"],
        number=row["number"],
        name=person.sorted_name,
        case_id=row["case_id"],
        subject=Subject(subject_id=UUID(row["detainee_id"]), case_id=UUID(row["case_id"])),
        **fields,
    )
