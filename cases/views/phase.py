"""Record what happened on the road of a case: which events there are now, why the others are refused, and one form each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions, rules
from cases.access import CONTRIBUTE, MANAGE, case_for, has_permission
from cases.events import Facts, RoadEvent, Setter
from cases.frame import Part, phase_for
from cases.models import Case
from cases.road import events_for, refusal_of, row_of
from cases.views.phase_forms import ExtramuralForm, PhaseForm
from consent.page import case_context
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text

DECISIONS = {RoadEvent.PROMOTED, RoadEvent.DEMOTED}


@require_safe
def phase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the case stands, what this role may record now, and of the rest why not."""
    viewer, case, setters = _open(request, pk)
    context = case_context(viewer, case, "overzicht")
    facts = actions.facts_of(case, on=viewer.on, at=viewer.at)
    steps = [_step(event, facts, case) for event in _recordable(setters)]
    page = {
        "now": phase_for(case.phase, context["frame"].knows)[1],
        "since": day_text(case.phase_since, unknown="") if Part.COURSE in context["frame"].knows else "",
        "reason": case.phase_reason if Part.COURSE in context["frame"].knows else "",
        "possible": [one for one in steps if not one["refusal"]],
        "refused": [one for one in steps if one["refusal"]],
    }
    return TemplateResponse(request, "cases/phase.html", {**context, **page})


@require_http_methods(["GET", "HEAD", "POST"])
def record_phase(request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
    """One event, with its day and reason, and in words what follows from it."""
    viewer, case, setters = _open(request, pk)
    if event not in rules.RECORDED_EVENTS:
        raise Http404
    chosen = RoadEvent(event)
    require(chosen in _recordable(setters))
    row = row_of(chosen)
    kind = ExtramuralForm if row.asks_ground else PhaseForm
    form = kind(request.POST or None, initial={"on": viewer.on})
    if form.is_valid():
        try:
            actions.record_event(case=case, event=chosen, **form.cleaned_data, by=viewer, at=viewer.at)
        except actions.PhaseNotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Vastgelegd: {chosen.label}.")
            return redirect(case)
    context = {
        **case_context(viewer, case, "overzicht"),
        "form": form,
        "title": chosen.label,
        "text": _who_reads(chosen),
        "consequences": [effect.value for effect in row.effects],
        "warning": row.warning,
        "label": "Vastleggen",
        "danger": bool(row.warning),
        "cancel_url": f"{case.get_absolute_url()}fase/",
    }
    return TemplateResponse(request, "cases/case_form.html", context)


def _open(request: HttpRequest, pk: UUID) -> tuple[Viewer, Case, tuple[Setter, ...]]:
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action="fase-inzien")
    row = case.parties.of(viewer).first()
    setters = rules.phase_setters(
        viewer,
        manages=has_permission(viewer, case, MANAGE),
        contributes=has_permission(viewer, case, CONTRIBUTE),
        on_title=row is not None and row.works_by_dates,
        phase=case.phase,
    )
    require(bool(setters))
    return viewer, case, setters


def _recordable(setters: tuple[Setter, ...]) -> list[RoadEvent]:
    return [event for event in events_for(setters) if event in rules.RECORDED_EVENTS]


def _step(event: RoadEvent, facts: Facts, case: Case) -> dict[str, Any]:  # the template's context
    return {
        "label": event.label,
        "url": f"{case.get_absolute_url()}fase/{event.value}/",
        "effects": " ".join(effect.value for effect in row_of(event).effects),
        "refusal": refusal_of(event, facts),
    }


def _who_reads(event: RoadEvent) -> str:
    if event in actions.TOLD_TO_ALL:
        return "De dag en de reden staan in de geschiedenis; de partijen die de data kennen, lezen ze."
    if event in DECISIONS:
        return "Leg het besluit van de directeur vast. Een advies van het MDO alleen verandert het programma niet."
    return "De dag en de reden lezen de inrichting en een reclassering met een titel. Een gemeente leest ze niet."
