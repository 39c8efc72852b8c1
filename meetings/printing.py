"""The agenda on paper: one copy for one reader, made at the moment it is asked for and never kept (quality 2.10)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from meetings import rules
from meetings.access import meeting_for
from meetings.actions import print_agenda
from meetings.actions.prints import NothingForThisReader
from meetings.models import AgendaPrint, Meeting
from meetings.sheet import AgendaSheet
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
    viewer = viewer_of(request, at=timezone.now(), channel="druk")
    meeting = meeting_for(viewer, pk, action="agenda-openen").meeting
    reader = _reader(request, viewer)
    require(reader == viewer.organisation or rules.may_print_for_others(viewer, meeting))
    try:
        copy, sheet = print_agenda(
            meeting=meeting,
            reader=reader,
            with_notes=request.GET.get("aantekeningen") != "nee",
            by=viewer,
            at=viewer.at,
        )
    except NothingForThisReader as nothing:
        raise Http404 from nothing
    return HttpResponse(
        render_agenda(copy, sheet, meeting, viewer),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="agenda-{copy.number}.pdf"'},
    )


def render_agenda(copy: AgendaPrint, sheet: AgendaSheet, meeting: Meeting, by: Viewer) -> bytes:
    """The sheet as PDF, with who it is for and on which ground."""
    head = Letterhead(
        organisation=meeting.organisation.name,
        for_whom=copy.for_organisation.name if sheet.for_outside else f"{sheet.chair}, voorzitter",
        made_by=by.name,
        made_at=copy.printed_at,
        as_of=copy.printed_at,
        serial=copy.number,
        ground=GUEST_GROUND if sheet.for_outside else OWN_GROUND,
    )
    data = {"head": head, "sheet": sheet, "notes": copy.with_notes}
    return render_pdf("meetings/agenda", data, title=f"Agenda overleg {day_text(day_of(meeting.starts_at))}")


def _reader(request: HttpRequest, viewer: Viewer) -> Organisation:
    """Whose copy: the own one, unless another is named. An organisation that does not exist is a 404."""
    asked = request.GET.get("voor")
    if not asked:
        return viewer.organisation
    try:
        return Organisation.objects.get(pk=UUID(asked))
    except (ValueError, Organisation.DoesNotExist) as unknown:
        raise Http404 from unknown
