"""The least that a page could cost: the same address space and session, statements as text, HTML by filling in.

Nothing is copied from the templates: the pieces of the limit page are what the real template gives for marked cells, so
the two cannot drift apart, and the measurement compares their HTML.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import path

from cases.models import Phase
from cases.process import step_of
from meetings.management.bench.lists import raw_values
from meetings.management.bench.people import WHOLE_LIST, Someone
from meetings.management.bench.seed import statement
from meetings.management.bench.stopwatch import Statement, rows_of, statements_of
from reintegratie.lib.dutch import days_text, urgency
from reintegratie.lib.rest.views import ApiView

ROWS = re.compile(r"(<tbody[^>]*>)(.*?)(?=</tbody>)", re.DOTALL)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
TONES = {"late": ("danger", "is-late"), "today": ("warning", "is-soon"), "soon": ("warning", "is-soon")}
EMPTY, WORKLIST, CASES = "/meting/leeg/", "/meting/werkvoorraad/", "/meting/trajecten"


def comparable(page: Any) -> str:
    """A page without the token that differs every time."""
    return TOKEN.sub(r"\1", page.content.decode())


@contextmanager
def limit_pages(someone: Someone) -> Iterator[None]:
    """Within this block the addresses above exist beside the real ones, for this person."""
    page = LimitPage.of(someone)
    urls = import_module(settings.ROOT_URLCONF).urlpatterns
    extra = (
        path(EMPTY[1:], empty),
        path(WORKLIST[1:], page),
        path(CASES[1:], RawCases.as_view(someone=someone)),
    )
    with override_settings(ROOT_URLCONF=(*extra, *urls)):
        yield


def empty(request: HttpRequest) -> HttpResponse:
    """All that every page has: session, person, headers."""
    return HttpResponse(str(request.user.pk))


class RawCases(ApiView):
    """A hundred cases over the API without asking anything but the token."""

    scopes = {"GET": "trajecten"}
    someone: Someone | None = None

    def get(self, request: HttpRequest) -> HttpResponse:
        assert self.someone is not None
        values = {"party": self.someone.viewer.organisation.pk}
        rows = ",".join(row for (row,) in rows_of(statement("api"), values))
        return HttpResponse(f'{{"resultaten":[{rows}]}}', content_type="application/json")


@dataclass(eq=False)
class LimitPage:
    """The worklist of one person: what he gets around the rows is kept, the rows are made anew."""

    someone: Someone
    before: str
    after: str
    around: list[Statement]
    pieces: dict[tuple[bool, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, someone: Someone) -> "LimitPage":
        before, body, rows, after = ROWS.split(someone.get(WHOLE_LIST).content.decode(), maxsplit=1)
        blank = _rows_html([])
        start = _shared(blank, rows)
        sent = statements_of(lambda: someone.get(WHOLE_LIST))
        around = [one for one in sent[2:] if not one[0].startswith('SELECT "cases_caseparty"')]
        return cls(someone, before + body + blank[:start], blank[start:] + after, around)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            for text, parameters in self.around:
                cursor.execute(text, parameters)
                if cursor.description:  # once a minute the session is touched, which gives nothing back
                    cursor.fetchall()
        viewer = self.someone.viewer
        rows = rows_of(statement("list"), raw_values(viewer))[:50]
        return HttpResponse(
            "".join([self.before, *(self._row(_cells(row, viewer.on)) for row in rows), self.after])
        )

    def _row(self, cells: Mapping[str, str]) -> str:
        """Filled in; the template is asked once for every combination of cells that are there."""
        shape = tuple(map(bool, cells.values()))
        if shape not in self.pieces:
            self.pieces[shape] = _piece({name: f"%({name})s" if text else "" for name, text in cells.items()})
        return self.pieces[shape] % cells


def _piece(cells: Mapping[str, str]) -> str:
    """What one row adds to the table."""
    without, with_row = _rows_html([]), _rows_html([cells])
    shared = _shared(without, with_row)
    return with_row[shared : len(with_row) - len(without) + shared]


def _shared(one: str, other: str) -> int:
    """How far two texts are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _rows_html(lines: list[Mapping[str, str]]) -> str:
    context = {"lines": lines, "full": True, "place_label": "Gemeente van herkomst", "pick": True}
    return ROWS.split(render_to_string("cases/_worklist_table.html", context))[2]


def _cells(row: tuple[Any, ...], on: date) -> dict[str, str]:
    """A row of ``list.sql`` as texts."""
    due, born, release, behind = row[1], row[9], row[5], " ".join(filter(None, (row[7], row[8])))
    tone, row_class = TONES.get(urgency(due, on), ("neutral", "")) if due else ("inactive", "")
    return {
        "url": f"/zaken/{row[2]}/",
        "name": escape(f"{row[6]}, {behind}"),
        "number": row[3],
        "key": str(row[14]),
        "born_on": f"{born:%d-%m-%Y}",
        "place": escape(row[10]),
        "phase": str(Phase(row[4]).label),
        "step": step_of(row[13], due).label if row[13] else "",
        "badge": days_text(due, on) if due else "",
        "tone": tone,
        "due": f"{due:%d-%m-%Y}" if due else "",
        "worker": escape(row[11] or ""),
        "release": f"{release:%d-%m-%Y}" if release else "",
        "row_class": row_class,
    }
