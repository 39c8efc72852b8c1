"""Mail that does not arrive, and organisations where nobody is left to tell: work for beheer, without any case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import actions, rules
from cases.undelivered import Undelivered, undelivered, unmanned
from parties import ledger
from parties.models import Organisation
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import moment_text

URL = "/bezorging/"
SHOWN = 200


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    """Whose mail does not arrive, why, and what to do about it."""
    viewer = _viewer(request)
    rows = undelivered(viewer.at)
    ledger.record(viewer, "bezorging-inzien", object_kind="lijst")
    context = {
        "items": [_item(row) for row in rows],
        "unmanned": [_place(row) for row in unmanned(viewer.at)[:SHOWN]],
    }
    return TemplateResponse(request, "cases/delivery.html", context)


@require_POST
def again(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Try again, after the address was mended or the mail server spoken to."""
    viewer = _viewer(request)
    number = actions.send_again(user_id=user_id, by=viewer, at=viewer.at)
    if number:
        messages.success(request, "De mail gaat binnen een minuut opnieuw.")
    else:
        messages.info(request, "Er is niets meer om te versturen: het is al gelezen of al verstuurd.")
    return redirect(URL)


@require_POST
def settle(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Dealt with otherwise; the messages stay in the application."""
    viewer = _viewer(request)
    actions.settle_undelivered(user_id=user_id, by=viewer, at=viewer.at)
    messages.success(request, "Afgedaan. De berichten zelf staan nog in Terugkeer.")
    return redirect(URL)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_look_after_delivery(viewer))
    return viewer


def _item(row: Undelivered) -> dict[str, object]:
    return {
        "user_id": row.user_id,
        "name": row.name,
        "email": row.email,
        "organisation": row.organisation,
        "reason": row.reason,
        "since": moment_text(row.last_at),
        "given_up": row.given_up,
    }


def _place(organisation: Organisation) -> dict[str, object]:
    return {"name": organisation.called, "pk": organisation.pk}
