"""The page 'Toestemmingen die aflopen': what ends soon in all cases of this PI, and what ended just now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent import rules
from consent.soon import Ending, endings_of
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text, days_text, urgency
from reintegratie.lib.workdays import last_day_before


@require_safe
def ending_soon(request: HttpRequest) -> HttpResponse:
    """All cases of the PI of stay, or one's own; renewing is one click to a form with the answers put ready."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_list_ending(viewer))
    mine = request.GET.get("behandelaar") == "mijn"
    found, is_all = endings_of(viewer, mine=mine)
    ledger.record(viewer, "toestemmingen-inzien", subjects=_subjects(found), object_kind="lijst")
    coming = [one for one in found if one.valid_until > viewer.at]
    ended = [one for one in reversed(found) if one.valid_until <= viewer.at]
    context = {
        "coming": [_line(one, viewer) for one in coming],
        "ended": [_line(one, viewer) for one in ended],
        "mine": mine,
        "is_all": is_all,
    }
    return TemplateResponse(request, "consent/soon.html", context)


def _subjects(found: list[Ending]) -> list[ledger.Subject]:
    """One line per person, with the domains of which an end was shown."""
    by_case = {one.case.pk: one.case.detainee_id for one in found}
    return [ledger.Subject(detainee, case) for case, detainee in by_case.items()]


def _line(one: Ending, viewer: Viewer) -> dict[str, Any]:
    """The last day on which it holds, and where it is asked again."""
    last_day = last_day_before(one.valid_until)
    page = f"{one.case.get_absolute_url()}toestemming/"
    renew = f"{page}ontvanger/{one.recipient.pk}/vastleggen/?opnieuw=ja" if one.takes_part else ""
    return {
        "url": page,
        "name": one.case.detainee.full_name,
        "number": one.case.number,
        "recipient": one.recipient.called,
        "domains": ", ".join(one.domains),
        "until": day_text(last_day),
        "badge": days_text(last_day, viewer.on),
        "state": urgency(last_day, viewer.on),
        "renew_url": renew,
    }
