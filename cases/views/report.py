"""Figures about the terms of my own organisation."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules
from cases.figures import SMALLEST, Timeliness, shown, timeliness
from parties import ledger
from parties.rules import require
from parties.viewer import viewer_of

MONTHS_BACK = 12
COLUMNS = ("Stap", "Op tijd", "Te laat", "Vervallen")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Timeliness per month and step over the last year; small counts are not shown (C5.20)."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_report(viewer))
    ledger.record(viewer, "rapportage-inzien", object_kind="rapport")
    months: dict[date, list[list[dict[str, Any]]]] = {}  # rows of components/table.html
    for line in timeliness(viewer, _first_month(viewer.on)):
        rows = months.setdefault(line.month, [])
        if max(line.on_time, line.late, line.lapsed) >= SMALLEST:
            rows.append(_row(line))
    columns = [{"label": label, "numeric": label != COLUMNS[0]} for label in COLUMNS]
    context = {"months": months.items(), "columns": columns, "smallest": SMALLEST}
    return TemplateResponse(request, "cases/report.html", context)


def _row(line: Timeliness) -> list[dict[str, Any]]:  # cells of components/table.html
    numbers = zip(COLUMNS[1:], (line.on_time, line.late, line.lapsed), strict=True)
    cells = [{"text": shown(number), "label": label, "numeric": True} for label, number in numbers]
    return [{"text": line.step}, *cells]


def _first_month(on: date) -> date:
    months = on.year * 12 + on.month - 1 - MONTHS_BACK
    return date(months // 12, months % 12 + 1, 1)
