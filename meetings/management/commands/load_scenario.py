"""Build a world as a file describes it (contract 1). Not in production."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from meetings.management.scenario.case_story import build_case
from meetings.management.scenario.meeting_story import build_meeting
from meetings.management.scenario.shape import SCENARIO, faults_in
from meetings.management.scenario.times import Clock, ScenarioFault, placed
from meetings.management.scenario.world import build_world


class Command(BaseCommand):
    help = "Bouwt organisaties, gebruikers, zaken, toestemmingen, plannen en overleggen uit een JSON-bestand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *args: Any, bestand: Path, **options: Any) -> None:  # Django's own signature
        if not settings.DEMO:
            raise CommandError("load_scenario werkt alleen met DEMO=1, nooit in productie")
        try:
            scenario = json.loads(bestand.read_text(encoding="utf-8"))
            counts = load(scenario, Clock(timezone.now()))
        except (OSError, ValueError) as fault:
            raise CommandError(f"{bestand}: {fault}") from fault
        self.stdout.write(json.dumps(counts))


@transaction.atomic
def load(scenario: dict[str, Any], clock: Clock) -> dict[str, int]:
    """Everything or nothing; returns how many rows of each part were built."""
    faults = list(faults_in(scenario, SCENARIO))
    if faults:
        raise ScenarioFault("; ".join(faults))
    if scenario.get("referentie"):
        call_command("load_reference", str(settings.BASE_DIR / "data"), verbosity=0)
    build_world(scenario, clock)
    for number, row in enumerate(scenario.get("zaken", ())):
        build_case(row, clock, f"zaken[{number}]")
    for number, row in enumerate(scenario.get("overleggen", ())):
        with placed(f"overleggen[{number}]"):
            build_meeting(row, clock)
    parts = ("organisaties", "gebruikers", "apiClients", "zaken", "overleggen")
    return {part: len(scenario.get(part, ())) for part in parts}
