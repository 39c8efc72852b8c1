"""What is asked for a BIJ report, for risk information, for measures and for a recall. Who it is about is not asked."""

from datetime import date
from typing import Any

from django import forms

from parties.models import Organisation, PartyKind
from plans.forms.fields import date_field, radio_field, text_area
from plans.models import Measures, Occasion
from plans.reports import risk_recipients

SHORT = 300


class RecipientField(forms.ModelChoiceField):
    """Organisations as people call them; ``str`` of a row never holds a name (architecture 3.3)."""

    def __init__(self, label: str, *, help_text: str = "") -> None:
        super().__init__(
            Organisation.objects.none(),
            label=label,
            help_text=help_text,
            empty_label="Kies",
            error_messages={"required": "Kies uit de lijst.", "invalid_choice": "Kies uit de lijst."},
        )

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.called


def short_text(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=SHORT,
        required=required,
        help_text=help_text,
        error_messages={"required": f"Vul ‘{label}’ in."},
    )


class BijForm(forms.Form):
    """Why, when and where; for which offence; which conditions hold (R39, R41)."""

    occasion = radio_field("Aanleiding", Occasion.choices)
    expected_on = date_field(
        "Vanaf wanneer", required=True, help_text="U mag dit melden vanaf drie maanden voor deze dag."
    )
    address = short_text("Adres van het verlof of het verblijf", help_text="Straat, huisnummer en plaats.")
    recipient = RecipientField(
        "Gemeente van dat adres",
        help_text="Niet de gemeente van herkomst, als het adres ergens anders is.",
    )
    offence = text_area(
        "Delict",
        rows=2,
        required=True,
        help_text="Alleen ernstige gewelds- en zedendelicten van de lijst van Bjsg art. 11a; niet bij jeugdrecht.",
    )
    conditions = text_area(
        "Voorwaarden", rows=2, help_text="Bijvoorbeeld een contactverbod of een locatieverbod. Leeg: geen."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.valid_on(on).of_kind(PartyKind.MUNICIPALITY)
        self.fields["recipient"].queryset = rows  # type: ignore[attr-defined]  # a model choice field


class RiskForm(forms.Form):
    """About whom, to whom, what the risk is and what is asked."""

    number = forms.CharField(
        label="Zaaknummer",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Vul het zaaknummer in."},
    )
    recipient = RecipientField(
        "Ontvanger",
        help_text="De burgemeester (zijn BIJ-gemandateerde), de reclassering met een opdracht, of het ZVH.",
    )
    expected_on = date_field("Vanaf wanneer speelt dit?", help_text="Mag leeg blijven.")
    address = short_text("Adres", required=False, help_text="Alleen als de ontvanger het nodig heeft.")
    risk = text_area("Wat is het risico?", rows=4, required=True)
    request = text_area("Wat vraagt u van de ontvanger?", rows=2)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = risk_recipients(on)  # type: ignore[attr-defined]  # same


class MeasuresForm(forms.Form):
    """Whether the mayor took measures."""

    measures = radio_field("Zijn er maatregelen genomen?", Measures.choices)


class RecallForm(forms.Form):
    """Why a report is taken back."""

    reason = short_text(
        "Waarom haalt u de melding terug?", help_text="Schrijf hier niets over de persoon zelf."
    )
    is_data_breach = forms.BooleanField(
        label="Dit is een datalek: de ontvanger heeft gegevens gezien die niet voor hem waren", required=False
    )
