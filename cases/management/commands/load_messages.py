"""Read detention messages from a file (contract 1 and 5). Safe to repeat; one bad line never stops the rest."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.utils import timezone

from cases.actions import Outcome, Result, receive_message
from cases.models import DetentionMessage
from parties.actions import register_organisation
from parties.models import Organisation, PartyKind
from parties.viewer import Viewer, process_viewer

PROCESS = "load_messages"
TOO_LONG = 100_000
TRIES = 3


class Starter:
    """Who makes the organisation under which the program itself works."""

    actor = f"process:{PROCESS}"


@dataclass
class Report:
    """What became of the lines, for a person who must act on it. Numbers and codes, never a name."""

    counts: Counter[Result] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    def add(self, line: int, outcome: Outcome | None) -> None:
        """None: the database did not let this line in."""
        if outcome is None:
            self.left.append(line)
            return
        self.counts[outcome.result] += 1
        if outcome.result == Result.REFUSED:
            known = f", bericht {outcome.message.message_id}" if outcome.message else ""
            self.refused.append(f"  regel {line}{known}: {outcome.reason}")

    def settle(self, parked: list[DetentionMessage]) -> list[str]:
        """The text. Later lines may have released an earlier message, or the other way round: what counts is the end."""
        taken_in = self.counts[Result.ACCEPTED] + self.counts[Result.PARKED]
        self.counts[Result.PARKED] = len(parked)
        self.counts[Result.ACCEPTED] = taken_in - len(parked)
        lines = [f"{result.value}: {self.counts[result]}" for result in Result]
        if parked:
            lines += ["", "Geparkeerd (pagina Meldingen):"]
            lines += [
                f"  bericht {row.message_id}, {row.kind}, insluiting {row.detention_number}: {row.reason}"
                for row in parked
            ]
        if self.refused:
            lines += ["", "Geweigerd:", *self.refused]
        if self.left:
            lines += ["", "Niet verwerkt door een storing:", *(f"  regel {line}" for line in self.left)]
        return lines


class Command(BaseCommand):
    help = "Leest detentiemeldingen (JSONL). Herhalen mag; een foute regel houdt de rest niet tegen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)

    def handle(self, *args: Any, bestand: Path, **options: Any) -> None:  # Django's own signature
        if not bestand.is_file():
            raise CommandError(f"{bestand} is geen bestand")
        at = timezone.now()
        by, report = acting_process(at), Report()
        for number, body in lines_of(bestand):
            report.add(number, body if isinstance(body, Outcome) else take_in(body, by, at))
        parked = DetentionMessage.objects.parked().filter(received_at=at).defer("body").order_by("id")
        text = report.settle(list(parked))
        if options.get("verbosity", 1):
            self.stdout.write("\n".join(text))
        if report.left:
            raise CommandError(
                f"{len(report.left)} regel(s) niet verwerkt door een storing van de database. Lees het bestand nog een "
                "keer; wat al verwerkt is, blijft zoals het is."
            )


def take_in(body: Any, by: Viewer, at: datetime) -> Outcome | None:  # body: any JSON value
    """Take in one line; when the database is in trouble, once more. None when the trouble goes on."""
    for _ in range(TRIES):
        try:
            return receive_message(body=body, by=by, at=at)
        except OperationalError:
            connection.close_if_unusable_or_obsolete()
    return None


def lines_of(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line with its number: a JSON value, or the refusal of a line that is none. One line in memory at a time."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield number, _parsed(raw)


def _parsed(raw: bytes) -> Any:  # a JSON value, or an Outcome
    if len(raw) > TOO_LONG:
        return Outcome(Result.REFUSED, "ongeldig", "de regel is te lang")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Outcome(Result.REFUSED, "ongeldig", "geen geldige JSON in UTF-8")


def acting_process(at: datetime) -> Viewer:
    """The program acts for the organisation that runs it; a new installation has none yet."""
    operator = Organisation.objects.filter(kind=PartyKind.OPERATOR).order_by("code").first()
    if operator is None:
        operator = register_organisation(
            kind=PartyKind.OPERATOR,
            code="BEHEER",
            name="Functioneel beheer Terugkeer",
            connected_since=None,
            by=Starter(),
            at=at,
        )
    return process_viewer(PROCESS, operator, at)
