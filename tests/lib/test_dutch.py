"""Days and moments as a Dutch reader writes them."""

from datetime import UTC, date, datetime

from reintegratie.lib.dutch import day_text, moment_text, weekday_text


def test_a_day_has_no_leading_zero() -> None:
    assert day_text(date(2026, 5, 6)) == "6 mei 2026"


def test_a_missing_day_is_said() -> None:
    assert day_text(None) == "onbekend"


def test_a_weekday_is_named() -> None:
    assert weekday_text(date(2026, 5, 6)) == "woensdag 6 mei 2026"


def test_a_moment_is_told_by_the_clock_of_amsterdam() -> None:
    late_evening = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)

    assert moment_text(late_evening) == "29 maart 2026, 00.30 uur"
