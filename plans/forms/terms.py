"""What is asked about a term that only a person knows: on which day it began, and on which day it was done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from cases.process import step_of
from cases.steps import Step
from plans.forms.fields import VersionedForm, date_field, past_date, radio_field

BEGIN_TEXT = {
    Step.FAMILY_TIMEOUT: "Time-out van de gezinsbenadering: dag van de overtreding",
    Step.PP_WINDOW: "Penitentiair programma: dag waarop het volgens DJI kan beginnen",
    Step.ADVANCE_PAYMENT: "Bijstand: dag van de aanvraag",
}
"""Which day is asked; the term counts from it."""
PAID, DECIDED = "voorschot", "besloten"
OUTCOMES = {
    PAID: "Er is een voorschot verstrekt; het recht is nog niet vastgesteld",
    DECIDED: "Er is over het recht op bijstand beslist",
}


class BeginTermForm(forms.Form):
    """Which term, and from which day it counts."""

    step = radio_field("Welke datum legt u vast?", [])
    since = date_field(
        "Datum", required=True, help_text="Loopt deze termijn al, dan verschuift zij naar deze datum."
    )

    def __init__(self, *args: Any, steps: Iterable[Step], **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        choices = [(str(step), BEGIN_TEXT[step]) for step in steps]
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0] if len(choices) == 1 else None


class SettleTermForm(VersionedForm):
    """When it was done; of an advance also whether the right was decided."""

    def __init__(self, *args: Any, step: str, on: date, **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["done_on"] = past_date("Gedaan op", on=on)
        if step == Step.ADVANCE_PAYMENT:
            self.fields["outcome"] = radio_field("Wat is er gedaan?", OUTCOMES.items())

    @property
    def goes_on(self) -> bool:
        """The next four weeks begin."""
        return self.cleaned_data.get("outcome") == PAID


def title_of(step: str, on: date) -> str:
    """What is being settled."""
    return step_of(step, on).label
