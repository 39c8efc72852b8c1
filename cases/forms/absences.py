"""What people fill in about who is away and who stands in."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cases.forms import NamedChoiceField
from parties.models import User
from reintegratie.lib.fields import DayField

LONGEST = 366
"""Days; who is away longer hands his cases over."""
CHOOSE = {"required": "Kies een medewerker.", "invalid_choice": "Kies een medewerker uit de lijst."}


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and who stands in."""

    user = NamedChoiceField(
        label="Wie is afwezig?", queryset=User.objects.none(), empty_label="Kies", error_messages=CHOOSE
    )
    deputy = NamedChoiceField(
        label="Wie neemt waar?",
        queryset=User.objects.none(),
        empty_label="Kies",
        error_messages=CHOOSE,
        help_text="De waarnemer ziet de zaken in zijn werkvoorraad en krijgt de herinneringen ook. Hij kan geen zaken "
        "openen die hij zelf niet mag openen.",
    )
    since = DayField(label="Eerste dag", error_messages={"required": "Vul de eerste dag in."})
    last = DayField(
        label="Laatste dag",
        error_messages={"required": "Vul de laatste dag in."},
        help_text="Daarna stopt de waarneming vanzelf.",
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], absent: QuerySet[User], on: date, **kwargs: Any
    ) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["user"].queryset = absent  # type: ignore[attr-defined]  # a model choice field
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]  # same

    def clean(self) -> dict[str, Any]:  # as Django has it
        found: dict[str, Any] = super().clean() or {}
        since, last = found.get("since"), found.get("last")
        if found.get("user") and found.get("user") == found.get("deputy"):
            self.add_error("deputy", "Kies een ander: iemand kan niet voor zichzelf waarnemen.")
        if since and last and last < since:
            self.add_error("last", "De laatste dag ligt voor de eerste.")
        elif since and last and (last - since).days >= LONGEST:
            self.add_error("last", "Een waarneming duurt ten hoogste een jaar.")
        elif last and last < self.on:
            self.add_error("last", ValidationError("Deze dagen zijn al voorbij."))
        return found

    @property
    def until(self) -> date:
        """The day on which he is back."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)
