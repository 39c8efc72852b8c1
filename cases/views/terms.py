"""All terms of a case: how each stands, why that date, and what was due when."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules
from cases.access import case_for
from cases.frame import Part
from cases.models import Capacity, Case, Deadline, DeadlineStatus
from cases.process import steps_for
from cases.timeline import Line, in_order
from cases.views.still_lines import Reader, still_lines
from cases.views.term_lines import AnyTerm, in_turn, rule_of, term_line
from consent.page import case_context
from parties.actors import actor_names
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from plans.models import ContentTerm
from plans.querysets import content_terms
from plans.rules import may_settle, terms_to_begin
from reintegratie.lib.dutch import day_text, moment_text, weekday_text


@require_safe
def case_terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every term this party works with, running ones first, each with its rule, its start and its past."""
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action="termijnen-inzien")
    context = case_context(viewer, case, "termijnen")
    capacity = context["capacity"]
    require(rules.may_open_page(viewer, capacity, "termijnen"))
    knows_dates = Part.DETENTION in context["frame"].knows
    steps = steps_for(capacity) if knows_dates else ()
    framed = list(case.deadlines.for_steps(steps).with_state(viewer.on))
    hidden = content_terms(case, viewer) if knows_dates else []
    rows = in_turn([*framed, *hidden])
    past = _past(case, steps, viewer, hidden)
    still = still_lines(framed, Reader(viewer, case, capacity, context["frame"].knows))
    does: dict[str, Any] = {
        "manages": capacity == Capacity.PRISON,
        "contributes": capacity in rules.WORKING and capacity != Capacity.PRISON,
        "phase": case.phase,
    }
    terms = [
        {
            **_term(row, viewer.on, past[row.pk]),
            **still.get(row.pk, {}),
            "settle_url": _settle_url(row, viewer, does),
        }
        for row in rows
    ]
    running = [row.status in (DeadlineStatus.OPEN, DeadlineStatus.SUSPENDED) for row in rows]
    page = {
        "running": [term for term, runs in zip(terms, running, strict=True) if runs],
        "closed": [term for term, runs in zip(terms, running, strict=True) if not runs],
        "may_begin": bool(terms_to_begin(viewer, **does)),
    }
    return TemplateResponse(request, "cases/case_terms.html", {**context, **page})


def _term(row: AnyTerm, on: date, past: list[dict[str, str]]) -> dict[str, Any]:  # the template's context
    rule = rule_of(row)
    return {
        **term_line(row, on),
        "id": row.pk,
        "rule": f"{rule.rule_text} (regel geldig vanaf {day_text(row.step_valid_from)})",
        "statutory": rule.statutory,
        "responsible": str(Capacity(row.capacity).label),
        "starts_on": day_text(row.starts_on),
        "raw_due": day_text(row.raw_due_on) if row.raw_due_on != row.due_on else "",
        "skipped": ", ".join(weekday_text(day) for day in row.skipped_days),
        "closed_on": day_text(row.closed_on, unknown=""),
        "past": past,
    }


def _settle_url(row: AnyTerm, viewer: Viewer, does: dict[str, Any]) -> str:
    """Where it is recorded that this was done, of a term that asks for that; the page behind asks the same rule."""
    if isinstance(row, Deadline) or not may_settle(viewer, row, **does):
        return ""
    return f"/zaken/{row.case_id}/termijnen/{row.pk}/afdoen/"


def _past(
    case: Case, steps: Collection[str], viewer: Viewer, hidden: Collection[ContentTerm]
) -> dict[object, list[dict[str, str]]]:
    """What was due when: every line of history of each term, oldest first (C6.53)."""
    lines: list[Line] = in_order(Deadline.history.filter(case=case, step__in=steps))
    if hidden:
        lines += in_order(ContentTerm.history.visible_to(viewer).filter(case=case))
    names = actor_names(line.history_user_id for line in lines)
    past: dict[object, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        past[line.id].append(
            {
                "at": moment_text(line.history_date),
                "who": names[line.history_user_id],
                "due": day_text(line.due_on),
                "status": str(DeadlineStatus(line.status).label),
                "why": line.history_change_reason or "",
            }
        )
    return past
