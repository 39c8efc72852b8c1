"""When is a step due for this case, and how is that explained in words? Pure: dates in, dates and Dutch out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from cases.steps import Meaning, Roll, StepRule, Unit
from reintegratie.lib import workdays
from reintegratie.lib.dutch import MONTHS, day_text, listed, weekday_text

ENTRY = "binnenkomst"
"""The one event that an explanation does not name: a day without a name is the day of entry."""
MEANT = {
    Meaning.DUE: "",
    Meaning.POSSIBLE: "; vanaf die dag mogelijk",
    Meaning.STOPS: "; stopt vanaf die dag",
}
TOO_LATE = "; te laat: dat moment is al voorbij, doe dit nu"


@dataclass(frozen=True)
class Term:
    """The dates of one round of a step, and the sentence that explains them."""

    starts_on: date
    raw_due_on: date
    due_on: date
    skipped_days: tuple[date, ...]
    explanation: str


def term_of(rule: StepRule, since: date, equated: Collection[date], *, round_number: int = 1) -> Term:
    """The term of this rule counted from ``since``; the day of the event does not count (C7 D7)."""
    length = rule.terms[min(round_number, len(rule.terms)) - 1]
    counted = f"{_length_text(rule, length)} {_event_text(rule, since, round_number)}"
    if rule.unit is Unit.WORKING_DAYS:
        due, skipped = workdays.add_working_days(since, length, equated)
        return Term(since, due, due, tuple(skipped), f"{counted}{_skipped_text(skipped, equated)}")
    raw = _counted(rule.unit, -length if rule.backward else length, since)
    due = rolled(rule, raw, equated)
    skipped = [raw + timedelta(days=n) for n in range((due - raw).days)]
    ending = f"{_rolled_text(rule, raw, due, equated)}{MEANT[rule.meaning]}"
    return Term(since, raw, due, tuple(skipped), f"{counted}{ending}")


def _counted(unit: Unit, length: int, since: date) -> date:
    """A month ends on the day of the same number, or on the last day of a month that has none: 31 January, 28 February."""
    if unit is Unit.MONTHS:
        return workdays.add_months(since, length)
    return since + timedelta(days=length * 7 if unit is Unit.WEEKS else length)


def rolled(rule: StepRule, raw: date, equated: Collection[date]) -> date:
    """Where a term ends whose last day is ``raw``."""
    if rule.rolls is Roll.FORWARD:
        return workdays.next_working_day(raw, equated)
    if rule.rolls is Roll.BACK:
        return workdays.previous_working_day(raw, equated)
    return raw


def _length_text(rule: StepRule, length: int) -> str:
    """'10 werkdagen na', '8 weken voor', 'op de dag van'."""
    if length == 0:
        return "op de dag van"
    return f"{length} {rule.unit.value[length != 1]} {'voor' if rule.backward else 'na'}"


def _event_text(rule: StepRule, since: date, round_number: int) -> str:
    """'20 april 2026' for the entry; 'het laatste gehouden MDO op 18 mei 2026' for what is not."""
    event = rule.event_of(round_number)
    if rule.terms == (0,):
        return f"{event}, {day_text(since)}"
    return day_text(since) if event == ENTRY else f"{event} op {day_text(since)}"


def _skipped_text(skipped: Collection[date], equated: Collection[date]) -> str:
    named = [f"{workdays.name_of(day, equated)} ({day.day} {MONTHS[day.month - 1]})" for day in skipped]
    return f"; {listed(named)} niet geteld" if named else ""


def _rolled_text(rule: StepRule, raw: date, due: date, equated: Collection[date]) -> str:
    """Why a term ends on another day than it was counted to, or why it does not move at all."""
    if rule.backward:
        return "; een termijn die terugtelt schuift niet op"
    if due == raw:
        return ""
    moved = "vervroegd tot" if due < raw else "verlengd tot" if rule.statutory else "verschoven naar"
    name = workdays.name_of(raw, equated)
    why = f"omdat {weekday_text(raw)}{f' ({name})' if name else ''} geen werkdag is"
    source = " (Algemene termijnenwet art. 1)" if rule.statutory else ""
    return f"; {moved} {weekday_text(due)}, {why}{source}"
