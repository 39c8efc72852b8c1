"""The worklist as a file: the same rows and columns as the page, made for one reader at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import worklist
from cases.deputies import absent_for
from cases.forms.worklist import WorklistFilter
from cases.models import CaseParty
from cases.views.asked import Asked, asked_in, place_of, rows_of
from cases.views.lists import Line, line_of, place_label, subjects_of
from meetings.work import PLANNING_PARTIES
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import moment_text
from reintegratie.lib.spreadsheet import BOM, line

MOST = 5000
"""Rows: more than any organisation has open, and what a spreadsheet still shows at once."""
BATCH = 500
IGNORED = "Let op: een filter in het adres bestaat niet (meer) en is niet toegepast."


@dataclass(frozen=True)
class File:
    """One file: for whom, what was asked, and its number in the ledgers."""

    viewer: Viewer
    asked: Asked
    absent: frozenset[str]

    @property
    def number(self) -> str:
        """The same reader, question and moment give the same number; nothing of a person is in it."""
        text = f"{self.viewer.actor} {self.viewer.at.isoformat()} {urlencode(self.asked.filters)}"
        return f"WV-{self.viewer.at:%Y%m%d}-{sha256(text.encode()).hexdigest()[:8].upper()}"

    @property
    def is_full(self) -> bool:
        return self.viewer.is_of(*PLANNING_PARTIES)


@require_safe
def worklist_file(request: HttpRequest) -> HttpResponseBase:
    """Streamed batch by batch: a line leaves after it stands in the ledgers, and never more than a batch is held."""
    viewer = viewer_of(request, at=timezone.now())
    require(viewer.sees_content)
    asked = asked_in(request, WorklistFilter(request.GET, viewer=viewer), viewer)
    absent = frozenset(str(user) for user in absent_for(viewer).values_list("user", flat=True))
    file = File(viewer, asked, absent)
    first = _batch(file, None, BATCH)
    response = StreamingHttpResponse(_lines(file, first), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="werkvoorraad-{viewer.on}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@transaction.atomic
def _batch(file: File, last: CaseParty | None, size: int) -> list[CaseParty]:
    """The rows behind the last one, written in the ledgers before any of them leaves (quality 2.5)."""
    after = place_of(last) if last is not None else None
    rows = worklist.page_of(rows_of(file.viewer, file.asked), size=size, after=after)
    ledger.record(
        file.viewer,
        "werkvoorraad-uitvoeren",
        subjects=subjects_of(rows),
        object_kind="bestand",
        object_id=file.number,
    )
    return rows


def _lines(file: File, rows: list[CaseParty]) -> Iterator[str]:
    yield BOM + line(_head(file))
    if file.asked.ignored:
        yield line([IGNORED])
    yield line(_columns(file))
    written = 0
    while rows:
        for row in rows:
            standing_in = str(row.worker_id) in file.absent
            yield line(_cells(line_of(row, file.viewer, standing_in=standing_in), file))
        written += len(rows)
        more = len(rows) == BATCH and written < MOST
        rows = _batch(file, rows[-1], min(BATCH, MOST - written)) if more else []
    yield line([_end(written)])


def _head(file: File) -> list[str]:
    viewer = file.viewer
    reader = f"Gemaakt voor {viewer.name}, {viewer.role_label}, {viewer.organisation.called}"
    return ["Werkvoorraad", reader, f"Stand per {moment_text(viewer.at)}", f"Nummer {file.number}"]


def _columns(file: File) -> list[str]:
    if not file.is_full:
        return ["Betrokkene", "Zaaknummer"]
    term = ["Fase", "Eerstvolgende termijn", "Stand", "Uiterlijk"]
    return ["Betrokkene", "Zaaknummer", "Geboren", place_label(file.viewer), *term, "Behandelaar", "Ontslag"]


def _cells(one: Line, file: File) -> list[str]:
    if not file.is_full:
        return [one.name, one.number]
    term = [one.phase, one.step, one.badge, one.due]
    worker = f"waarneming voor {one.worker}" if one.standing_in else one.worker
    return [one.name, one.number, one.born_on, one.place, *term, worker, one.release]


def _end(written: int) -> str:
    if written >= MOST:
        return f"Let op: een bestand heeft ten hoogste {MOST} zaken. Kies meer filters voor de rest."
    return f"Einde van het bestand: {written} {'zaak' if written == 1 else 'zaken'}."
