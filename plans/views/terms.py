"""Terms that only a person knows of: begin one from its day, and record that one was done (C4, B11)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cases.steps import Step
from consent.visibility import ContentRow
from parties.rules import require
from plans import actions, rules
from plans.forms.terms import BeginTermForm, SettleTermForm, title_of
from plans.querysets import content_term_for
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter

PAGE = "termijnen"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A breach, a day of DJI or an application: the day from which a term counts."""
    door = enter(request, pk, PAGE, "termijn-beginnen-inzien")
    steps = rules.terms_to_begin(
        door.viewer, manages=door.manages, contributes=door.contributes, phase=door.case.phase
    )
    require(bool(steps))
    form = BeginTermForm(request.POST or None, steps=steps)
    if request.method == "POST" and form.is_valid():
        actions.begin_term(
            case=door.case,
            step=Step(form.cleaned_data["step"]),
            since=form.cleaned_data["since"],
            by=door.viewer,
            at=door.viewer.at,
        )
        messages.success(request, "De datum is vastgelegd; de termijn is berekend.")
        return redirect(door.address("termijnen/"))
    return _show(door, form=form, title="Datum vastleggen voor een termijn", draft_key="termijn-beginnen")


@require_http_methods(FORM_METHODS)
def settle(request: HttpRequest, pk: UUID, term: UUID) -> HttpResponse:
    """A term that is hidden from this party is not there; one that follows from other facts is not settled here."""
    door = enter(request, pk, PAGE, "termijn-afdoen-inzien")
    row = content_term_for(door.case, door.viewer, term)
    if row is None:
        raise Http404
    require(
        rules.may_settle(
            door.viewer, row, manages=door.manages, contributes=door.contributes, phase=door.case.phase
        )
    )
    form = SettleTermForm(
        request.POST or None, step=row.step, on=door.viewer.on, initial={"version": row.version}
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(
            form,
            lambda: actions.settle_term(
                term=row,
                done_on=form.cleaned_data["done_on"],
                goes_on=form.goes_on,
                expected_version=form.cleaned_data["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, "Vastgelegd dat dit is gedaan.")
            return redirect(door.address("termijnen/"))
    title = title_of(row.step, row.step_valid_from)
    return _show(
        door, form=form, title=title, text=row.explanation, draft_key=f"termijn-{row.pk}", conflict=conflict
    )


def _initial(row: ContentRow) -> dict[str, object]:
    return {}


def _show(door: Door, **more: object) -> HttpResponse:
    return door.show("term_form", cancel_url=door.address("termijnen/"), **more)
