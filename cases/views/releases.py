"""Who goes home soon: releases of my cases by week."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules, worklist
from cases.frame import Part
from cases.models import CaseParty
from cases.views.lists import Line, line_of, subjects_of
from consent.knowledge import knowing, with_knowledge
from parties import ledger
from parties.models import PartyKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text

WEEKS = 12
SHOWN = 300
OVERDUE_TITLE, UNKNOWN_TITLE = "Verwachte einddatum is voorbij", "Einddatum onbekend"


@dataclass(frozen=True)
class Week:
    """The people who go in one week, under its heading."""

    title: str
    lines: list[Line] = field(default_factory=list)


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Twelve weeks ahead; who has no end date is shown and not hidden (users.md 3.14)."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_releases(viewer))
    until = _monday(viewer.on) + timedelta(weeks=WEEKS)
    coming = worklist.with_row(
        worklist.coming_releases(viewer, until, known=knowing(viewer, Part.DETENTION)), viewer
    )
    rows = list(with_knowledge(coming, viewer)[: SHOWN + 1])
    shown = rows[:SHOWN]
    ledger.record(viewer, "ontslagen-inzien", subjects=subjects_of(shown), object_kind="lijst")
    context = {
        "weeks": _by_week(shown, viewer),
        "too_many": len(rows) > SHOWN,
        "until": until - timedelta(days=1),
        "place_label": "Inrichting" if viewer.is_of(PartyKind.MUNICIPALITY) else "Gemeente van herkomst",
    }
    return TemplateResponse(request, "cases/releases.html", context)


def _by_week(rows: list[CaseParty], viewer: Viewer) -> list[Week]:
    weeks: dict[str, Week] = {}
    for row in rows:
        title = _title(row.case.expected_release_on, viewer.on)
        weeks.setdefault(title, Week(title)).lines.append(line_of(row, viewer))
    return list(weeks.values())


def _title(expected: date | None, on: date) -> str:
    if expected is None:
        return UNKNOWN_TITLE
    if expected < on:
        return OVERDUE_TITLE
    monday = _monday(expected)
    sunday = monday + timedelta(days=6)
    return f"Week {expected.isocalendar().week}: {day_text(monday)} tot en met {day_text(sunday)}"


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
