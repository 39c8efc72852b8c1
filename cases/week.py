"""How does the work of this week lie with each worker? The same conditions as the worklist, so that numbers equal lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from cases.models import CaseParty
from cases.worklist import State, worklist_of
from parties.viewer import Viewer


@dataclass(frozen=True)
class Load:
    """The open cases of one worker, or of nobody, counted per state; only of what this viewer may open now."""

    worker_id: UUID | None
    name: str
    total: int
    numbers: Mapping[State, int]


def loads_of(viewer: Viewer, conditions: Mapping[State, Q]) -> list[Load]:
    """One line per worker by name, those without a worker first; one statement."""
    counts = {f"n{place}": Count("id", filter=q) for place, q in enumerate(conditions.values())}
    rows: QuerySet[Any] = (
        worklist_of(viewer)
        .order_by()
        .values("worker", person=F("worker__name"))
        .annotate(total=Count("id"), **counts)
        .order_by(F("worker__name").asc(nulls_first=True), "worker")
    )
    return [
        Load(
            worker_id=row["worker"],
            name=row["person"] or "",
            total=row["total"],
            numbers={state: row[f"n{place}"] for place, state in enumerate(conditions)},
        )
        for row in rows
    ]


def rows_of(
    viewer: Viewer, conditions: Mapping[State, Q], *, worker: UUID | None, state: State | None
) -> QuerySet[CaseParty]:
    """The cases behind one number. ``worker`` None: the cases without one."""
    rows = worklist_of(viewer).filter(worker=worker)
    return rows.filter(conditions[state]) if state else rows
