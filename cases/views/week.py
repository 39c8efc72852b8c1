"""The overview of the week, for who leads an afdeling or coordinates: figures per worker, and the lists behind them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules, worklist
from cases.forms.week import WeekQuery
from cases.models import CaseParty
from cases.views.lists import line_of, subjects_of
from cases.views.paging import cut, pager_of, turn_of
from cases.week import Load, loads_of, rows_of
from cases.worklist import State, Worker
from consent.knowledge import with_knowledge
from meetings.desk import conditions
from parties import ledger
from parties.models import PartyKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.keyset import DayCursor, day_cursor

PAGE_SIZE = 50
LABELS = {
    State.LATE: "Te laat",
    State.COMING: "Komende 7 dagen",
    State.SUSPENDED: "Opgeschort",
    State.WAITING: "Wacht op andere partij",
}


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Only cases that this viewer may open now; the list behind a number has that many lines."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_week(viewer))
    asked = conditions(viewer)
    loads = loads_of(viewer, {state: asked[state] for state in LABELS})
    behind = _list(request, viewer)
    ledger.record(
        viewer, "weekoverzicht-inzien", subjects=subjects_of(behind.pop("rows", [])), object_kind="lijst"
    )
    labels = ("Behandelaar", *LABELS.values(), "Alle zaken")
    context = {
        "columns": [{"label": label, "numeric": label != labels[0]} for label in labels],
        "figures": [_figures(load) for load in loads],
        "place_label": "Inrichting" if viewer.is_of(PartyKind.MUNICIPALITY) else "Gemeente van herkomst",
        **behind,
    }
    return TemplateResponse(request, "cases/week.html", context)


def _figures(load: Load) -> list[dict[str, Any]]:  # cells of components/table.html
    who = str(load.worker_id) if load.worker_id else str(Worker.NOBODY)
    name = load.name or "Zonder behandelaar"
    cells = [
        _cell(LABELS[state], number, {"behandelaar": who, "stand": str(state)})
        for state, number in load.numbers.items()
    ]
    return [{"text": name}, *cells, _cell("Alle zaken", load.total, {"behandelaar": who})]


def _cell(label: str, number: int, query: dict[str, str]) -> dict[str, Any]:
    url = f"?{urlencode(query)}#lijst" if number else ""
    return {"text": str(number), "label": label, "numeric": True, "url": url}


def _list(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:  # the template's context
    """The list that was asked for; none when nobody asked, or for somebody who does not exist here."""
    form = WeekQuery(request.GET)
    if not form.is_valid() or not form.cleaned_data["behandelaar"]:
        return {}
    who, stand = form.cleaned_data["behandelaar"], form.cleaned_data["stand"]
    rows = rows_of(
        viewer,
        conditions(viewer),
        worker=None if who == Worker.NOBODY else UUID(who),
        state=State(stand) if stand else None,
    )
    turn = turn_of(request, day_cursor)
    page = worklist.page_of(
        with_knowledge(worklist.with_row(rows, viewer), viewer),
        size=PAGE_SIZE + 1,
        after=turn.after,
        before=turn.before,
    )
    shown, more = cut(page, PAGE_SIZE, turn)
    kept = {key: value for key, value in {"behandelaar": who, "stand": stand}.items() if value}
    return {
        "rows": shown,
        "heading": LABELS[State(stand)] if stand else "Alle zaken",
        "asked": True,
        "lines": [line_of(row, viewer) for row in shown],
        "pager": pager_of(shown, turn=turn, more=more, place=_place, kept=kept),
    }


def _place(row: CaseParty) -> DayCursor:
    return DayCursor(row.next_deadline, row.key)
