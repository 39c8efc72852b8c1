"""Every day of 2019 up to and including 2035 held against a written table of the law (Algemene termijnenwet art. 3).

The dates stand here in full and do not come from the code under test: Easter was taken from another algorithm and from
the known dates. The days equalised by royal decree before 2023 are not known to this project (domain B12).
"""

import csv
from bisect import bisect_right
from datetime import date, timedelta

import pytest
from django.conf import settings

from reintegratie.lib.workdays import (
    add_working_days,
    holidays_of,
    is_working_day,
    next_working_day,
    previous_working_day,
)

NAMES = (
    "Nieuwjaarsdag",
    "Goede Vrijdag",
    "tweede Paasdag",
    "Koningsdag",
    "Bevrijdingsdag",
    "Hemelvaartsdag",
    "tweede Pinksterdag",
    "eerste Kerstdag",
    "tweede Kerstdag",
)
TABLE = """
2019  01-01  04-19  04-22  04-27  05-05  05-30  06-10  12-25  12-26
2020  01-01  04-10  04-13  04-27  05-05  05-21  06-01  12-25  12-26
2021  01-01  04-02  04-05  04-27  05-05  05-13  05-24  12-25  12-26
2022  01-01  04-15  04-18  04-27  05-05  05-26  06-06  12-25  12-26
2023  01-01  04-07  04-10  04-27  05-05  05-18  05-29  12-25  12-26  | 04-28 05-19
2024  01-01  03-29  04-01  04-27  05-05  05-09  05-20  12-25  12-26  | 05-10 12-27
2025  01-01  04-18  04-21  04-26  05-05  05-29  06-09  12-25  12-26  | 05-30
2026  01-01  04-03  04-06  04-27  05-05  05-14  05-25  12-25  12-26  | 01-02 05-15
2027  01-01  03-26  03-29  04-27  05-05  05-06  05-17  12-25  12-26  | 05-07
2028  01-01  04-14  04-17  04-27  05-05  05-25  06-05  12-25  12-26  | 04-28 05-26
2029  01-01  03-30  04-02  04-27  05-05  05-10  05-21  12-25  12-26
2030  01-01  04-19  04-22  04-27  05-05  05-30  06-10  12-25  12-26
2031  01-01  04-11  04-14  04-26  05-05  05-22  06-02  12-25  12-26
2032  01-01  03-26  03-29  04-27  05-05  05-06  05-17  12-25  12-26
2033  01-01  04-15  04-18  04-27  05-05  05-26  06-06  12-25  12-26
2034  01-01  04-07  04-10  04-27  05-05  05-18  05-29  12-25  12-26
2035  01-01  03-23  03-26  04-27  05-05  05-03  05-14  12-25  12-26
"""
"""Per year the nine public holidays in the order of NAMES, and behind the line the equalised days."""


def _read() -> tuple[dict[int, dict[date, str]], set[date]]:
    holidays: dict[int, dict[date, str]] = {}
    equated = set()
    for line in TABLE.strip().splitlines():
        public, _, extra = line.partition("|")
        year, *days = public.split()
        dates = [date.fromisoformat(f"{year}-{day}") for day in days]
        holidays[int(year)] = dict(zip(dates, NAMES, strict=True))
        equated |= {date.fromisoformat(f"{year}-{day}") for day in extra.split()}
    return holidays, equated


HOLIDAYS, EQUATED = _read()
YEARS = range(2019, 2036)
EVERY_DAY = [date(2019, 1, 1) + timedelta(days=n) for n in range((date(2036, 1, 1) - date(2019, 1, 1)).days)]
FREE = EQUATED | {day for days in HOLIDAYS.values() for day in days}
WORKING = [day for day in EVERY_DAY if day.strftime("%w") not in "06" and day not in FREE]
"""Every working day of seventeen years in order: a term of ten is ten places further."""


def test_the_table_holds_seventeen_years() -> None:
    assert tuple(HOLIDAYS) == tuple(YEARS)
    assert len(EVERY_DAY) == 6209


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_of_a_year_are_those_of_the_diary(year: int) -> None:
    assert holidays_of(year) == HOLIDAYS[year]


@pytest.mark.parametrize(("year", "day"), [(2025, 26), (2031, 26), (2024, 27), (2026, 27), (2030, 27)])
def test_koningsdag_is_on_the_26th_when_the_27th_is_a_sunday(year: int, day: int) -> None:
    assert holidays_of(year)[date(year, 4, day)] == "Koningsdag"
    assert HOLIDAYS[year][date(year, 4, day)] == "Koningsdag"


@pytest.mark.parametrize("year", YEARS)
def test_good_friday_and_5_may_are_holidays_each_year(year: int) -> None:
    friday = next(day for day, name in HOLIDAYS[year].items() if name == "Goede Vrijdag")

    assert not is_working_day(friday, frozenset())
    assert not is_working_day(date(year, 5, 5), frozenset())


def test_the_equalised_days_that_are_shipped_are_those_of_the_table() -> None:
    with (settings.BASE_DIR / "data" / "gelijkgestelde-dagen.csv").open(encoding="utf-8") as file:
        shipped = {date.fromisoformat(row["datum"]) for row in csv.DictReader(file)}

    assert shipped == EQUATED


def test_every_day_of_seventeen_years_counts_or_not_as_in_the_table() -> None:
    counting = set(WORKING)

    wrong = [day for day in EVERY_DAY if is_working_day(day, EQUATED) != (day in counting)]

    assert wrong == []


@pytest.mark.parametrize("count", [1, 5, 10, 20])
def test_a_term_from_any_day_ends_where_the_table_says(count: int) -> None:
    entries = [day for day in EVERY_DAY if day.year < 2035]

    wrong = [
        day
        for day in entries
        if add_working_days(day, count, EQUATED)[0] != WORKING[bisect_right(WORKING, day) + count - 1]
    ]

    assert wrong == []


def test_a_day_rolls_to_the_first_working_day_of_the_table_and_back_to_the_last() -> None:
    inside = [day for day in EVERY_DAY if date(2019, 1, 7) < day < date(2035, 12, 24)]

    for day in inside:
        place = bisect_right(WORKING, day)
        on_or_before = WORKING[place - 1]
        on_or_after = day if on_or_before == day else WORKING[place]
        assert next_working_day(day, EQUATED) == on_or_after
        assert previous_working_day(day, EQUATED) == on_or_before
