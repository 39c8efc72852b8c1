"""One job of the benchmark in a process of its own; `manage.py bench` calls it and reads the last line (R13)."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meetings.management.bench.memory import JOBS
from meetings.management.bench.run import as_in_production


class Command(BaseCommand):
    help = "Meet het geheugen van één soort werk in de database van DATABASE_URL. Schrijft daarin; voor manage.py bench."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("werk", choices=JOBS)
        parser.add_argument("aantal", type=int)

    def handle(self, *args: Any, werk: str, aantal: int, **options: Any) -> None:  # Django's own signature
        with as_in_production():
            self.stdout.write(json.dumps(JOBS[werk](aantal)))
