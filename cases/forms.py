"""What people may ask of a list of cases, and what they fill in about the frame of one."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from cases.search import NotABsn, Query, query_of
from cases.worklist import State, Worker

Choices = Iterable[tuple[str, str]]


class WorklistFilter(forms.Form):
    """The small fields above the worklist. Gemeenten and inrichtingen are those that occur in it."""

    behandelaar = forms.ChoiceField(label="Zaken van", required=False, choices=Worker.choices)
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alles"), *State.choices])
    gemeente = forms.UUIDField(label="Gemeente", required=False, widget=forms.Select)
    inrichting = forms.UUIDField(label="Inrichting", required=False, widget=forms.Select)

    def offer(self, *, municipalities: Choices, facilities: Choices) -> None:
        """Fill the two lists that depend on who looks; a list with one choice is no filter."""
        for name, choices in (("gemeente", list(municipalities)), ("inrichting", list(facilities))):
            if len(choices) > 1 or self.data.get(name):
                self.fields[name].widget.choices = [("", "alle"), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class CaseSearch(forms.Form):
    """Sent by POST: neither a name nor a BSN may stand in an address (quality 2.8)."""

    zoek = forms.CharField(
        label="Naam, zaaknummer of BSN",
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Vul een naam, een zaaknummer of een BSN in.",
            "min_length": "Vul ten minste twee tekens in.",
        },
    )

    def clean_zoek(self) -> Query:
        try:
            return query_of(self.cleaned_data["zoek"])
        except NotABsn:
            raise ValidationError("Dit is geen geldig BSN; controleer de cijfers.") from None


class NumberSearch(CaseSearch):
    """For who knows cases by their number only."""

    zoek = forms.CharField(label="Zaaknummer", min_length=2, max_length=20)

    def clean_zoek(self) -> Query:
        return Query(number=self.cleaned_data["zoek"].lower())


class ListFilter(forms.Form):
    """Which part of all cases."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("open", "lopend"), ("gesloten", "gesloten"), ("alle", "alle")],
    )
