"""What people fill in about the road of a case, and about a term that must stand still."""

from typing import Any

from django import forms

from cases.models import ExtramuralGround, SuspensionReason
from cases.suspension import HAND_REASONS
from reintegratie.lib.fields import DayField

NO_DAY = "Vul de dag in waarop het gebeurde."


class PhaseForm(forms.Form):
    """When it happened, and what the occasion was."""

    on = DayField(label="Op welke dag?", error_messages={"required": NO_DAY, "invalid": NO_DAY})
    reason = forms.CharField(
        label="Aanleiding",
        max_length=200,
        help_text="Kort, en zonder gegevens over leefgebieden of gezondheid.",
        error_messages={"required": "Schrijf kort op wat de aanleiding is."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExtramuralForm(PhaseForm):
    """On which ground somebody stays outside (R152)."""

    ground = forms.ChoiceField(
        label="Op welke grond?",
        choices=ExtramuralGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies de grond."},
    )
    field_order = ("on", "ground", "reason")


class SuspensionForm(forms.Form):
    """Why a term stands still, and until when."""

    reason = forms.ChoiceField(
        label="Reden",
        choices=[("", "Kies"), *((reason.value, reason.label) for reason in HAND_REASONS)],
        error_messages={"required": "Kies een reden."},
    )
    until = DayField(
        label="Op welke dag loopt de termijn weer?",
        help_text="Hooguit zes weken vanaf vandaag.",
        error_messages={
            "required": "Vul de dag in waarop de termijn weer loopt.",
            "invalid": "Vul een bestaande dag in.",
        },
    )
    note = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        help_text="Alleen uw eigen organisatie leest dit. Schrijf geen gegevens over leefgebieden op.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:  # Django's own
        data = super().clean() or {}
        if data.get("reason") == SuspensionReason.OTHER and not data.get("note"):
            self.add_error("note", "Schrijf op wat de andere reden is.")
        return data

    def clean_reason(self) -> SuspensionReason:
        return SuspensionReason(self.cleaned_data["reason"])


class DecisionForm(forms.Form):
    """Whether a term may stand still once more."""

    granted = forms.TypedChoiceField(
        label="Uw besluit",
        choices=[
            ("ja", "Akkoord: de termijn staat nog een keer stil"),
            ("nee", "Niet akkoord: de termijn loopt door"),
        ],
        coerce=lambda answer: answer == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u akkoord gaat."},
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: only to confirm."""
