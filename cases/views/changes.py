"""Change the frame of a case: who works on it, who takes part, from where and where to. One small form a page."""

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import actions, rules
from cases.access import CONTRIBUTE, MANAGE, CaseNotFound, capacity_in, case_for, cases_of, has_permission
from cases.forms import (
    MunicipalityForm,
    NoteForm,
    PartnerForm,
    PlaceForm,
    ProbationForm,
    ReasonForm,
    WorkerForm,
)
from cases.models import Capacity, Case, CaseParty, CaseTask
from cases.views.conflict import save_or_conflict
from cases.way_back import way_back
from consent.knowledge import frame_in
from consent.page import case_context
from parties.rules import require
from parties.viewer import Viewer, viewer_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def assign_worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Each party names its own point of contact (R37), and a PI the afdeling (C3 rule 8)."""
    viewer, case = _open(request, pk, "behandelaar-kiezen")
    works = has_permission(viewer, case, MANAGE) or has_permission(viewer, case, CONTRIBUTE)
    require(rules.may_assign_worker(viewer, works=works, phase=case.phase))
    row = case.parties.of(viewer).select_related("party").get()
    form = _worker_form(viewer, row, request.POST or None)
    if form.is_valid():
        why = _said(row, form)
        try:
            actions.assign_worker(row=row, **form.cleaned_data, by=viewer, at=viewer.at, why=why)
        except actions.NoLongerTakesPart:
            raise CaseNotFound from None
        except actions.NotForThisWorker:
            form.add_error("worker", "Deze persoon kan de zaak zelf niet openen. Kies iemand anders.")
        else:
            messages.success(request, f"{why}.")
            return redirect(case if cases_of(viewer).filter(pk=case.pk).exists() else "/")
    title = "Behandelaar en afdeling" if isinstance(form, PlaceForm) else "Behandelaar kiezen"
    return _page(request, viewer, case, form, title=title, label="Opslaan")


@require_http_methods(FORM_METHODS)
def involve_probation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reclassering sees a case only on an assignment (C3 rule 7)."""
    viewer, case = _open(request, pk, "reclassering-betrekken")
    manages = has_permission(viewer, case, MANAGE)
    require(rules.may_involve_probation(viewer, manages=manages, phase=case.phase))
    form = ProbationForm(request.POST or None, on=viewer.on)
    if form.is_valid():
        try:
            actions.involve_probation(case=case, **form.cleaned_data, by=viewer, at=viewer.at)
        except actions.AlreadyTakesPart:
            form.add_error("organisation", "Deze organisatie neemt al in een andere hoedanigheid deel.")
        else:
            return _done(request, case, "De reclassering is betrokken en krijgt bericht.")
    return _page(
        request,
        viewer,
        case,
        form,
        title="Reclassering betrekken",
        text="De organisatie ziet de zaak vanaf nu. Gegevens over leefgebieden ziet zij alleen met een grondslag.",
        label="Betrekken",
    )


