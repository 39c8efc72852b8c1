"""Rely on a ground in this case, with the necessity in words, and stop relying on it (C3 code S)."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from consent import actions
from consent.models import GroundCode
from consent.reliance import Reliable, party_in, reliable_for, relied_on_in, subject_label
from consent.views.door import Door, enter_to_record, recipient_in
from parties.models import Organisation
from reintegratie.lib.fields import DayField
from reintegratie.lib.workdays import midnight_of

METHODS = ["GET", "HEAD", "POST"]


class RelyForm(forms.Form):
    """On which ground, about what, and why it is necessary."""

    code = forms.ChoiceField(
        label="Op welke grondslag?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een grondslag."},
    )
    subjects = forms.MultipleChoiceField(
        label="Waarover?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één onderwerp."},
        help_text="Alleen wat echt nodig is. De rest blijft dicht.",
    )
    necessity = forms.CharField(
        label="Waarom is dit nodig?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf op waarom dit nodig is. Zonder noodzaak mag er niet worden gedeeld."
        },
        help_text="De gedetineerde en de ontvanger kunnen dit lezen.",
    )
    reference = forms.CharField(
        label="Kenmerk",
        max_length=100,
        required=False,
        help_text="Verplicht bij een Wgs-zaak: het zaaknummer. En bij een regeling van de gemeente: de datum waarop de"
        " notificatiebrief is uitgereikt.",
    )
    until = DayField(label="Tot en met", required=False, help_text="Leeg: tot u het beëindigt.")

    def __init__(self, filled: Any, *, grounds: list[Reliable], **options: Any) -> None:
        super().__init__(filled, **options)
        subjects = dict.fromkeys(subject for ground in grounds for subject in ground.subjects)
        choices: Any = self.fields
        choices["code"].choices = [(ground.code, _with_articles(ground)) for ground in grounds]
        choices["subjects"].choices = [(subject, subject_label(subject)) for subject in subjects]
        if len(grounds) == 1:
            self.initial.setdefault("code", grounds[0].code)

    def clean(self) -> dict[str, Any]:  # Django's own
        """All that is missing is said at once; the action asks the same."""
        cleaned = super().clean() or {}
        if cleaned.get("code") in actions.NEEDS_REFERENCE and not cleaned.get("reference", "").strip():
            self.add_error("reference", actions.ReferenceMissing.text)
        return cleaned

    def said(self) -> dict[str, Any]:  # arguments of the action
        filled = self.cleaned_data
        until = midnight_of(filled["until"] + timedelta(days=1)) if filled["until"] else None
        kept = {name: filled[name] for name in ("subjects", "necessity", "reference")}
        return {**kept, "code": GroundCode(filled["code"]), "until": until}


class EndForm(forms.Form):
    """Why it stops; that may stay empty."""

    reason = forms.CharField(label="Toelichting", max_length=300, required=False)


def _with_articles(ground: Reliable) -> str:
    return f"{ground.label} ({', '.join(ground.articles[:3])}{' …' if len(ground.articles) > 3 else ''})"


@require_http_methods(METHODS)
def rely(request: HttpRequest, pk: UUID, organisation: UUID) -> HttpResponse:
    """The subjects of the ground that this recipient may be given, with a necessity."""
    door = enter_to_record(request, pk, "grondslag-vastleggen-openen")
    recipient = recipient_in(door, organisation)
    grounds = _grounds(door, recipient)
    form = RelyForm(request.POST or None, grounds=grounds, label_suffix="")
    if grounds and form.is_valid() and _rely(door, recipient, form):
        messages.success(request, f"Vastgelegd. {capfirst(recipient.called)} ziet deze onderwerpen vanaf nu.")
        return redirect(door.address("toestemming/"))
    return door.show(
        "rely",
        form=form,
        grounds=grounds,
        recipient=recipient,
        cancel_url=door.address("toestemming/"),
    )


def _grounds(door: Door, recipient: Organisation) -> list[Reliable]:
    row = party_in(door.case, recipient, door.viewer.at)
    return reliable_for([row], door.viewer.at)[recipient.pk] if row else []


def _rely(door: Door, recipient: Organisation, form: RelyForm) -> bool:
    by, at = door.viewer, door.viewer.at
    try:
        actions.rely_on_ground(case=door.case, recipient=recipient, **form.said(), by=by, at=at)
    except actions.NotRelied as refused:
        form.add_error(refused.field or None, str(refused))
        return False
    return True


@require_http_methods(METHODS)
def end(request: HttpRequest, pk: UUID, ground: UUID) -> HttpResponse:
    """Stop sharing on this ground, at once."""
    door = enter_to_record(request, pk, "grondslag-beeindigen-openen")
    row = next((row for row in relied_on_in(door.case, door.viewer.at) if row.pk == ground), None)
    if row is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with suppress(actions.NotReliedOn):  # somebody else ended it meanwhile: it has ended
            actions.end_reliance(row=row, reason=reason, by=door.viewer, at=door.viewer.at)
        name = capfirst(row.recipient.called)
        messages.success(request, f"Beëindigd. {name} ziet dit niet meer op deze grondslag.")
        return redirect(door.address("toestemming/"))
    return door.show(
        "end_reliance",
        form=form,
        row=row,
        subject=subject_label(row.subject),
        cancel_url=door.address("toestemming/"),
    )
