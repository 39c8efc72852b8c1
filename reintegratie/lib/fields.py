"""How does a form ask for a day? One field for every form, with the bounds within which a day can be meant."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
OUT_OF_BOUNDS = "Vul een datum in tussen 1 januari 1900 en 31 december 2199."


class DayField(forms.DateField):
    """A day in the calendar of the browser. A slip of the keyboard (year 1 or 9999) is told at the field."""

    def __init__(self, *, label: str, **options: Any) -> None:  # Django's own options
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(label=label, **options)
        self.validators += [
            MinValueValidator(EARLIEST, OUT_OF_BOUNDS),
            MaxValueValidator(LATEST, OUT_OF_BOUNDS),
        ]