@require_http_methods(FORM_METHODS)
def involve_partner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Others are brought in where they are needed (R6)."""
    viewer, case = _open(request, pk, "netwerkpartner-betrekken")
    manages = has_permission(viewer, case, MANAGE)
    require(rules.may_involve_probation(viewer, manages=manages, phase=case.phase))
    form = PartnerForm(request.POST or None, on=viewer.on)
    if form.is_valid():
        try:
            actions.involve_partner(case=case, **form.cleaned_data, by=viewer, at=viewer.at)
        except actions.AlreadyTakesPart:
            form.add_error("organisation", "Deze organisatie neemt al in een andere hoedanigheid deel.")
        else:
            return _done(request, case, "De organisatie is betrokken en krijgt bericht.")
    return _page(
        request,
        viewer,
        case,
        form,
        title="Netwerkpartner of Zorg- en Veiligheidshuis betrekken",
        text="De organisatie ziet het zaaknummer en deze inrichting. Een naam, data en leefgebieden ziet zij pas met"
        " toestemming van de gedetineerde, of in een Wgs-zaak.",
        label="Betrekken",
    )


@require_http_methods(FORM_METHODS)
def end_involvement(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """On the next request the case is gone for that party (C6.47). Who takes part unknown to us is not there (C3)."""
    viewer, case = _open(request, pk, "deelname-beeindigen")
    capacity = capacity_in(viewer, case)
    require(rules.may_open_page(viewer, capacity, "overzicht"))
    knows = frame_in(case, viewer).knows
    row = case.parties.active(viewer.at).select_related("party").filter(key=key).first()
    if row is None or not rules.knows_party(viewer, knows, row):
        raise Http404
    require(rules.may_end_involvement(viewer, row, manages=has_permission(viewer, case, MANAGE)))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with suppress(actions.NoLongerTakesPart):  # somebody else ended it meanwhile: it has ended
            actions.end_involvement(row=row, by=viewer, at=viewer.at, why=form.cleaned_data["reason"])
        messages.success(request, f"De deelname van {row.party.called} is beëindigd.")
        own = row.party_id == viewer.organisation.pk
        return redirect("/" if own else case.get_absolute_url())
    return _page(
        request,
        viewer,
        case,
        form,
        title=f"Deelname van {row.party.called} beëindigen",
        text="Deze organisatie kan de zaak daarna niet meer openen. Wat eerder is gedeeld, blijft in het register.",
        label="Beëindigen",
        danger=True,
    )


@require_http_methods(FORM_METHODS)
def choose_resettlement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both gemeenten see the case from then on; older sheets do not go along (R71, C6.6)."""
    viewer, case = _open(request, pk, "hervestiging-kiezen")
    manages = has_permission(viewer, case, MANAGE)
    require(rules.may_choose_municipality(viewer, manages=manages, phase=case.phase))
    field, conflict = "resettlement_municipality_id", None
    form = _municipality_form(viewer, field, case, request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"]
        try:
            conflict = save_or_conflict(
                form,
                field,
                lambda version: actions.choose_resettlement(
                    case=case, municipality=chosen, expected_version=version, by=viewer, at=viewer.at
                ),
                partial(_municipality_form, viewer, field),
            )
        except actions.NotConnected:
            form.add_error("organisation", "Deze gemeente is niet aangesloten en kan de zaak niet ontvangen.")
        except actions.AlreadyTakesPart:
            form.add_error("organisation", "Deze gemeente neemt al in een andere hoedanigheid deel.")
        else:
            if conflict is None:
                return _done(request, case, f"Gemeente van hervestiging is nu {chosen.name}.")
    return _page(
        request,
        viewer,
        case,
        form,
        conflict=conflict,
        title="Gemeente van hervestiging",
        text="Kies waar betrokkene na ontslag gaat wonen. Die gemeente ziet de zaak vanaf nu en krijgt bericht; "
        "informatiebladen die eerder aan een andere gemeente zijn gestuurd, gaan niet mee.",
        label="Vastleggen",
    )


@require_http_methods(FORM_METHODS)
def set_origin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a person found out; from then on messages do not change it (R70, C6.33)."""
    viewer, case = _open(request, pk, "herkomst-vastleggen")
    manages = has_permission(viewer, case, MANAGE)
    require(rules.may_choose_municipality(viewer, manages=manages, phase=case.phase))
    field, conflict = "origin_municipality_id", None
    form = _municipality_form(viewer, field, case, request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"]
        conflict = save_or_conflict(
            form,
            field,
            lambda version: actions.set_origin(
                case=case, municipality=chosen, expected_version=version, by=viewer, at=viewer.at
            ),
            partial(_municipality_form, viewer, field),
        )
        if conflict is None:
            return _done(request, case, f"Gemeente van herkomst is nu {chosen.name}.")
    return _page(
        request,
        viewer,
        case,
        form,
        conflict=conflict,
        title="Gemeente van herkomst",
        text="De gemeente waar betrokkene voor de detentie woonde of overwegend verbleef. Een aangesloten gemeente "
        "krijgt de beginmelding; detentiemeldingen veranderen deze keuze niet meer.",
        label="Vastleggen",
    )


@require_http_methods(FORM_METHODS)
def finish_task(request: HttpRequest, pk: UUID, task_id: UUID) -> HttpResponse:
    """Tick off a task of one's own organisation; a task of another party is not there (quality 2.4)."""
    viewer, case = _open(request, pk, "taak-afdoen")
    require(viewer.sees_content)
    task = CaseTask.objects.filter(case=case, party=viewer.organisation, pk=task_id).first()
    if task is None:
        raise Http404
    if task.done_at is not None:
        messages.info(request, "Deze taak was al afgedaan.")
        return redirect(way_back(request.POST, case.get_absolute_url()))
    require(rules.may_finish_task(viewer, task))
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        why = f"Taak afgedaan: {note}" if note else "Taak afgedaan"
        actions.finish_task(task=task, by=viewer, at=viewer.at, why=why)
        messages.success(request, f"De taak is afgedaan: {task.get_kind_display()}, zaak {case.number}.")
        return redirect(way_back(request.POST, case.get_absolute_url()))
    return _page(
        request,
        viewer,
        case,
        form,
        title="Taak afdoen",
        text=f"{task.get_kind_display()}. {task.explanation}".strip(),
        label="Afdoen",
    )


def _worker_form(viewer: Viewer, row: CaseParty, data: QueryDict | None) -> WorkerForm:
    initial = {"worker": row.worker_id, "unit": row.unit}
    kind = PlaceForm if row.capacity == Capacity.PRISON else WorkerForm
    return kind(data, viewer=viewer, initial=initial)


def _said(row: CaseParty, form: WorkerForm) -> str:
    """What was chosen, in words for the history and for who chose it."""
    worker, unit = form.cleaned_data["worker"], form.cleaned_data.get("unit", row.unit)
    if unit != row.unit:
        return f"Afdeling {unit} vastgelegd" if unit else "Afdeling weggehaald"
    return "Behandelaar gekozen" if worker else "Behandelaar weggehaald"


def _municipality_form(
    viewer: Viewer, field: str, case: Case, data: QueryDict | None = None
) -> MunicipalityForm:
    initial = {"organisation": getattr(case, field), "version": case.version}
    return MunicipalityForm(data, on=viewer.on, initial=initial)


def _open(request: HttpRequest, pk: UUID, activity: str) -> tuple[Viewer, Case]:
    viewer = viewer_of(request, at=timezone.now())
    return viewer, case_for(viewer, pk, action=activity)


def _done(request: HttpRequest, case: Case, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect(case)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    case: Case,
    form: forms.Form,
    **words: Any,  # texts, a flag and a conflict for the template
) -> HttpResponse:
    context = {**case_context(viewer, case, "overzicht"), "form": form, **words}
    return TemplateResponse(request, "cases/case_form.html", context)
