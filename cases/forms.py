"""What people may ask of a list of cases: closed lists only."""

from collections.abc import Iterable

from django import forms

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
