"""A day that a form asks for: within bounds, with a message at the field."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reintegratie.lib.fields import DayField


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_slip_in_the_year_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="tussen 1 januari 1900"):
        DayField(label="Datum").clean(typed)


def test_a_day_that_can_be_meant_is_taken() -> None:
    assert DayField(label="Datum").clean("2026-11-22") == date(2026, 11, 22)
    assert DayField(label="Datum", required=False).clean("") is None
