"""Print the catalogue of terms in Dutch: the text of docs/termijnen.md."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.catalogue import catalogue


class Command(BaseCommand):
    help = "Drukt de tabel van alle termijnen af, voor docs/termijnen.md."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        self.stdout.write(catalogue(), ending="")
