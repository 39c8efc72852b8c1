"""Putting cases on the agenda, giving them another place, and taking them off. Each is one button or one line."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.access import cases_of
from meetings import actions
from meetings.forms.agenda import AddItemForm
from meetings.proposals import kind_for, proposals_for
from meetings.refusals import MeetingRefusal
from meetings.views.door import enter_to_prepare
from meetings.views.meeting import meeting_page
from reintegratie.lib.versions import StaleVersion

DUE = "#aan-de-beurt"
NOTHING_TICKED = "Vink eerst aan welke zaken op de agenda komen."
NOT_FOUND = "Deze zaak is niet van uw inrichting, of het nummer klopt niet."
OTHER_FIRST = "Iemand anders heeft de agenda intussen gewijzigd. Dit is de volgorde van nu."


@require_POST
def add_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By case number: from a proposal with one button, or typed."""
    door = enter_to_prepare(request, pk, "agendapunt-toevoegen")
    form = AddItemForm(request.POST)
    if not form.is_valid():
        return meeting_page(door, add_form=form)
    given = form.cleaned_data
    case = cases_of(door.viewer).with_frame().filter(number=given["number"]).first()
    if case is None:
        form.add_error("number", NOT_FOUND)
        return meeting_page(door, add_form=form)
    try:
        actions.add_item(
            meeting=door.meeting,
            case=case,
            kind=given["kind"] or kind_for(case),
            proposal=given["proposal"],
            by=door.viewer,
            at=door.viewer.at,
        )
    except MeetingRefusal as refusal:
        form.add_error("number", str(refusal))
        return meeting_page(door, add_form=form)
    return door.back(f"Zaak {case.number} staat op de agenda.")


@require_POST
def add_proposed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every case that was ticked under 'Aan de beurt', with what it is due for; back to what is left of that list."""
    door = enter_to_prepare(request, pk, "agendapunten-toevoegen")
    ticked = set(request.POST.getlist("zaak"))
    proposals = [one for one in proposals_for(door.meeting, door.viewer) if one.case.number in ticked]
    if not proposals:
        return door.refused(ValueError(NOTHING_TICKED), DUE)
    wanted = [(one.case, one.kind) for one in proposals]
    try:
        actions.add_items(meeting=door.meeting, wanted=wanted, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return door.refused(refusal, DUE)
    count = len(wanted)
    return door.back(f"{count} {'zaak staat' if count == 1 else 'zaken staan'} nu op de agenda.", DUE)


@require_POST
def move_item(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """One place up or down."""
    door = enter_to_prepare(request, pk, "agendapunt-verplaatsen")
    row = door.item(item)
    version = request.POST.get("version", "")
    try:
        actions.reorder(
            item=row,
            direction=actions.DOWN if request.POST.get("richting") == actions.DOWN else actions.UP,
            expected_version=int(version) if version.isascii() and version.isdigit() else 0,
            by=door.viewer,
            at=door.viewer.at,
        )
    except StaleVersion:
        messages.warning(request, OTHER_FIRST)
    except MeetingRefusal as refusal:
        return door.refused(refusal)
    return redirect(door.address(f"#punt-{row.pk}"))


@require_POST
def remove_item(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Off the agenda; the invitations to it end."""
    door = enter_to_prepare(request, pk, "agendapunt-weghalen")
    row = door.item(item)
    try:
        actions.remove_item(item=row, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return door.refused(refusal, f"punten/{row.pk}/")
    return door.back(f"Zaak {row.case.number} is van de agenda gehaald.")
