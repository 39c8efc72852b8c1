"""Which reminders are due for open terms that nobody has been sent yet? One statement, however many cases (R10).

'Not later than', never 'equal to': after a missed night the stage of today is still found, and the stages that passed
meanwhile are not sent any more. A term that moved has a new due date, so its reminders begin anew (users.md 3.12).
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
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
from cases.querysets import standing_still
from cases.steps import Room, StepRule, Unit
from reintegratie.lib.workdays import add_working_days, day_of, is_working_day

BEFORE, ON_THE_DAY, LATE, ESCALATION, POSSIBLE = "voor", "op-de-dag", "te-laat", "opschaling", "mogelijk"
HEADS_BEFORE, HEADS_LATE = "hoofd-voor", "hoofd-te-laat"
ESCALATE_AFTER = 10
"""Working days after which the head of the responsible party is told (C4: 'UH overdue')."""


@dataclass(frozen=True)
class Window:
    """Terms under this row of the table whose due date lies in (after, until] are in this stage today."""

    stage: str
    rule: StepRule
    after: date
    until: date

    @property
    def steps(self) -> tuple[str, ...]:
        return (str(self.rule.step),)

    @property
    def condition(self) -> Q:
        return made_under(self.rule) & Q(due_on__gt=self.after, due_on__lte=self.until)


Hears = set[tuple[UUID, UUID]]
"""Which organisation hears of which term: pairs of their keys."""


@dataclass(frozen=True)
class Source:
    """Where open terms come from. Rows have the columns of ``Deadline``.

    ``hears``: which parties may know of which of these terms now; None when the frame decides that (C3).
    ``prepared``: the terms for which what the afdelingshoofd would be warned about is there already.
    ``resting``: which of them stand still on a day; nobody is reminded of those.
    """

    open_rows: Callable[[], QuerySet[Any]]
    room: Room = Room.FRAME
    hears: Callable[[list[Any], list[CaseParty], datetime], Hears] | None = None
    prepared: Callable[[datetime], Q] | None = None
    resting: Callable[[date], Q] = lambda on: Q(pk=None)


FRAME = Source(Deadline.objects.open, resting=standing_still)


class _TimesLate(Func):
    """1 in the first stretch of ``every`` days after the due date, 2 in the second."""

    template = "((%(expressions)s - 1) / %(every)s + 1)"
    arg_joiner = " - "
    output_field = IntegerField()


def made_under(rule: StepRule) -> Q:
    """The terms that were made under this row of the table: an old one keeps its rule (C6.56)."""
    begins = sorted(row.valid_from for row in STEP_RULES if row.step == rule.step)
    later = [day for day in begins if day > rule.valid_from]
    terms = Q(step=str(rule.step))
    if rule.valid_from > begins[0]:
        terms &= Q(step_valid_from__gte=rule.valid_from)
    return terms & Q(step_valid_from__lt=later[0]) if later else terms


def windows(on: date, equated: Collection[date], room: Room = Room.FRAME) -> Iterator[Window]:
    """The stages before and on the day, for every row of the table that warns (C4, column 'warn')."""
    for rule in _rules_of(room):
        edges = [on, *(_edge(rule, on, days, equated) for days in sorted(rule.warn_before))]
        if rule.earliest:
            yield Window(POSSIBLE, rule, on - timedelta(days=7), on)
        else:
            yield Window(ON_THE_DAY, rule, on - timedelta(days=1), on)
        for days, after, until in zip(sorted(rule.warn_before), edges[:-1], edges[1:], strict=True):
            yield Window(f"{BEFORE}-{days}", rule, after, until)


def windows_of_heads(on: date, equated: Collection[date], room: Room = Room.FRAME) -> Iterator[Window]:
    """When the afdelingshoofd is warned, and when he hears that it is late; what is ten days late is escalated instead."""
    for rule in _rules_of(room):
        after = on - timedelta(days=1)
        for days in sorted(rule.heads_before):
            until = _edge(rule, on, days, equated)
            yield Window(f"{HEADS_BEFORE}-{days}", rule, after, until)
            after = until
        if not rule.earliest and rule.heads_late < ESCALATE_AFTER:
            told = working_days_ago(on, equated, rule.heads_late)
            yield Window(HEADS_LATE, rule, working_days_ago(on, equated), told)


def _rules_of(room: Room) -> list[StepRule]:
    return [rule for rule in STEP_RULES if rule.room is room]


def _edge(rule: StepRule, on: date, days: int, equated: Collection[date]) -> date:
    """The last due date that lies this many days ahead, in the days of the term itself."""
    if rule.unit is Unit.WORKING_DAYS:
        return add_working_days(on, days, equated)[0]
    return on + timedelta(days=days)


def due_stages(at: datetime, equated: Collection[date], source: Source = FRAME) -> list[QuerySet[Any]]:
    """Everything of this source that is due at this moment and was not written: reminders, warnings, escalations."""
    questions = (due_reminders, due_for_heads, due_escalations)
    return [question(at, equated, source) for question in questions]


def due_reminders(at: datetime, equated: Collection[date], source: Source = FRAME) -> QuerySet[Any]:
    """Open terms with ``stage`` and ``event``, of which no message was written; of a case that a PI keeps."""
    on = day_of(at)
    stages = [
        When(window.condition, then=Value(window.stage)) for window in windows(on, equated, source.room)
    ]
    stages += [
        When(_late(on) & terms, then=_late_stage(on, every)) for every, terms in _by_rhythm(source.room)
    ]
    stage = Choice(*stages, default=Value(""), output_field=TextField())
    return _unsent(source.open_rows().exclude(source.resting(on)).annotate(stage=stage).exclude(stage=""), at)


def due_for_heads(at: datetime, equated: Collection[date], source: Source = FRAME) -> QuerySet[Any]:
    """Open terms of which the afdelingshoofd must hear now; not of what is prepared already."""
    on = day_of(at)
    found = list(windows_of_heads(on, equated, source.room))
    if not found:
        return source.open_rows().none()
    stage = Choice(
        *(When(window.condition, then=Value(window.stage)) for window in found),
        default=Value(""),
        output_field=TextField(),
    )
    rows = source.open_rows().exclude(source.resting(on)).annotate(stage=stage).exclude(stage="")
    if source.prepared:
        rows = rows.exclude(Q(stage__startswith=HEADS_BEFORE) & source.prepared(at))
    return _unsent(rows, at)


def due_escalations(at: datetime, equated: Collection[date], source: Source = FRAME) -> QuerySet[Any]:
    """Open terms that have been late for ten working days."""
    on = day_of(at)
    late = (
        source.open_rows()
        .exclude(source.resting(on))
        .filter(_late(on), due_on__lte=working_days_ago(on, equated))
    )
    return _unsent(late.annotate(stage=Value(ESCALATION, output_field=TextField())), at)


def working_days_ago(on: date, equated: Collection[date], days: int = ESCALATE_AFTER) -> date:
    """The last due date that is so many full working days ago."""
    day, left = on, days
    while left > 0:
        left -= is_working_day(day, equated)
        day -= timedelta(days=1)
    return day


def _late_stage(on: date, every: int) -> Concat:
    return Concat(Value(f"{LATE}-"), Cast(_TimesLate(Value(on), F("due_on"), every=every), CharField()))


def _by_rhythm(room: Room) -> Iterator[tuple[int, Q]]:
    """Every how many days somebody hears that a term is late, and of which terms."""
    rules = _rules_of(room)
    for every in sorted({rule.repeat for rule in rules}):
        terms = [made_under(rule) for rule in rules if rule.repeat == every]
        yield every, reduce(or_, terms)


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
        event=OuterRef("event"), stage=OuterRef("stage"), channel__in=(Channel.EVENT, Channel.NOBODY)
    )
    kept = CaseParty.objects.holding(at).filter(case=OuterRef("case"), capacity=Capacity.PRISON)
    return rows.annotate(event=event).filter(Exists(kept), ~Exists(sent))
