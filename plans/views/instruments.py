"""Reflector, Taalmeter, SCIL and the kind-check (R122, R141-R143)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from plans import actions
from plans.forms.screening import (
    INSTRUMENTS,
    ChildCheckForm,
    ChildContactForm,
    InstrumentForm,
    child_check_initial,
    instrument_initial,
)
from plans.models import ChildCheck, ChildCheckAnswer, InstrumentKind, InstrumentOutcome, InstrumentResult
from plans.screening import Screening, screening_of
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter
from reintegratie.lib.dutch import day_text

PAGE = "screening"
FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class InstrumentRow:
    """One instrument on the overview."""

    label: str
    url: str
    outcome: str
    taken_on: str
    tone: str


def instrument_rows(door: Door, screening: Screening) -> list[InstrumentRow]:
    return [_row(door, kind, screening.instruments.get(kind)) for kind in InstrumentKind]


def _row(door: Door, kind: InstrumentKind, result: InstrumentResult | None) -> InstrumentRow:
    url = door.address(f"screening/instrumenten/{kind}/")
    if result is None:
        return InstrumentRow(str(kind.label), url, "nog niet afgenomen", "", "inactive")
    low = result.outcome == InstrumentOutcome.LOW
    return InstrumentRow(
        label=str(kind.label),
        url=url,
        outcome=str(result.get_outcome_display()),
        taken_on=day_text(result.taken_on),
        tone="warning" if low else "success",
    )


@require_http_methods(FORM_METHODS)
def instrument(request: HttpRequest, pk: UUID, instrument: str) -> HttpResponse:
    """The outcome of one instrument."""
    door = enter(request, pk, PAGE, "instrument-inzien")
    door.require_detention_work()
    if instrument not in INSTRUMENTS:
        raise Http404
    kind = INSTRUMENTS[instrument]
    known = screening_of(door.case, door.viewer).instruments.get(kind) or InstrumentResult(kind=kind)
    form = InstrumentForm(request.POST or None, on=door.viewer.on, initial=instrument_initial(known))
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(
            form,
            lambda: actions.record_instrument(
                case=door.case,
                kind=kind,
                outcome=InstrumentOutcome(form.cleaned_data["outcome"]),
                taken_on=form.cleaned_data["taken_on"],
                note=form.cleaned_data["note"],
                expected_version=form.cleaned_data["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _instrument_initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, f"{kind.label} is opgeslagen.")
            return redirect(door.address("screening/"))
    return door.show(
        "screening_form",
        form=form,
        title=kind.label,
        draft_key=f"instrument-{kind}",
        conflict=conflict,
        cancel_url=door.address("screening/"),
    )


def _instrument_initial(row: object) -> dict[str, object]:
    assert isinstance(row, InstrumentResult)
    return instrument_initial(row)


@require_http_methods(FORM_METHODS)
def child_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The kind-check; 'yes' leads straight on to the contact with the gemeente."""
    door = enter(request, pk, PAGE, "kindcheck-inzien")
    door.require_detention_work()
    known = screening_of(door.case, door.viewer).child_check or ChildCheck()
    form = ChildCheckForm(request.POST or None, on=door.viewer.on, initial=child_check_initial(known))
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(form, lambda: _save_check(door, form), _check_initial, door.viewer)
        if conflict is None:
            positive = form.cleaned_data["answer"] == ChildCheckAnswer.YES
            messages.success(request, _what_happened(door, positive=positive))
            return redirect(door.address("screening/kind-check/contact/" if positive else "screening/"))
    return door.show(
        "screening_form",
        form=form,
        title="Kind-check",
        text="Bij ‘ja’ krijgt de gemeente van herkomst direct bericht dat er vandaag contact nodig is, ook zonder "
        "toestemming. Het bericht bevat niet meer dan dat (grondslag: belang van het kind).",
        draft_key="kind-check",
        conflict=conflict,
        cancel_url=door.address("screening/"),
    )


def _save_check(door: Door, form: ChildCheckForm) -> ChildCheck:
    return actions.record_child_check(
        case=door.case,
        answer=ChildCheckAnswer(form.cleaned_data["answer"]),
        is_urgent=form.cleaned_data["is_urgent"],
        asked_on=form.cleaned_data["asked_on"],
        expected_version=form.cleaned_data["version"],
        by=door.viewer,
        at=door.viewer.at,
    )


def _check_initial(row: object) -> dict[str, object]:
    assert isinstance(row, ChildCheck)
    return child_check_initial(row)


def _what_happened(door: Door, *, positive: bool) -> str:
    if not positive:
        return "De kind-check is opgeslagen."
    if actions.origin_of(door.case, door.viewer.at) is None:
        return "De kind-check is opgeslagen. De gemeente van herkomst neemt niet deel aan deze zaak: bel haar vandaag zelf."
    return "De kind-check is opgeslagen en de gemeente van herkomst heeft bericht. Neem vandaag contact op."


@require_http_methods(FORM_METHODS)
def child_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who was spoken to at the gemeente, and when."""
    door = enter(request, pk, PAGE, "kindcheck-contact")
    door.require_handing_over()
    check = screening_of(door.case, door.viewer).child_check
    if check is None or check.answer != ChildCheckAnswer.YES:
        raise Http404
    form = ChildContactForm(request.POST or None, on=door.viewer.on, initial=_contact_initial(check))
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(
            form,
            lambda: actions.record_child_contact(
                check=check,
                contacted_on=form.cleaned_data["contacted_on"],
                contacted_who=form.cleaned_data["contacted_who"],
                expected_version=form.cleaned_data["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _contact_initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, "Het contact met de gemeente is vastgelegd.")
            return redirect(door.address("screening/"))
    return door.show(
        "screening_form",
        form=form,
        title="Contact na de kind-check",
        text="Leg vast wie u bij de gemeente van herkomst hebt gesproken.",
        draft_key="kind-check-contact",
        conflict=conflict,
        cancel_url=door.address("screening/"),
    )


def _contact_initial(row: object) -> dict[str, object]:
    assert isinstance(row, ChildCheck)
    known: dict[str, object] = {"version": row.version, "contacted_who": row.contacted_who}
    return {**known, "contacted_on": row.contacted_on} if row.contacted_on else known
