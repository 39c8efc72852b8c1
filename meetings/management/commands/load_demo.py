"""The demo: reference data, the personas, the sample messages and the story of a few cases."""

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.actions import keep_asking
from meetings.management.commands.load_scenario import load
from meetings.management.scenario.times import Clock
from parties.models import User
from parties.personas import CLIENTS, DEMO_PASSWORD, EXTRA_ORGANISATIONS, PERSONAS


class Command(BaseCommand):
    help = "Vult een lege database met de demo: personas, detentiemeldingen en enkele uitgewerkte zaken."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        if not settings.DEMO:
            raise CommandError("load_demo werkt alleen met DEMO=1, nooit in productie")
        data = settings.BASE_DIR / "data"
        call_command("load_reference", str(data), stdout=self.stdout)
        if User.objects.filter(email=PERSONAS[0].email).exists():
            self.stdout.write("de demo staat er al")
            return
        load(personas_as_scenario(), Clock(timezone.now()))
        call_command("load_messages", str(data / "detentiemeldingen.jsonl"), stdout=self.stdout)
        story = json.loads((data / "demo.json").read_text(encoding="utf-8"))
        counts = load(story, Clock(timezone.now()))
        keep_asking(at=timezone.now())
        self.stdout.write(
            f"demo geladen: {counts['zaken']} uitgewerkte zaken, {counts['overleggen']} overleggen"
        )


def personas_as_scenario() -> dict[str, Any]:
    """The personas of the contract, in the format of docs/scenario.md."""
    return {
        "organisaties": [
            {"soort": kind.value, "code": code, "naam": name} for kind, code, name in EXTRA_ORGANISATIONS
        ],
        "gebruikers": [
            {
                "email": persona.email,
                "naam": persona.name,
                "wachtwoord": DEMO_PASSWORD,
                "rollen": [
                    {"organisatie": f"{persona.kind.value}:{persona.code}", "rol": persona.role.value}
                ],
            }
            for persona in PERSONAS
        ],
        "apiClients": [
            {
                "clientId": client.client_id,
                "clientSecret": client.secret,
                "organisatie": f"{client.kind.value}:{client.code}",
                "rol": client.role.value,
            }
            for client in CLIENTS
        ],
    }
