"""What was found, and how it is written down: as a table for people and as JSON for machines."""

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from meetings.management.bench.goals import Goal
from meetings.management.bench.sizes import Size

OK, MISS, NOT_MEASURED = "ok", "MIS", "niet gemeten"


@dataclass(frozen=True)
class Figure:
    """What was found for one goal. ``None``: it was not measured, and the note says why."""

    code: str
    measured: float | None
    note: str = ""
    broken: bool = False
    """Whatever the number: the answers were not what they should be, and the note says how."""


@dataclass(frozen=True)
class Line:
    """A figure beside its goal."""

    goal: Goal
    figure: Figure

    @property
    def verdict(self) -> str:
        found = self.figure.measured
        if self.figure.broken:
            return MISS
        if found is None:
            return NOT_MEASURED
        return OK if self.goal.is_met(found) else MISS

    @property
    def cells(self) -> tuple[str, ...]:
        found = self.figure.measured
        measured = "-" if found is None else f"{found:.3g}{self.goal.unit}"
        return self.goal.code, self.goal.what, self.goal.text, measured, self.verdict, self.figure.note


def judged(figures: Iterable[Figure], goals: Mapping[str, Goal]) -> list[Line]:
    """Each figure beside its goal; a goal of which nothing was heard was not measured."""
    found = {figure.code: figure for figure in figures}
    return [Line(goal, found.get(code, Figure(code, None))) for code, goal in goals.items()]


def table(lines: Iterable[Line]) -> str:
    rows = [("nr", "wat", "eis", "gemeten", "", ""), *(line.cells for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row[:5], widths, strict=True)), row[5]]
        ).rstrip()
        for row in rows
    )


def write_json(path: Path, lines: Iterable[Line], size: Size, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [version] = cursor.fetchone()
    report = {
        "omvang": asdict(size),
        "gemeten_op": at.isoformat(),
        "machine": platform.platform(),
        "postgresql": version,
        "uitkomsten": [
            {
                "nr": line.goal.code,
                "wat": line.goal.what,
                "eis": line.goal.limit,
                "eenheid": line.goal.unit.strip(),
                "gemeten": line.figure.measured,
                "oordeel": line.verdict,
                "toelichting": line.figure.note,
            }
            for line in lines
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
