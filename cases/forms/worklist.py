"""What people may ask of the worklist."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from cases.models import SIX_DOMAINS, LifeDomain
from cases.process import step_of
from cases.querysets import EARLIEST_STEPS
from cases.worklist import State, Worker, own_steps
from meetings.turns import Side
from parties.models import PartyKind
from parties.viewer import Viewer

Choices = Iterable[tuple[str, str]]
ALL = ("", "alle")
WEEKS = (2, 4, 8, 12)
FIRST = ("behandelaar", "stand", "termijn", "beurt")
"""The filters that stand in sight; the others are one click away."""


class WorklistFilter(forms.Form):
    """The small fields above the worklist. Gemeenten, inrichtingen, afdelingen and people are those that occur in it."""

    behandelaar = forms.CharField(label="Zaken van", required=False, max_length=40, widget=forms.Select)
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alles"), *State.choices])
    termijn = forms.ChoiceField(label="Soort termijn", required=False)
    beurt = forms.ChoiceField(label="Aan de beurt", required=False, choices=[ALL, *Side.choices])
    gemeente = forms.UUIDField(label="Gemeente", required=False, widget=forms.Select)
    inrichting = forms.UUIDField(label="Inrichting", required=False, widget=forms.Select)
    afdeling = forms.CharField(label="Afdeling", required=False, max_length=60, widget=forms.Select)
    domein = forms.ChoiceField(
        label="Leefgebied",
        required=False,
        choices=[ALL, *((str(domain), str(LifeDomain(domain).label)) for domain in SIX_DOMAINS)],
    )
    ontslag = forms.TypedChoiceField(
        label="Ontslag",
        required=False,
        coerce=int,
        choices=[ALL, *((str(weeks), f"binnen {weeks} weken") for weeks in WEEKS)],
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        steps = own_steps(viewer) - set(EARLIEST_STEPS)
        named = sorted((step_of(step, viewer.on).label, step) for step in steps)
        self.choose("termijn", [ALL, *((step, label) for label, step in named)])
        if not viewer.is_of(PartyKind.PRISON):
            del self.fields["afdeling"]

    def clean_behandelaar(self) -> Worker | UUID | None:
        text = self.cleaned_data["behandelaar"]
        if not text:
            return None
        try:
            return Worker(text) if text in Worker.values else UUID(text)
        except ValueError:
            raise ValidationError("Deze behandelaar is niet bekend.") from None

    def choose(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]  # a choice field, or one with a list to choose from
        field.choices = field.widget.choices = list(choices)

    def show_worker(self, worker: Worker) -> None:
        """What is shown when nobody chose: one's own cases, or all of them for who has none."""
        if not self.data.get("behandelaar"):
            self.data = {**dict(self.data.items()), "behandelaar": str(worker)}

    def offer(self, people: Choices, **lists: Choices) -> None:
        """Fill the lists that depend on who looks; a list with one choice is no filter."""
        if self.data.get("stand") != State.COMING:
            self.choose("stand", [("", "alles"), *(one for one in State.choices if one[0] != State.COMING)])
        self.choose("behandelaar", [*Worker.choices, *people])
        for name, found in lists.items():
            choices = list(found)
            if name not in self.fields:
                continue
            if len(choices) > 1 or self.data.get(name):
                self.choose(name, [ALL, *choices])
            else:
                del self.fields[name]

    @property
    def in_sight(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in FIRST]

    @property
    def aside(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in FIRST]

    @property
    def is_aside_used(self) -> bool:
        return any(self.data.get(field.name) for field in self.aside)
