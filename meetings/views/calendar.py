"""The meeting as a file for somebody's own calendar."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meetings.calendar import calendar_of
from meetings.views.door import enter


@require_safe
def meeting_ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    door = enter(request, pk, "overleg-agenda-bestand")
    address = f"{settings.BASE_URL}{door.address()}"
    return HttpResponse(
        calendar_of(door.opened, door.viewer, address),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="overleg-{door.meeting.pk}.ics"'},
    )
