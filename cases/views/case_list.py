"""All cases of my organisation, and finding one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import rules, worklist
from cases.forms import CaseSearch, ListFilter, NumberSearch
from cases.frame import Part
from cases.models import CaseParty
from cases.search import found
from cases.views.lists import line_of, subjects_of
from cases.views.paging import cut, pager_of, turn_of
from consent.knowledge import knowing, with_knowledge
from parties import ledger
from parties.models import PartyKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.keyset import key_cursor

PAGE_SIZE = 50
OPEN_OF = {"open": True, "gesloten": False, "alle": None}


@require_http_methods(["GET", "HEAD", "POST"])
def case_list(request: HttpRequest) -> HttpResponse:
    """The list on GET, a search on POST: what was searched never stands in an address."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_list_cases(viewer))
    return _search(request, viewer) if request.method == "POST" else _list(request, viewer)


def _list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    filters = ListFilter(request.GET or {"stand": "open"})
    filters.is_valid()
    stand = filters.cleaned_data.get("stand") or "open"
    turn = turn_of(request, key_cursor)
    if filters.errors or turn.broken:
        messages.warning(request, "Een filter in dit adres bestaat niet (meer) en is niet toegepast.")
    rows = worklist.with_row(worklist.cases_of_party(viewer, is_open=OPEN_OF[stand]), viewer)
    rows = with_knowledge(rows, viewer)
    page = worklist.newest_of(rows, size=PAGE_SIZE + 1, after=turn.after, before=turn.before)
    shown, more = cut(page, PAGE_SIZE, turn)
    pager = pager_of(shown, turn=turn, more=more, place=lambda row: row.key, kept={"stand": stand})
    context = {"search": _search_form(viewer)(), "filters": filters, "pager": pager, "stand": stand}
    return _page(request, viewer, shown, activity="zakenlijst-inzien", context=context)


def _search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = _search_form(viewer)(request.POST)
    shown: list[CaseParty] = []
    if form.is_valid():
        rows = with_knowledge(worklist.with_row(worklist.cases_of_party(viewer), viewer), viewer)
        named, identified = knowing(viewer, Part.NAME), knowing(viewer, Part.IDENTITY)
        hits = found(rows, form.cleaned_data["zoek"], named=named, identified=identified)
        shown = worklist.newest_of(hits, size=PAGE_SIZE + 1)
    context = {"search": form, "searched": form.is_valid(), "too_many": len(shown) > PAGE_SIZE}
    return _page(request, viewer, shown[:PAGE_SIZE], activity="zaken-zoeken", context=context)


def _search_form(viewer: Viewer) -> type[CaseSearch]:
    return CaseSearch if rules.sees_persons(viewer) else NumberSearch


def _page(
    request: HttpRequest,
    viewer: Viewer,
    rows: list[CaseParty],
    *,
    activity: str,
    context: dict[str, Any],  # the template's context
) -> HttpResponse:
    persons = rules.sees_persons(viewer)
    subjects = subjects_of(rows) if persons else []
    ledger.record(viewer, activity, subjects=subjects, object_kind="lijst")
    lines = [line_of(row, viewer) for row in rows]
    shown = {
        "lines": lines,
        "persons": persons,
        "emergency": rules.may_open_in_emergency(viewer),
        "full": viewer.is_of(PartyKind.PRISON, PartyKind.MUNICIPALITY, PartyKind.PROBATION),
        "place_label": "Inrichting" if viewer.is_of(PartyKind.MUNICIPALITY) else "Gemeente van herkomst",
    }
    return TemplateResponse(request, "cases/case_list.html", {**shown, **context})
