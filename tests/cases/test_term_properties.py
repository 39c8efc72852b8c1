"""What must hold for every term, whatever its rule, day and hour (Algemene termijnenwet, C4, C6.17, C6.18)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.process import STEP_RULES
from cases.steps import Meaning, Roll, StepRule, Unit
from cases.terms import Term, term_of
from reintegratie.lib.workdays import (
    AMSTERDAM,
    add_months,
    day_of,
    is_working_day,
    next_working_day,
)
from tests.lib.test_calendar_table import EQUATED, WORKING

DAYS = st.dates(min_value=date(2019, 2, 1), max_value=date(2034, 6, 30))
RULES = st.sampled_from(STEP_RULES)
FORWARD = st.sampled_from([rule for rule in STEP_RULES if not rule.backward])
BACKWARD = st.sampled_from([rule for rule in STEP_RULES if rule.backward])
COUNTING = frozenset(WORKING)
NAMED = ("Nieuwjaarsdag", "Goede Vrijdag", "Bevrijdingsdag", "gelijkgestelde dag")


def term(rule: StepRule, since: date) -> Term:
    return term_of(rule, since, EQUATED)


@given(rule=FORWARD, since=DAYS)
def test_a_term_counted_forward_never_ends_before_its_length(rule: StepRule, since: date) -> None:
    found, length = term(rule, since), rule.terms[0]

    if rule.unit is Unit.WORKING_DAYS:
        assert (found.due_on - since).days >= length
    elif rule.rolls is not Roll.BACK:
        whole = {
            Unit.DAYS: since + timedelta(days=length),
            Unit.WEEKS: since + timedelta(weeks=length),
            Unit.MONTHS: add_months(since, length),
        }[rule.unit]
        assert found.due_on >= whole == found.raw_due_on


@given(rule=RULES, since=DAYS, later=st.integers(0, 400))
def test_who_enters_later_is_never_due_sooner(rule: StepRule, since: date, later: int) -> None:
    assert term(rule, since).due_on <= term(rule, since + timedelta(days=later)).due_on


@given(rule=RULES, since=DAYS)
def test_n_working_days_hold_exactly_n_of_them(rule: StepRule, since: date) -> None:
    if rule.unit is not Unit.WORKING_DAYS:
        return
    found = term(rule, since)

    span = [since + timedelta(days=n) for n in range(1, (found.due_on - since).days + 1)]
    assert len(COUNTING.intersection(span)) == rule.terms[0]
    assert found.due_on in COUNTING


@given(rule=FORWARD, since=DAYS)
def test_a_term_that_rolls_forward_ends_on_the_first_working_day_and_no_later(
    rule: StepRule, since: date
) -> None:
    if rule.rolls is not Roll.FORWARD:
        return
    found = term(rule, since)

    between = [found.raw_due_on + timedelta(days=n) for n in range((found.due_on - found.raw_due_on).days)]
    assert found.due_on in COUNTING
    assert COUNTING.isdisjoint(between)
    assert list(found.skipped_days) == between


@given(rule=FORWARD, since=DAYS)
def test_a_term_that_is_planned_before_ends_on_the_last_working_day(rule: StepRule, since: date) -> None:
    if rule.rolls is not Roll.BACK:
        return
    found = term(rule, since)

    after = [found.raw_due_on - timedelta(days=n) for n in range((found.raw_due_on - found.due_on).days)]
    assert found.due_on in COUNTING
    assert COUNTING.isdisjoint(after)


@given(rule=BACKWARD, event=DAYS)
def test_a_term_counted_back_never_moves(rule: StepRule, event: date) -> None:
    """Algemene termijnenwet art. 1(2): a weekend or a holiday makes no difference."""
    found = term(rule, event)

    assert found.due_on == found.raw_due_on < event
    assert found.skipped_days == ()


@given(rule=RULES, since=DAYS)
def test_every_explanation_names_its_length_its_start_and_every_day_left_out(
    rule: StepRule, since: date
) -> None:
    found, length = term(rule, since), rule.terms[0]

    assert found.explanation.startswith(f"{length} " if length else "op de dag van ")
    assert str(since.year) in found.explanation
    assert ("niet geteld" in found.explanation) == (
        rule.unit is Unit.WORKING_DAYS and bool(found.skipped_days)
    )
    assert ("geen werkdag" in found.explanation) == (
        rule.unit is not Unit.WORKING_DAYS and found.due_on != found.raw_due_on
    )
    assert ("mogelijk" in found.explanation) == (rule.meaning is Meaning.POSSIBLE)
    assert ("stopt vanaf" in found.explanation) == (rule.meaning is Meaning.STOPS)


@given(day=DAYS, minute=st.integers(0, 24 * 60 - 1))
def test_the_hour_of_the_entry_makes_no_difference(day: date, minute: int) -> None:
    """Stored in UTC, an entry at 00:15 is still of that day, and so is one in either night that the clock changes."""
    moment = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=AMSTERDAM)
    stored = moment.astimezone(UTC)

    assert day_of(stored) == day


@pytest.mark.parametrize(
    ("entered", "ten_working_days", "four_weeks"),
    [
        ("2026-11-27 22:30", "2026-12-11", "2026-12-28"),  # a Friday evening
        ("2026-10-31 00:15", "2026-11-13", "2026-11-30"),  # after an arrest the evening before
        (
            "2026-03-29 02:30",
            "2026-04-14",
            "2026-04-28",
        ),  # an hour that does not exist; then Easter and Koningsdag
        ("2026-10-25 02:30", "2026-11-06", "2026-11-23"),  # an hour that comes twice
        ("2026-12-30 09:00", "2027-01-14", "2027-01-27"),
        ("2026-12-31 23:59", "2027-01-15", "2027-01-28"),
        ("2027-01-01 00:00", "2027-01-15", "2027-01-29"),
        ("2027-05-05 10:00", "2027-05-24", "2027-06-02"),  # on a holiday
    ],
)
def test_an_entry_at_an_odd_hour(entered: str, ten_working_days: str, four_weeks: str) -> None:
    """C6.17 and C6.18, by hand with a diary."""
    rules = {rule.step: rule for rule in STEP_RULES}  # the newest row of each
    day = day_of(datetime.fromisoformat(entered).replace(tzinfo=AMSTERDAM))

    assert term(rules["screening"], day).due_on.isoformat() == ten_working_days
    assert term(rules["plan_adoption"], day).due_on.isoformat() == four_weeks


@pytest.mark.parametrize(
    ("since", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-02-28", 1, "2027-03-28"),
        ("2027-05-31", -3, "2027-02-28"),
        ("2027-01-15", -3, "2026-10-15"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_one(since: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(since), months).isoformat() == end


@given(day=DAYS, months=st.integers(1, 130))
def test_months_never_skip_a_month(day: date, months: int) -> None:
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(day=DAYS)
def test_rolling_twice_is_rolling_once(day: date) -> None:
    once = next_working_day(day, EQUATED)

    assert next_working_day(once, EQUATED) == once
    assert is_working_day(once, EQUATED)
