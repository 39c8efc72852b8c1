"""The kinds of field that the forms of plans share."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.models import LifeDomain
from reintegratie.lib.fields import DayField

LONG_TEXT = 4000


def text_area(label: str, *, rows: int = 3, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONG_TEXT,
        error_messages={"required": f"Vul ‘{label}’ in."},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def date_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    words = {"required": "Vul een datum in."}
    return DayField(label=label, required=required, help_text=help_text, error_messages=words)


def past_date(label: str, *, on: date, help_text: str = "") -> forms.DateField:
    """A required day that is not in the future."""
    field = date_field(label, required=True, help_text=help_text)
    field.initial = on

    def not_after_today(value: date) -> None:
        if value > on:
            raise ValidationError("Deze datum ligt in de toekomst.")

    field.validators.append(not_after_today)
    return field


def radio_field(
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    required: bool = True,
    help_text: str = "",
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": f"Kies een antwoord bij ‘{label}’."},
    )


def select_field(
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    required: bool = True,
    empty: str = "Kies",
    help_text: str = "",
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=required,
        help_text=help_text,
        error_messages={"required": f"{empty}."},
    )


def domain_field(*, required: bool = True, empty: str = "Kies een leefgebied") -> forms.ChoiceField:
    return select_field("Leefgebied", LifeDomain.choices, required=required, empty=empty)


class VersionedForm(forms.Form):
    """A form that remembers which version was read; see :mod:`plans.views.conflict`."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
