"""What must this party do today? Numbers and work beside the worklist, in one statement.

One statement, because a start page may cost seven (quality Q1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject

from cases import worklist
from cases.bell import Bell, bell_for, read_bell
from cases.deputies import absent_for
from cases.frame import Part
from cases.models import Capacity, CaseParty, SavedView
from cases.rules import may_see_work_of_others
from cases.worklist import COUNTED, Scope, State, Worker
from consent.knowledge import knowing
from consent.soon import ending_consents
from meetings import work
from meetings.turns import conditions
from meetings.work import PLANNING_PARTIES, Work
from parties.models import Organisation
from parties.viewer import Viewer

SHOWN = 20
"""More than a person can do today; a page of its own shows them all."""


PILES = ("begins", "tasks", "actions", "terms")
READ = (
    *(
        "counts",
        "bell",
        "has_own",
        "unassigned",
        "releases",
        "late_per_worker",
        "standing_in_for",
        "views",
        "municipalities",
        "facilities",
        "units",
        "workers",
        "invitations",
        "sheets",
        "ending",
    ),
    *PILES,
    *(f"{name}_total" for name in PILES),
)
"""What the one statement brings."""
SOON_WEEKS = 4
"""Within how many weeks somebody goes "soon", on the start page."""
NO_ROWS = CaseParty.objects.none()


class Pile(NamedTuple):
    """Work of one kind: what is shown of it, and how much there is."""

    shown: list[Work]
    total: int


@dataclass(frozen=True)
class Choice:
    """A value of a filter: an organisation that occurs in this worklist."""

    id: str
    name: str


@dataclass(frozen=True)
class Late:
    """How many cases of one colleague are late; without a name: of nobody."""

    id: str
    name: str
    number: int


@dataclass(frozen=True)
class View:
    """A filter that this person keeps."""

    id: str
    name: str
    filters: dict[str, str]
    is_start: bool


@dataclass(frozen=True)
class Desk:
    """Everything on the start page but the rows of the list."""

    counts: dict[str, int]
    bell: Bell
    has_own: bool
    unassigned: int
    """Within this scope, but for whose cases."""
    releases: int
    late_per_worker: list[Late]
    standing_in_for: list[Choice]
    views: list[View]
    ending: int
    begins: Pile
    tasks: Pile
    actions: Pile
    terms: Pile
    invitations: list[Work]
    sheets: list[Work]
    municipalities: list[Choice]
    facilities: list[Choice]
    units: list[Choice]
    workers: list[Choice]

    @property
    def work(self) -> Iterable[Work]:
        """Everything of which a name is shown, for the ledger."""
        return (
            *self.begins.shown,
            *self.tasks.shown,
            *self.actions.shown,
            *self.terms.shown,
            *self.invitations,
            *self.sheets,
        )


def desk_of(viewer: Viewer, scope: Scope) -> Desk:
    """Read the desk of this person within this scope."""
    everything = worklist.worklist_of(viewer)
    from_where, where = (everything.filter(knowing(viewer, part)) for part in (Part.IDENTITY, Part.DETENTION))
    nobody, soon = replace(scope, worker=Worker.NOBODY), Scope(weeks=SOON_WEEKS, known=scope.known)
    tasks, begins = _tasks(viewer)
    read = (
        Organisation.objects.filter(pk=viewer.organisation.pk)
        .annotate(
            counts=Subquery(_counts(worklist.worklist_of(viewer, scope), viewer)),
            bell=bell_for(viewer),
            has_own=ExpressionWrapper(Q(Exists(worklist.own_rows(viewer))), BooleanField()),
            unassigned=Coalesce(Subquery(_number(worklist.worklist_of(viewer, nobody), by="party")), 0),
            releases=Coalesce(Subquery(_number(worklist.worklist_of(viewer, soon), by="party")), 0),
            late_per_worker=ArraySubquery(_late_per_worker(everything, viewer)),
            standing_in_for=ArraySubquery(_choices(absent_for(viewer), "user")),
            views=ArraySubquery(_views(viewer)),
            municipalities=ArraySubquery(_choices(from_where, "case__origin_municipality")),
            facilities=ArraySubquery(_choices(_facilities(where, viewer), "party")),
            units=ArraySubquery(_units(everything)),
            workers=ArraySubquery(_choices(everything, "worker")),
            invitations=ArraySubquery(_invitations(viewer).values(json=work.INVITATION_FIELDS)[:SHOWN]),
            sheets=ArraySubquery(work.unread_sheets(viewer).values(json=work.SHEET_FIELDS)[:SHOWN]),
            ending=Coalesce(Subquery(_ending(viewer)), 0),
            **_pile("begins", begins, work.TASK_FIELDS, by="party"),
            **_pile("tasks", tasks, work.TASK_FIELDS, by="party"),
            **_pile("actions", work.open_actions(viewer), work.ACTION_FIELDS, by="assignee"),
            **_pile("terms", work.open_terms(viewer), work.TERM_FIELDS, by="status"),
        )
        .values(*READ)
        .get()
    )
    return _desk(read, viewer)


def _desk(read: dict[str, Any], viewer: Viewer) -> Desk:  # as it came out of JSON
    """What the statement brought, as rows and numbers."""
    return Desk(
        counts=read["counts"] or dict.fromkeys(("all", *COUNTED), 0),
        bell=read_bell(read["bell"], viewer.at),
        has_own=read["has_own"],
        unassigned=read["unassigned"],
        releases=read["releases"],
        late_per_worker=sorted(
            (Late(**row) for row in read["late_per_worker"] or ()), key=lambda late: (-late.number, late.name)
        ),
        standing_in_for=_sorted(read["standing_in_for"]),
        views=[View(**row) for row in read["views"]],
        ending=read["ending"],
        begins=Pile([work.task_work(row) for row in read["begins"]], read["begins_total"]),
        tasks=Pile([work.task_work(row) for row in read["tasks"]], read["tasks_total"]),
        actions=Pile([work.action_work(row) for row in read["actions"]], read["actions_total"]),
        terms=Pile([work.term_work(row) for row in read["terms"] or ()], read["terms_total"]),
        invitations=[work.invitation_work(row) for row in read["invitations"]],
        sheets=[work.sheet_work(row) for row in read["sheets"]],
        municipalities=_sorted(read["municipalities"]),
        facilities=_sorted(read["facilities"]),
        units=_sorted(read["units"]),
        workers=_sorted(read["workers"]),
    )


def _tasks(viewer: Viewer) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The tasks apart from the begin messages of the last days."""
    rows = work.open_tasks(viewer)
    new = work.is_recent_begin(viewer)
    return rows.exclude(new), rows.filter(new)


