"""Noodtoegang: ask for a case that is closed for oneself, and what the functionaris gegevensbescherming sees of that."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import actions, rules
from cases.forms import EmergencyForm
from cases.models import EmergencyAccess
from parties import ledger
from parties.models import RoleKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import moment_text

NOT_HERE = "Deze zaak is niet gevonden bij uw organisatie."
CASE_NUMBER = re.compile(r"Z-\d{4}-\d{5,}")
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """The exact number and a reason; a number that is not there or not ours gets one and the same answer."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_in_emergency(viewer))
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            access = actions.open_in_emergency(**form.cleaned_data, by=viewer, at=viewer.at)
        except actions.AlreadyOpen as known:
            messages.info(request, "U kunt deze zaak al openen; noodtoegang is niet nodig.")
            return redirect(known.case)
        except actions.NoSuchCaseHere:
            _note_refusal(viewer, form.cleaned_data["number"])
            form.add_error("number", NOT_HERE)
        else:
            messages.success(request, f"U kunt deze zaak openen tot {moment_text(access.until)}.")
            return redirect(access.case)
    running = EmergencyAccess.objects.holding(viewer.at).filter(
        user=viewer.user, organisation=viewer.organisation
    )
    rows = running.select_related("case").order_by("until")
    open_now = [
        {"number": row.case.number, "url": row.case.get_absolute_url(), "until": moment_text(row.until)}
        for row in rows
    ]
    ledger.record(viewer, "noodtoegang-vragen", object_kind="formulier")
    return TemplateResponse(request, "cases/emergency.html", {"form": form, "open_now": open_now})


@require_safe
def emergency_uses(request: HttpRequest) -> HttpResponse:
    """Every use at one's own organisation, with the reason; what nobody looked at stands on top (C3, column AD)."""
    viewer = viewer_of(request, at=timezone.now())
    require(viewer.has_role(RoleKind.PRIVACY_OFFICER))
    rows = list(_uses(viewer).order_by(F("seen_at").desc(nulls_first=True), "-since")[:SHOWN])
    subjects = [ledger.Subject(row.case.detainee_id, row.case_id) for row in rows]
    ledger.record(viewer, "noodtoegang-gebruik-inzien", subjects=subjects, object_kind="lijst")
    return TemplateResponse(request, "cases/emergency_uses.html", {"uses": [_use(row) for row in rows]})


@require_POST
def emergency_seen(request: HttpRequest, access_id: UUID) -> HttpResponse:
    viewer = viewer_of(request, at=timezone.now())
    require(viewer.has_role(RoleKind.PRIVACY_OFFICER))
    access = _uses(viewer).filter(pk=access_id).first()
    if access is None:
        raise Http404
    actions.mark_seen(access=access, by=viewer, at=viewer.at)
    messages.success(request, f"De noodtoegang tot zaak {access.case.number} is bekeken.")
    return redirect("/noodtoegang/gebruik/")


def _note_refusal(viewer: Viewer, number: str) -> None:
    """What was asked, when it is a case number; whatever else somebody typed may be a name or a BSN (quality 2.8)."""
    asked = number if CASE_NUMBER.fullmatch(number) else ""
    ledger.record_refusal(at=viewer.at, action="noodtoegang", object_id=asked, viewer=viewer)


def _uses(viewer: Viewer) -> Any:  # a queryset of uses
    rows = EmergencyAccess.objects.filter(organisation=viewer.organisation)
    return rows.select_related("case", "user", "seen_by")


def _use(row: EmergencyAccess) -> dict[str, Any]:  # the template's context
    return {
        "id": row.pk,
        "number": row.case.number,
        "log_url": f"{row.case.get_absolute_url()}inzage/",
        "who": row.user.name,
        "role": str(RoleKind(row.role_kind).label),
        "reason": row.reason,
        "since": moment_text(row.since),
        "until": moment_text(row.until),
        "seen": f"{moment_text(row.seen_at)} door {row.seen_by.name}" if row.seen_at and row.seen_by else "",
    }
