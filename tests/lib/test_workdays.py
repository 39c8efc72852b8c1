"""Terms in Dutch working days: the vectors of the domain (C4, users.md 3) and what must hold for every date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegratie.lib.workdays import (
    AMSTERDAM,
    add_working_days,
    day_of,
    easter_sunday,
    holidays_of,
    is_working_day,
    kings_day,
    last_day_before,
    name_of,
    next_working_day,
    previous_working_day,
)

EQUATED = frozenset(
    (
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    )
)
DATES = st.dates(min_value=date(2019, 1, 1), max_value=date(2060, 12, 31))

VECTORS = (
    ("2026-11-27", "2026-12-11", "2026-12-25", "2026-12-28"),
    ("2026-11-28", "2026-12-11", "2026-12-26", "2026-12-28"),
    ("2026-12-07", "2026-12-21", "2027-01-04", "2027-01-04"),
    ("2026-12-24", "2027-01-11", "2027-01-21", "2027-01-21"),
    ("2026-12-30", "2027-01-14", "2027-01-27", "2027-01-27"),
    ("2025-12-30", "2026-01-15", "2026-01-27", "2026-01-27"),
    ("2027-03-25", "2027-04-12", "2027-04-22", "2027-04-22"),
    ("2027-04-23", "2027-05-13", "2027-05-21", "2027-05-21"),
    ("2027-05-05", "2027-05-24", "2027-06-02", "2027-06-02"),
    ("2026-04-20", "2026-05-06", "2026-05-18", "2026-05-18"),
)


@pytest.mark.parametrize(("entry", "ten_days", "raw", "statutory"), VECTORS)
def test_the_terms_of_an_entry_are_those_of_the_domain_table(
    entry: str, ten_days: str, raw: str, statutory: str
) -> None:
    start = date.fromisoformat(entry)

    assert add_working_days(start, 10, EQUATED)[0] == date.fromisoformat(ten_days)
    assert start + timedelta(weeks=4) == date.fromisoformat(raw)
    assert next_working_day(date.fromisoformat(raw), EQUATED) == date.fromisoformat(statutory)


def test_koningsdag_and_bevrijdingsdag_are_named_as_skipped() -> None:
    due, skipped = add_working_days(date(2026, 4, 20), 10, EQUATED)

    assert due == date(2026, 5, 6)
    assert [name_of(day, EQUATED) for day in skipped] == ["Koningsdag", "Bevrijdingsdag"]


def test_a_naive_calendar_without_equalised_days_is_a_day_early() -> None:
    assert add_working_days(date(2025, 12, 30), 10, frozenset())[0] == date(2026, 1, 14)


def test_the_six_weeks_of_an_mdo_end_on_a_working_day_before() -> None:
    assert previous_working_day(date(2026, 5, 18) + timedelta(weeks=6), EQUATED) == date(2026, 6, 29)
    assert previous_working_day(date(2026, 12, 26), EQUATED) == date(2026, 12, 24)


def test_koningsdag_moves_to_saturday_when_the_27th_is_a_sunday() -> None:
    assert kings_day(2025) == date(2025, 4, 26)
    assert kings_day(2026) == date(2026, 4, 27)


def test_bevrijdingsdag_counts_every_year_and_good_friday_is_a_holiday() -> None:
    for year in range(2019, 2041):
        assert holidays_of(year)[date(year, 5, 5)] == "Bevrijdingsdag"
        assert holidays_of(year)[easter_sunday(year) - timedelta(days=2)] == "Goede Vrijdag"


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2019, "04-21"), (2024, "03-31"), (2026, "04-05"), (2027, "03-28"), (2038, "04-25"), (2049, "04-18")],
)
def test_easter_falls_where_the_calendar_says(year: int, sunday: str) -> None:
    assert easter_sunday(year).isoformat() == f"{year}-{sunday}"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 27, 22, 30, tzinfo=AMSTERDAM), date(2026, 11, 27)),
        (datetime(2026, 11, 1, 0, 15, tzinfo=AMSTERDAM), date(2026, 11, 1)),
        (datetime(2026, 10, 31, 23, 15, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_of_a_moment_is_the_day_in_amsterdam(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


@given(start=DATES, count=st.integers(1, 60))
def test_a_working_day_term_holds_exactly_that_many_working_days(start: date, count: int) -> None:
    due, skipped = add_working_days(start, count, EQUATED)

    span = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(is_working_day(day, EQUATED) for day in span) == count
    assert is_working_day(due, EQUATED)
    assert skipped == [day for day in span if day.isoweekday() < 6 and not is_working_day(day, EQUATED)]


@given(year=st.integers(2019, 2100))
def test_every_year_has_its_nine_holidays_unless_two_fall_together(year: int) -> None:
    days = holidays_of(year)

    assert len(days) in {8, 9}
    assert all(day.year == year for day in days)
    assert easter_sunday(year).isoweekday() == 7


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
    ],
)
def test_a_period_that_ends_at_midnight_holds_until_and_including_the_day_before(
    end: datetime, day: date
) -> None:
    assert last_day_before(end) == day
