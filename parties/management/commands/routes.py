"""Every HTML route as JSON (contract 1)."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reintegratie.lib.routes import routes


class Command(BaseCommand):
    help = "Drukt elk adres van de pagina's af als JSON: naam, patroon, methoden en soorten parameters."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        pages = [
            {
                "name": route.name,
                "path": route.pattern,
                "methods": list(route.methods),
                "parameters": route.parameters,
            }
            for route in routes()
            if not route.is_api
        ]
        self.stdout.write(json.dumps(pages, ensure_ascii=False, indent=2))
