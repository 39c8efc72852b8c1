"""Agenda and besluitenlijst on paper: one copy for one reader, made when it is asked for and never kept (quality 2.10)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from meetings import rules
from meetings.access import meeting_for
from meetings.actions import print_agenda, print_minutes
from meetings.actions.prints import HeldAlready, NothingForThisReader, NotYetHeld
from meetings.copies import ADDRESSES
from meetings.models import AgendaPrint, Meeting, Paper
from meetings.sheet import AgendaSheet, MinutesSheet
from parties.models import Organisation
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text
from reintegratie.lib.pdf import Letterhead, render_pdf
from reintegratie.lib.workdays import day_of

OWN_GROUND = "eigen taak van de inrichting (Pbw 18a)"
GUEST_GROUND = "uitnodiging voor dit overleg; per zaak staat op welke grond een leefgebied is gedeeld"


@require_GET
def agenda_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """``?voor=<organisatie>`` asks for the copy of a guest, ``?aantekeningen=nee`` leaves out the lines to write on."""
    viewer, meeting, reader = _enter(request, pk, "agenda-openen")
    with_notes = request.GET.get("aantekeningen") != "nee"
    try:
        copy, sheet = print_agenda(
            meeting=meeting, reader=reader, with_notes=with_notes, by=viewer, at=viewer.at
        )
    except HeldAlready:
        return redirect(f"{meeting.get_absolute_url()}{ADDRESSES[Paper.MINUTES]}?voor={reader.pk}")
    except NothingForThisReader as nothing:
        raise Http404 from nothing
    return _answer(copy, render_agenda(copy, sheet, meeting, viewer))


@require_GET
def minutes_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The besluitenlijst of a held meeting; ``?voor=<organisatie>`` asks for the copy of a guest (C5.9)."""
    viewer, meeting, reader = _enter(request, pk, "besluitenlijst-openen")
    try:
        copy, sheet = print_minutes(meeting=meeting, reader=reader, by=viewer, at=viewer.at)
    except (NotYetHeld, NothingForThisReader) as nothing:
        raise Http404 from nothing
    return _answer(copy, render_minutes(copy, sheet, meeting, viewer))


def _enter(request: HttpRequest, pk: UUID, action: str) -> tuple[Viewer, Meeting, Organisation]:
    """The meeting as it exists for this viewer, and for whom the copy is. A role without meetings: 403, as elsewhere."""
    viewer = viewer_of(request, at=timezone.now(), channel="druk")
    require(rules.may_see_meetings(viewer))
    meeting = meeting_for(viewer, pk, action=action).meeting
    reader = _reader(request, viewer)
    require(reader == viewer.organisation or rules.may_print_for_others(viewer, meeting))
    return viewer, meeting, reader


def _answer(copy: AgendaPrint, pdf: bytes) -> HttpResponse:
    name = f"{Paper(copy.paper).label}-{copy.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def render_agenda(copy: AgendaPrint, sheet: AgendaSheet, meeting: Meeting, by: Viewer) -> bytes:
    """The sheet as PDF, with who it is for and on which ground."""
    for_whom = copy.for_organisation.called if sheet.for_outside else f"{sheet.chair}, voorzitter"
    head = _head(copy, meeting, by, for_whom, for_outside=sheet.for_outside)
    data = {"head": head, "sheet": sheet, "notes": copy.with_notes}
    return render_pdf("meetings/agenda", data, title=f"Agenda overleg {day_text(day_of(meeting.starts_at))}")


def render_minutes(copy: AgendaPrint, sheet: MinutesSheet, meeting: Meeting, by: Viewer) -> bytes:
    """The besluitenlijst as PDF, under the day on which the meeting was held."""
    head = _head(copy, meeting, by, copy.for_organisation.called, for_outside=sheet.for_outside)
    held_on = day_text(day_of(meeting.took_place_at))
    return render_pdf(
        "meetings/minutes", {"head": head, "sheet": sheet}, title=f"Besluitenlijst overleg {held_on}"
    )


def _head(copy: AgendaPrint, meeting: Meeting, by: Viewer, for_whom: str, *, for_outside: bool) -> Letterhead:
    return Letterhead(
        organisation=meeting.organisation.name,
        for_whom=for_whom,
        made_by=by.name,
        made_at=copy.printed_at,
        as_of=copy.printed_at,
        serial=copy.number,
        ground=GUEST_GROUND if for_outside else OWN_GROUND,
    )


def _reader(request: HttpRequest, viewer: Viewer) -> Organisation:
    """Whose copy: the own one, unless another is named. An organisation that does not exist is a 404."""
    asked = request.GET.get("voor")
    if not asked:
        return viewer.organisation
    try:
        return Organisation.objects.get(pk=UUID(asked))
    except (ValueError, Organisation.DoesNotExist) as unknown:
        raise Http404 from unknown
