"""Give several cases to one colleague: those that were ticked on the list, or all of who is ill or leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import actions, rules, worklist
from cases.deputies import colleagues
from cases.forms.reassign import FromForm, ReassignForm, keys_in
from cases.models import CaseParty
from cases.views.lists import line_of, place_label, subjects_of
from cases.worklist import Scope
from consent.knowledge import with_knowledge
from parties import ledger
from parties.models import User
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from plans.actions.reassign import hand_over_cases

GONE = "Niet alle gekozen zaken zijn (nog) voor u. Kies opnieuw; er is niets gewijzigd."
TOO_MANY = f"U kunt {actions.MOST} zaken tegelijk herverdelen. Dit zijn de eerste {actions.MOST}."


@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: HttpRequest) -> HttpResponse:
    """Show the cases with a box each; what is sent is written whole or not at all."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_reassign(viewer))
    people = colleagues(viewer)
    asked = request.POST if request.method == "POST" else request.GET
    chosen, complete = _chosen(viewer, asked, people)
    if not complete:
        messages.warning(request, GONE)
    form = ReassignForm(request.POST if request.method == "POST" else None, people=people)
    refused: dict[UUID, str] = {}
    if request.method == "POST" and complete and _is_filled_in(form, chosen):
        refused = _write(viewer, form, chosen)
        if not refused:
            name = form.cleaned_data["worker"].name
            messages.success(request, f"{_cases(len(chosen))} van nu af bij {name}.")
            return redirect("/")
    if len(chosen) > actions.MOST:
        messages.warning(request, TOO_MANY)
    return _page(request, viewer, form, chosen[: actions.MOST], refused)


def _chosen(viewer: Viewer, asked: QueryDict, people: QuerySet[User]) -> tuple[list[CaseParty], bool]:
    """The rows that were asked for, and whether those are all of them."""
    try:
        keys = keys_in(asked)
    except ValidationError:
        return [], False
    source = FromForm(asked, people=people)
    if not keys and "van" in asked:
        if not source.is_valid():
            return [], False
        rows = worklist.worklist_of(viewer, Scope(worker=source.cleaned_data["van"].pk))
        return _read(rows, viewer), True
    found = _read(worklist.worklist_of(viewer).filter(key__in=keys), viewer) if keys else []
    return found, len(found) == len(keys)


def _read(rows: QuerySet[CaseParty], viewer: Viewer) -> list[CaseParty]:
    whole = with_knowledge(worklist.with_row(rows, viewer), viewer)
    return worklist.page_of(whole, size=actions.MOST + 1)


def _is_filled_in(form: ReassignForm, chosen: list[CaseParty]) -> bool:
    if not chosen:
        form.add_error(None, "Kies ten minste een zaak.")
    elif len(chosen) > actions.MOST:
        form.add_error(None, TOO_MANY)
    return form.is_valid()


def _write(viewer: Viewer, form: ReassignForm, chosen: list[CaseParty]) -> dict[UUID, str]:
    """Which cases could not go, and why; empty when all went."""
    try:
        hand_over_cases(
            rows=chosen,
            worker=form.cleaned_data["worker"],
            by=viewer,
            at=viewer.at,
            why=form.cleaned_data["reason"],
        )
    except actions.CannotReassign as trouble:
        return {row.key: why for row, why in trouble.refused}
    return {}


def _page(
    request: HttpRequest,
    viewer: Viewer,
    form: ReassignForm,
    rows: list[CaseParty],
    refused: dict[UUID, str],
) -> HttpResponse:
    subjects = subjects_of(rows)
    ledger.record(viewer, "zaken-herverdelen-inzien", subjects=subjects, object_kind="lijst")
    context: dict[str, Any] = {
        "form": form,
        "source": FromForm(people=colleagues(viewer)),
        "lines": [(line_of(row, viewer), refused.get(row.key, "")) for row in rows],
        "refused": len(refused),
        "place_label": place_label(viewer),
    }
    return TemplateResponse(request, "cases/reassign.html", context)


def _cases(number: int) -> str:
    return "1 zaak ligt" if number == 1 else f"{number} zaken liggen"
