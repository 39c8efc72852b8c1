"""Are terms met on time? Counted per step and month, for the cases of one organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from cases.models import CaseParty, Deadline, DeadlineStatus
from cases.process import step_of, steps_for
from cases.querysets import EARLIEST_STEPS
from cases.worklist import CAPACITIES_OF
from parties.viewer import Viewer

SMALLEST = 10
"""A smaller count says something about a person, so it is not shown (C5.20)."""


@dataclass(frozen=True)
class Timeliness:
    """One step in one month, by the day it was due. A term that lapsed before its day was not missed (C6.20)."""

    month: date
    step: str
    on_time: int
    late: int
    lapsed: int


def timeliness(viewer: Viewer, since: date) -> list[Timeliness]:
    """The terms that were due from ``since`` up to today, newest month first.

    However a term was closed, when that was after its day it had been missed by then: no later rule makes that undone.
    """
    closed_late = Q(status__in=(DeadlineStatus.MET, DeadlineStatus.LAPSED), closed_on__gt=F("due_on"))
    in_time = Q(closed_on__lte=F("due_on"))
    rows = (
        _terms(viewer)
        .filter(due_on__gte=since, due_on__lt=viewer.on)
        .annotate(month=TruncMonth("due_on"))
        .values("month", "step")
        .annotate(
            on_time=Count("id", filter=Q(status=DeadlineStatus.MET) & in_time),
            late=Count("id", filter=Q(status=DeadlineStatus.OPEN) | closed_late),
            lapsed=Count("id", filter=Q(status=DeadlineStatus.LAPSED) & in_time),
        )
        .order_by("-month", "step")
    )
    return [
        Timeliness(
            row["month"], step_of(row["step"], row["month"]).label, row["on_time"], row["late"], row["lapsed"]
        )
        for row in rows
    ]


def shown(number: int) -> str:
    """A count as it may be shown."""
    return str(number) if number >= SMALLEST else f"minder dan {SMALLEST}"


def _terms(viewer: Viewer) -> QuerySet[Any]:  # values of deadlines
    mine = CaseParty.objects.of(viewer).working_by_dates().filter(case=OuterRef("case"))
    return Deadline.objects.filter(Exists(mine)).for_steps(_steps(viewer))


def _steps(viewer: Viewer) -> Collection[str]:
    ours = {step for capacity in CAPACITIES_OF.get(viewer.kind, ()) for step in steps_for(capacity)}
    return ours - set(EARLIEST_STEPS)
