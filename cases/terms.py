"""When is a step due for this case, and how is that explained in words? Pure: dates in, dates and Dutch out."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from cases.steps import Roll, Step, StepRule, Unit
from reintegratie.lib import workdays
from reintegratie.lib.dutch import MONTHS, day_text, weekday_text


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
    if rule.unit is Unit.WORKING_DAYS:
        due, skipped = workdays.add_working_days(since, length, equated)
        return Term(since, due, due, tuple(skipped), _working_days_text(length, since, skipped, equated))
    raw = _counted(rule.unit, -length if rule.backward else length, since)
    due = _rolled(rule, raw, equated)
    skipped = [raw + timedelta(days=n) for n in range((due - raw).days)]
    return Term(since, raw, due, tuple(skipped), _calendar_text(rule, length, (since, raw, due), equated))


def _counted(unit: Unit, length: int, since: date) -> date:
    """A month ends on the day of the same number, or on the last day of a month that has none: 31 January, 28 February."""
    if unit is not Unit.MONTHS:
        return since + timedelta(days=length * 7 if unit is Unit.WEEKS else length)
    year, month = divmod(since.year * 12 + since.month - 1 + length, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def _rolled(rule: StepRule, raw: date, equated: Collection[date]) -> date:
    if rule.rolls is Roll.FORWARD:
        return workdays.next_working_day(raw, equated)
    if rule.rolls is Roll.BACK:
        return workdays.previous_working_day(raw, equated)
    return raw


def _working_days_text(length: int, since: date, skipped: list[date], equated: Collection[date]) -> str:
    sentence = f"{length} {Unit.WORKING_DAYS.value[length != 1]} na {day_text(since)}"
    if not skipped:
        return sentence
    named = [f"{_named(day, equated)} ({day.day} {MONTHS[day.month - 1]})" for day in skipped]
    return f"{sentence}; {_listed(named)} niet geteld"


def _calendar_text(
    rule: StepRule, length: int, days: tuple[date, date, date], equated: Collection[date]
) -> str:
    since, raw, due = days
    unit = rule.unit.value[length != 1]
    sentence = f"{length} {unit} {'voor' if rule.backward else 'na'} {_event(rule)}{day_text(since)}"
    if rule.backward:
        return f"{sentence}; een termijn die terugtelt schuift niet op"
    if due == raw:
        return sentence
    moved = "verlengd" if due > raw else "vervroegd"
    why = f"omdat {weekday_text(raw)}{_holiday(raw, equated)} geen werkdag is"
    source = " (Algemene termijnenwet art. 1)" if rule.statutory else ""
    return f"{sentence}; {moved} tot {weekday_text(due)}, {why}{source}"


def _event(rule: StepRule) -> str:
    named = rule.step in (Step.MDO_CYCLE, Step.PRE_RELEASE_CHECK)
    return f"{rule.counts_from} op " if named else ""


def _holiday(day: date, equated: Collection[date]) -> str:
    name = workdays.name_of(day, equated)
    return f" ({name})" if name else ""


def _named(day: date, equated: Collection[date]) -> str:
    return workdays.name_of(day, equated)


def _listed(words: list[str]) -> str:
    return " en ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
