"""Rely on a ground in this case, with the necessity in words, and stop relying on it (C3 code S)."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from consent import actions
from consent.forms import EndForm, RelyForm
from consent.reliance import Reliable, party_in, reliable_for, relied_on_in, subject_label
from consent.views.door import Door, enter_to_record, recipient_in
from parties.models import Organisation

METHODS = ["GET", "HEAD", "POST"]


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
