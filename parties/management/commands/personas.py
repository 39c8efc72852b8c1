"""The demo personas as JSON (contract 1)."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from parties.models import Organisation
from parties.personas import CLIENTS, DEMO_PASSWORD, EXTRA_ORGANISATIONS, PERSONAS


class Command(BaseCommand):
    help = "Drukt de personas van de demo af als JSON: e-mail, wachtwoord, organisatie en rol; API-clients met geheim."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        names = {(kind.value, code): name for kind, code, name in EXTRA_ORGANISATIONS}
        names |= {(row.kind, row.code): row.name for row in Organisation.objects.all()}
        people = [
            {
                "email": persona.email,
                "wachtwoord": DEMO_PASSWORD,
                "naam": persona.name,
                "organisatie": names.get((persona.kind.value, persona.code), persona.code),
                "soort": persona.kind.value,
                "code": persona.code,
                "rol": persona.role.value,
            }
            for persona in PERSONAS
        ]
        clients = [
            {
                "clientId": client.client_id,
                "clientSecret": client.secret,
                "organisatie": names.get((client.kind.value, client.code), client.code),
                "rol": client.role.value,
                "scope": client.scope,
            }
            for client in CLIENTS
        ]
        self.stdout.write(
            json.dumps({"personas": people, "apiClients": clients}, ensure_ascii=False, indent=2)
        )
