"""Measure speed and growth against the figures of Q1, B1 and R1-R13 (contract 1; docs/bench.md)."""

import time
from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from meetings.management.bench.database import Database
from meetings.management.bench.figures import MISS, Line, judged, table, write_json
from meetings.management.bench.goals import GOALS, Goal
from meetings.management.bench.run import as_in_production, measure
from meetings.management.bench.seed import seed, settle
from meetings.management.bench.sizes import SIZES, Size


class Command(BaseCommand):
    help = "Meet snelheid en groei in een eigen database <naam>_bench. Eindigt met een fout als een eis niet wordt gehaald."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument(
            "--json", type=Path, help="waar de uitkomsten komen; anders var/bench-<omvang>.json"
        )
        parser.add_argument("--keep", action="store_true", help="bewaar de database, of gebruik een bewaarde")
        parser.add_argument(
            "--goal", action="append", type=_goal, default=[], metavar="NR=GRENS", help="een andere eis"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        size: Size = SIZES[options["size"]]
        goals = {**GOALS, **{goal.code: goal for goal in options["goal"]}}
        path = options["json"] or settings.BASE_DIR / "var" / f"bench-{size.name}.json"
        at, database = timezone.now(), Database.beside()
        with (
            as_in_production(),
            database.made(contents=size.name, keep=options["keep"]) as kept,
            database.in_use(),
        ):
            if not kept:
                self._fill(size, at, database)
            lines = judged(measure(size, at, database), goals)
            write_json(path, lines, size, at)
        self.stdout.write(table(lines))
        self.stdout.write(f"\n{path}")
        require_met(lines)

    def _fill(self, size: Size, at: datetime, database: Database) -> None:
        begun = time.monotonic()
        seed(size, at)
        settle()
        database.label(size.name)
        seconds = time.monotonic() - begun
        self.stdout.write(f"{size.cases} zaken, waarvan {size.open} lopend: gevuld in {seconds:.0f} s\n")


def require_met(lines: list[Line]) -> None:
    """Raises CommandError with the numbers of what was missed."""
    missed = [line.goal.code for line in lines if line.verdict == MISS]
    if missed:
        raise CommandError(f"niet gehaald: {', '.join(missed)}")


def _goal(text: str) -> Goal:
    code, _, limit = text.partition("=")
    if code not in GOALS:
        raise ArgumentTypeError(f"{code} is geen eis; kies uit {', '.join(GOALS)}")
    return replace(GOALS[code], limit=float(limit))
