"""Suspend a term of one's own party, end that early, and decide on a second one in a row."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.access import CONTRIBUTE, MANAGE, capacity_in, case_for, has_permission
from cases.frame import Part
from cases.models import Capacity, Case, Deadline, Suspension, SuspensionReason, SuspensionState
from cases.process import steps_for
from cases.suspension import may_grant, may_suspend
from cases.views.phase_forms import ConfirmForm, DecisionForm, SuspensionForm
from cases.views.term_lines import rule_of, term_name
from consent.knowledge import frame_in
from consent.page import case_context
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def suspend(request: HttpRequest, pk: UUID, deadline_id: UUID) -> HttpResponse:
    """Until a day, with a reason; the page says before what becomes of the date."""
    viewer, case, capacity = _open(request, pk, "termijn-opschorten")
    row = _term(viewer, case, capacity, deadline_id)
    require(may_suspend(viewer.role_kind, capacity, row.capacity) and _works(viewer, case))
    if why := actions.refusal_to_suspend(row, on=viewer.on):
        messages.error(request, why)
        return redirect(_terms_page(case))
    form = SuspensionForm(request.POST or None)
    if form.is_valid():
        try:
            found = actions.suspend_term(deadline=row, **form.cleaned_data, by=viewer, at=viewer.at)
        except actions.NotSuspendable as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, _said(found))
            return redirect(_terms_page(case))
    words = {
        "title": f"Opschorten: {term_name(row, rule_of(row))}",
        "consequences": list(_consequences(row, viewer)),
        "label": "Opschorten",
    }
    return _page(request, viewer, case, form, words)


@require_http_methods(FORM_METHODS)
def resume(request: HttpRequest, pk: UUID, deadline_id: UUID) -> HttpResponse:
    """End a suspension before its day."""
    viewer, case, capacity = _open(request, pk, "termijn-hervatten")
    row = _term(viewer, case, capacity, deadline_id)
    require(may_suspend(viewer.role_kind, capacity, row.capacity) and _works(viewer, case))
    if request.method == "POST":
        try:
            again = actions.resume_term(deadline=row, by=viewer, at=viewer.at)
        except actions.NotSuspendable as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"De termijn loopt weer, tot en met {day_text(again.due_on)}.")
        return redirect(_terms_page(case))
    words = {
        "title": f"Hervatten: {term_name(row, rule_of(row))}",
        "consequences": ["De termijn loopt vanaf vandaag weer, met de dagen die over waren."],
        "label": "Hervatten",
    }
    return _page(request, viewer, case, ConfirmForm(), words)


@require_http_methods(FORM_METHODS)
def decide(request: HttpRequest, pk: UUID, suspension_id: UUID) -> HttpResponse:
    """A second suspension in a row: the afdelingshoofd agrees or not."""
    viewer, case, capacity = _open(request, pk, "opschorting-beslissen")
    found = (
        Suspension.objects.select_related("deadline", "asked_by").filter(case=case, pk=suspension_id).first()
    )
    if found is None or found.deadline.step not in steps_for(capacity) or not _reads(viewer, case):
        raise Http404
    responsible = found.deadline.capacity
    mine = found.asked_by_id == (viewer.user.pk if viewer.user else None)
    require(may_grant(viewer.role_kind, capacity, responsible, asked_it=mine) and _works(viewer, case))
    if found.state != SuspensionState.ASKED:
        messages.info(request, "Over deze opschorting is al beslist.")
        return redirect(_terms_page(case))
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        granted = form.cleaned_data["granted"]
        try:
            found = actions.decide_suspension(suspension=found, granted=granted, by=viewer, at=viewer.at)
        except actions.NothingAsked:
            messages.info(request, "Over deze opschorting is al beslist.")
            return redirect(_terms_page(case))
        except actions.NotSuspendable as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _said(found))
            return redirect(_terms_page(case))
    rule = rule_of(found.deadline)
    words = {
        "title": f"Nog een opschorting: {term_name(found.deadline, rule)}",
        "consequences": list(_question(found)),
        "label": "Vastleggen",
    }
    return _page(request, viewer, case, form, words)


def _open(request: HttpRequest, pk: UUID, activity: str) -> tuple[Viewer, Case, Capacity | None]:
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action=activity)
    return viewer, case, capacity_in(viewer, case)


def _reads(viewer: Viewer, case: Case) -> bool:
    """A term tells the dates it counts from (C3)."""
    return Part.DETENTION in frame_in(case, viewer).knows


def _works(viewer: Viewer, case: Case) -> bool:
    return has_permission(viewer, case, MANAGE) or has_permission(viewer, case, CONTRIBUTE)


def _term(viewer: Viewer, case: Case, capacity: Capacity | None, deadline_id: UUID) -> Deadline:
    """A term that this party works with; another one is not there."""
    steps = steps_for(capacity) if _reads(viewer, case) else ()
    row = case.deadlines.for_steps(steps).filter(pk=deadline_id).first()
    if row is None:
        raise Http404
    return row


def _consequences(row: Deadline, viewer: Viewer) -> list[str]:
    lines = [
        f"De termijn loopt nu tot en met {day_text(row.due_on)}.",
        "Hij loopt weer op de dag die u kiest, met de dagen die nu over zijn. Daar hoeft niemand iets voor te doen.",
    ]
    if row.due_on < viewer.on:
        lines = [f"De termijn was al te laat op {day_text(row.due_on)}. Opschorten verandert die datum niet."]
    if actions.needs_grant(row) and viewer.role_kind != "afdelingshoofd":
        lines.append(
            "Deze termijn is al eerder opgeschort. Daarom moet het afdelingshoofd (of bij een andere organisatie een "
            "collega) akkoord geven. Tot dan loopt de termijn door."
        )
    return lines


def _question(found: Suspension) -> list[str]:
    who = found.asked_by.name if found.asked_by else "Een collega"
    return [
        f"{who} vraagt opschorting tot {day_text(found.until)}, wegens: {SuspensionReason(found.reason).label}.",
        *([f"Toelichting: {found.note}"] if found.note else []),
        f"De termijn loopt nu tot en met {day_text(found.deadline.due_on)}. Bij akkoord staat hij vanaf vandaag stil.",
    ]


def _said(found: Suspension) -> str:
    if found.state == SuspensionState.ASKED:
        return "De opschorting is gevraagd. De termijn loopt door tot er akkoord is."
    if found.state == SuspensionState.REFUSED:
        return "De opschorting is niet verleend. De termijn loopt door."
    found.deadline.refresh_from_db()
    until, due = day_text(found.until), day_text(found.deadline.due_on)
    return f"De termijn staat stil tot {until} en loopt daarna tot en met {due}."


def _terms_page(case: Case) -> str:
    return f"{case.get_absolute_url()}termijnen/"


def _page(
    request: HttpRequest,
    viewer: Viewer,
    case: Case,
    form: forms.Form,
    words: dict[str, Any],  # texts for the template
) -> HttpResponse:
    context = {**case_context(viewer, case, "termijnen"), "form": form, **words}
    return TemplateResponse(request, "cases/case_form.html", {**context, "cancel_url": _terms_page(case)})
