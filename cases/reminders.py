"""Which reminders are due for open terms that nobody has been sent yet? One statement, however many cases (R10).

'Not later than', never 'equal to': after a missed night the stage of today is still found, and the stages that passed
meanwhile are not sent any more. A term that moved has a new due date, so its reminders begin anew (users.md 3.12).
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import (
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from cases.models import Capacity, CaseParty, Channel, Deadline, Notification
from cases.process import STEP_RULES
from cases.steps import Room, StepRule, Unit
from reintegratie.lib.workdays import add_working_days, day_of, is_working_day

BEFORE, ON_THE_DAY, LATE, ESCALATION, POSSIBLE = "voor", "op-de-dag", "te-laat", "opschaling", "mogelijk"
ESCALATE_AFTER = 10
"""Working days after which the head of the responsible party is told (C4: 'UH overdue')."""


@dataclass(frozen=True)
class Window:
    """Terms of these steps whose due date lies in (after, until] are in this stage today."""

    stage: str
    steps: tuple[str, ...]
    after: date
    until: date

    @property
    def condition(self) -> Q:
        return Q(step__in=self.steps, due_on__gt=self.after, due_on__lte=self.until)


Hears = set[tuple[UUID, UUID]]
"""Which organisation hears of which term: pairs of their keys."""


@dataclass(frozen=True)
class Source:
    """Where open terms come from. Rows have the columns of ``Deadline``.

    ``hears``: which parties may know of which of these terms now; None when the frame decides that (C3).
    """

    open_rows: Callable[[], QuerySet[Any]]
    room: Room = Room.FRAME
    hears: Callable[[list[Any], list[CaseParty], datetime], Hears] | None = None


FRAME = Source(Deadline.objects.open)


class _WeeksLate(Func):
    """1 in the first week after the due date, 2 in the second."""

    template = "((%(expressions)s - 1) / 7 + 1)"
    arg_joiner = " - "
    output_field = IntegerField()


def windows(on: date, equated: Collection[date], room: Room = Room.FRAME) -> Iterator[Window]:
    """The stages before and on the day, for every step that warns (C4, column 'warn')."""
    for rule in {rule.step: rule for rule in STEP_RULES if rule.room is room}.values():
        steps = (str(rule.step),)
        edges = [on, *(_edge(rule, on, days, equated) for days in sorted(rule.warn_before))]
        if rule.earliest:
            yield Window(POSSIBLE, steps, on - timedelta(days=7), on)
        else:
            yield Window(ON_THE_DAY, steps, on - timedelta(days=1), on)
        for days, after, until in zip(sorted(rule.warn_before), edges[:-1], edges[1:], strict=True):
            yield Window(f"{BEFORE}-{days}", steps, after, until)


def _edge(rule: StepRule, on: date, days: int, equated: Collection[date]) -> date:
    """The last due date that lies this many days ahead, in the days of the term itself."""
    if rule.unit is Unit.WORKING_DAYS:
        return add_working_days(on, days, equated)[0]
    return on + timedelta(days=days)


def due_reminders(at: datetime, equated: Collection[date], source: Source = FRAME) -> QuerySet[Any]:
    """Open terms with ``stage`` and ``event``, of which no message was written; of a case that a PI keeps."""
    on = day_of(at)
    stages = [
        When(window.condition, then=Value(window.stage)) for window in windows(on, equated, source.room)
    ]
    late = Concat(Value(f"{LATE}-"), Cast(_WeeksLate(Value(on), F("due_on")), CharField()))
    stage = Choice(*stages, When(_late(on), then=late), default=Value(""), output_field=TextField())
    return _unsent(source.open_rows().annotate(stage=stage).exclude(stage=""), at)


def due_escalations(at: datetime, equated: Collection[date], source: Source = FRAME) -> QuerySet[Any]:
    """Open terms that have been late for ten working days."""
    on = day_of(at)
    late = source.open_rows().filter(_late(on), due_on__lte=working_days_ago(on, equated))
    return _unsent(late.annotate(stage=Value(ESCALATION, output_field=TextField())), at)


def working_days_ago(on: date, equated: Collection[date]) -> date:
    """The last due date that is ten full working days ago."""
    day, left = on, ESCALATE_AFTER
    while left > 0:
        left -= is_working_day(day, equated)
        day -= timedelta(days=1)
    return day


def _late(on: date) -> Q:
    earliest = [str(rule.step) for rule in STEP_RULES if rule.earliest]
    return Q(due_on__lt=on) & ~Q(step__in=earliest)


def _unsent(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    event = Concat(
        Value("termijn:"),
        Cast("pk", CharField()),
        Value(":"),
        Cast("due_on", CharField()),
        output_field=TextField(),
    )
    sent = Notification.objects.filter(
        event=OuterRef("event"), stage=OuterRef("stage"), channel=Channel.EVENT
    )
    kept = CaseParty.objects.holding(at).filter(case=OuterRef("case"), capacity=Capacity.PRISON)
    return rows.annotate(event=event).filter(Exists(kept), ~Exists(sent))