def _pile(name: str, rows: QuerySet[Any], fields: JSONObject, *, by: str) -> dict[str, Any]:
    """The first rows of a kind of work, and how many there are."""
    return {
        name: ArraySubquery(rows.values(json=fields)[:SHOWN]),
        f"{name}_total": Coalesce(Subquery(_number(rows, by=by)), 0),
    }


def _number(rows: QuerySet[Any], *, by: str) -> QuerySet[Any]:  # one number
    return rows.order_by().values(by).annotate(n=Count("pk")).values("n")


def _invitations(viewer: Viewer) -> QuerySet[Any]:
    """What waits for an answer; a partner sees all its coming meetings, since those are its work."""
    if viewer.is_of(*PLANNING_PARTIES):
        return work.unanswered(viewer)
    return work.coming_invitations(viewer)


def _counts(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[Any]:  # rows of one JSON value
    asked = conditions(viewer)
    numbers = {f"n{place}": Count("id", filter=asked[state]) for place, state in enumerate(COUNTED)}
    names = {str(state): F(f"n{place}") for place, state in enumerate(COUNTED)}
    counted = rows.order_by().values("party").annotate(n=Count("id"), **numbers)
    return counted.annotate(json=JSONObject(all=F("n"), **names)).values("json")


def _late_per_worker(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[Any]:  # same
    """For who arranges the work of colleagues, and for the director who reads along."""
    if not may_see_work_of_others(viewer):
        rows = NO_ROWS
    late = rows.filter(conditions(viewer)[State.LATE]).order_by()
    counted = late.values("worker", "worker__name").annotate(n=Count("id"))
    name = Coalesce("worker__name", Value(""))
    return counted.values(json=JSONObject(id="worker", name=name, number="n"))


def _views(viewer: Viewer) -> QuerySet[Any]:  # same
    fields = JSONObject(id="id", name="name", filters="filters", is_start="is_start")
    return SavedView.objects.of(viewer).values(json=fields)


def _units(rows: QuerySet[CaseParty]) -> QuerySet[Any]:  # same
    named = rows.exclude(unit="").order_by()
    return named.values(json=JSONObject(id="unit", name="unit")).distinct()


def _ending(viewer: Viewer) -> QuerySet[Any]:  # one number
    """In how many cases of this PI a consent ends soon or ended just now."""
    rows = ending_consents(viewer).order_by().annotate(one=Value(1)).values("one")
    return rows.annotate(n=Count("case", distinct=True)).values("n")


def _choices(rows: QuerySet[Any], path: str) -> QuerySet[Any]:  # rows of one JSON value
    """Every organisation or person that stands at this place, once; sorted by who reads it."""
    known = rows.filter(**{f"{path}__isnull": False}).order_by()
    return known.values(json=JSONObject(id=path, name=f"{path}__name")).distinct()


def _facilities(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[CaseParty]:
    prisons = CaseParty.objects.holding(viewer.at).filter(capacity=Capacity.PRISON)
    return prisons.filter(case__in=rows.order_by().values("case"))


def _sorted(rows: list[dict[str, str]]) -> list[Choice]:
    return sorted((Choice(**row) for row in rows), key=lambda choice: (choice.name, choice.id))
