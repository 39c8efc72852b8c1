"""Who of our own organisation may open this case? The page on which a case is shielded, and people are named."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases import actions, rules
from cases.access import CaseNotFound, case_for
from cases.forms import NameForm, ReasonForm, ShieldForm
from cases.insiders import keeps_shield, who_may_be_named
from cases.models import Case, CaseParty, NamedPerson
from consent.page import case_context
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import moment_text

LAST = "Er moet iemand overblijven die de zaak kan openen. Hef de afscherming op, of noem eerst een ander."


@require_http_methods(["GET", "HEAD", "POST"])
def shielding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shield the case, or name one more colleague when it is shielded (C6.36, C6.37)."""
    viewer, case, row = _open(request, pk)
    return _named(request, viewer, case, row) if row.named_only else _shield(request, viewer, case, row)


@require_POST
def unname(request: HttpRequest, pk: UUID, named_id: UUID) -> HttpResponse:
    viewer, case, row = _open(request, pk)
    named = _standing(row, viewer).filter(pk=named_id).first()
    if named is None:
        raise Http404
    page = f"{case.get_absolute_url()}afscherming/"
    try:
        with _as_it_stands(request):
            actions.unname_person(named=named, by=viewer, at=viewer.at)
            messages.success(request, f"{named.user.name} kan deze zaak niet meer openen.")
            page = "/" if named.user == viewer.user else page
    except actions.LastNamedPerson:
        messages.error(request, LAST)
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    viewer, case, row = _open(request, pk)
    if not row.named_only:
        return redirect(case)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with _as_it_stands(request):
            actions.lift_shield(case=case, reason=form.cleaned_data["reason"], by=viewer, at=viewer.at)
            messages.success(request, "De afscherming is opgeheven.")
        return redirect(case)
    words = {
        "title": "Afscherming opheffen",
        "text": f"Iedereen van {viewer.organisation.name} die aan zaken werkt, kan deze zaak daarna weer openen.",
        "label": "Opheffen",
        "danger": True,
    }
    context = {**case_context(viewer, case, "overzicht"), "form": form, **words}
    return TemplateResponse(request, "cases/case_form.html", context)


def _open(request: HttpRequest, pk: UUID) -> tuple[Viewer, Case, CaseParty]:
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action="afscherming-inzien")
    row = case.parties.of(viewer).select_related("party").first()
    if row is None:  # it ended between two statements
        raise CaseNotFound
    require(row.capacity in rules.WORKING and rules.may_shield(viewer, keeps=keeps_shield(row, viewer)))
    return viewer, case, row


@contextmanager
def _as_it_stands(request: HttpRequest) -> Iterator[None]:
    """Say so when a colleague changed it between reading and writing."""
    try:
        yield
    except actions.NoLongerTakesPart:
        raise CaseNotFound from None
    except (actions.NotShielded, actions.CannotBeNamed):
        messages.error(request, "Er is intussen iets gewijzigd. Controleer wie deze zaak kan openen.")


def _shield(request: HttpRequest, viewer: Viewer, case: Case, row: CaseParty) -> HttpResponse:
    form = ShieldForm(request.POST or None, people=_others(row, viewer), initial={"people": [row.worker_id]})
    if form.is_valid():
        with _as_it_stands(request):
            actions.shield_case(case=case, **form.cleaned_data, by=viewer, at=viewer.at)
            messages.success(request, "De zaak is afgeschermd.")
        return redirect(f"{case.get_absolute_url()}afscherming/")
    return _page(request, viewer, case, form, shielded=False)


def _named(request: HttpRequest, viewer: Viewer, case: Case, row: CaseParty) -> HttpResponse:
    standing = list(_standing(row, viewer).order_by("since", "pk"))
    known = {named.user_id for named in standing}
    others = [person for person in who_may_be_named(row, viewer.at) if person.pk not in known]
    form = NameForm(request.POST or None, people=others)
    if form.is_valid():
        person = form.cleaned_data["person"]
        with _as_it_stands(request):
            actions.name_person(case=case, person=person, by=viewer, at=viewer.at)
            messages.success(request, f"{person.name} kan deze zaak nu openen.")
        return redirect(request.path)
    people = [
        {
            "id": one.pk,
            "name": one.user.name,
            "since": moment_text(one.since),
            "self": one.user == viewer.user,
        }
        for one in standing
    ]
    return _page(request, viewer, case, form, shielded=True, people=people, others=bool(others))


def _others(row: CaseParty, viewer: Viewer) -> list[Any]:  # people
    return [person for person in who_may_be_named(row, viewer.at) if person != viewer.user]


def _standing(row: CaseParty, viewer: Viewer) -> Any:  # a queryset of named people
    rows = NamedPerson.objects.holding(viewer.at).filter(case=row.case_id, organisation=row.party_id)
    return rows.select_related("user", "case")


def _page(request: HttpRequest, viewer: Viewer, case: Case, form: Any, **more: Any) -> HttpResponse:
    context = {**case_context(viewer, case, "overzicht"), "form": form, **more}
    context["organisation"] = viewer.organisation.name
    return TemplateResponse(request, "cases/shielding.html", context)
