"""All meetings that exist for this viewer: what comes, and what was."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import rules
from meetings.access import meetings_of, with_own_items
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from parties import ledger
from parties.rules import require
from parties.viewer import viewer_of
from reintegratie.lib.keyset import BrokenCursor, MomentCursor, moment_cursor

PAGE = 25
LATER, EARLIER = "vanaf", "voor"
"""Where the list of planned meetings goes on, and where that of earlier ones."""


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """One list a page once somebody turns the leaves of it; both on the first."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_see_meetings(viewer))
    after, before = _place(request, LATER), _place(request, EARLIER)
    meetings = with_own_items(meetings_of(viewer).with_people(), viewer)
    planned, later_url = ([], "") if before else _page(meetings.planned(after=after), LATER)
    closed, earlier_url = ([], "") if after else _page(meetings.closed(before=before), EARLIER)
    ledger.record(viewer, "overleggen-bekijken")
    return TemplateResponse(
        request,
        "meetings/meeting_list.html",
        {
            "planned": planned,
            "later": after is not None,
            "later_url": later_url,
            "closed": closed,
            "earlier": before is not None,
            "earlier_url": earlier_url,
            "may_plan": rules.may_plan_meeting(viewer),
        },
    )


def _page(meetings: MeetingQuerySet, name: str) -> tuple[list[Meeting], str]:
    """One page, and the address of the next where there is one."""
    rows = list(meetings[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    last = rows[PAGE - 1]
    return rows[:PAGE], f"?{name}={MomentCursor(last.took_place_at, last.pk)}"


def _place(request: HttpRequest, name: str) -> MomentCursor | None:
    """A place from the address; what is none is the first page."""
    try:
        return moment_cursor(request.GET.get(name, ""))
    except BrokenCursor:
        return None
