"""What a gemeente or reclassering fills in to bring something in."""

from typing import Any

from django import forms

from plans.forms.fields import date_field, domain_field, radio_field, text_area
from plans.models import ContributionKind

KINDS = [(value, label[:1].upper() + label[1:]) for value, label in ContributionKind.choices]


class ContributionForm(forms.Form):
    """A running trajectory, supervision, advice or a fact, with its period."""

    domain = domain_field(required=False, empty="Algemeen (alleen voor de inrichting)")
    kind = radio_field("Wat brengt u in?", KINDS)
    text = text_area(
        "Inhoud",
        rows=4,
        required=True,
        help_text="Alleen wat nodig is om hulp te regelen. Geen diagnose en geen namen van anderen.",
    )
    since = date_field("Loopt vanaf")
    until = date_field("Loopt tot")

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "De einddatum ligt voor de begindatum.")
        return cleaned
