"""`manage.py verify_ledger`: prove that no ledger or history line was changed or removed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parties.proof import Proof, prove


class Command(BaseCommand):
    help = (
        "Controleert beide logboeken en alle geschiedenis tegen hun ontvangstbewijzen en zegels. Noemt elke plaats die"
        " niet klopt en eindigt dan met code 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anker",
            metavar="NUMMER:ZEGEL",
            help="een zegel zoals dat buiten de database is bewaard (in het log van de worker)",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        proof = prove(anchor=_anchor(options["anker"]))
        for fault in proof.faults:
            self.stderr.write(f"{fault.place}: {fault.problem}")
        self.stdout.write(_summary(proof))
        if proof.faults:
            raise CommandError(f"{len(proof.faults)} plaatsen kloppen niet")


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not number.isdigit() or not digest:
        raise CommandError("--anker is NUMMER:ZEGEL, bijvoorbeeld 12:9f3c…")
    return int(number), digest


def _summary(proof: Proof) -> str:
    seal = proof.last_seal
    return (
        f"{proof.tables} tabellen, {proof.receipts} ontvangstbewijzen, waarvan {proof.unsealed} nog niet verzegeld;"
        f" laatste zegel: {f'{seal.number}:{seal.digest}' if seal else 'nog geen'}"
    )
