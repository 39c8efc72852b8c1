"""Write the table of the work process as a document for people."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.road_document import document


class Command(BaseCommand):
    help = "Schrijft de tabel van het werkproces (docs/werkproces.md)."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own arguments
        self.stdout.write(document(), ending="")
