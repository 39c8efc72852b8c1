"""All meetings that exist for this viewer: what comes, and what was."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from meetings import rules
from meetings.access import meetings_of, with_own_items
from parties import ledger
from parties.rules import require
from parties.viewer import viewer_of

PAGE = 25


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_see_meetings(viewer))
    before = _moment(request.GET.get("voor", ""))
    meetings = with_own_items(meetings_of(viewer).with_people(), viewer)
    past = meetings.closed(before=before).latest_first()[: PAGE + 1]
    shown = list(past)
    ledger.record(viewer, "overleggen-bekijken")
    return TemplateResponse(
        request,
        "meetings/meeting_list.html",
        {
            "planned": [] if before else list(meetings.planned().soonest_first()),
            "closed": shown[:PAGE],
            "earlier": before is not None,
            "older_url": f"?voor={shown[PAGE - 1].starts_at:%Y-%m-%dT%H:%M:%SZ}" if len(shown) > PAGE else "",
            "may_plan": rules.may_plan_meeting(viewer),
        },
    )


def _moment(text: str) -> datetime | None:
    """A moment from the address; what is none is left out."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
