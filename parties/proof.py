"""Was any line of a ledger or a history changed, removed or slipped in? (contract 1, quality 3.7)

Compared inside the database, in batches, at one moment: each line against its receipt and each receipt against its
line; all receipts against the seals; each seal against the one before it, with a key the database does not know.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

import pgtrigger
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Sum

from parties.models import Receipt, Seal
from parties.seals import SUMMARY, digest_of, key_id_of, members
from reintegratie.lib.ledger_triggers import DIGEST, WriteReceipts

BATCH = 20_000
SHOWN = 20
"""So many places are named per table; whatever more there is shows when these are understood."""
MOST = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: a table with its line, a receipt, or a seal."""

    place: str
    problem: str


@dataclass(frozen=True)
class Proof:
    """What was looked at and what was found."""

    faults: list[Fault]
    tables: int
    receipts: int
    unsealed: int
    last_seal: Seal | None


def proven_models() -> list[type[models.Model]]:
    """The ledgers and every history table: whatever keeps receipts."""
    kept = [
        cast("type[models.Model]", model)  # typed as an instance by the library
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, WriteReceipts)
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def prove(*, anchor: tuple[int, str] | None = None) -> Proof:
    """Look at everything. ``anchor`` is the number and digest of a seal as somebody outside the database kept it."""
    with _one_moment():
        last = Seal.objects.order_by("-number").first()
        unsealed = _ask(f"SELECT count(*) FROM parties_receipt r WHERE {_not_yet_sealed(last)}")[0][0]
        return Proof(
            faults=list(islice(_faults(last, unsealed, anchor), MOST)),
            tables=len(proven_models()),
            receipts=Receipt.objects.count(),
            unsealed=unsealed,
            last_seal=last,
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every question sees the same state, while others go on writing."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _faults(last: Seal | None, unsealed: int, anchor: tuple[int, str] | None) -> Iterator[Fault]:
    yield from _guards_that_are_off()
    yield from _broken_seals()
    if anchor is not None and not Seal.objects.filter(number=anchor[0], digest=anchor[1]).exists():
        yield Fault(f"zegel {anchor[0]}", "is niet het zegel dat buiten de database is bewaard")
    yield from _receipts_outside_seals(last, unsealed)
    for low in range(0, (Receipt.objects.order_by("-id").values_list("id", flat=True).first() or 0), BATCH):
        yield from _lines_that_do_not_fit(low)
    for model in proven_models():
        yield from _lines_without_receipt(model._meta.db_table, _key_of(model))


def _guards_that_are_off() -> Iterator[Fault]:
    """A trigger that is gone or switched off: from then on changes are possible, or lines come without a receipt."""
    kept = {*proven_models(), Receipt, Seal}
    for model, trigger in pgtrigger.registered():
        if model in kept and trigger.get_installation_status(model) != (pgtrigger.core.INSTALLED, True):
            yield Fault(model._meta.db_table, f"de beveiliging {trigger.name} staat uit of is veranderd")


def _broken_seals() -> Iterator[Fault]:
    """The chain of seals, and what each says about its receipts."""
    secrets = {key_id_of(secret): secret for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
    number, digest = 0, ""
    for seal in Seal.objects.order_by("number").iterator(chunk_size=1000):
        number += 1
        if seal.number != number:
            yield Fault(f"zegel {number}", f"ontbreekt; het volgende is zegel {seal.number}")
            number = seal.number
        elif seal.key_id not in secrets:
            yield Fault(f"zegel {number}", f"gemaakt met sleutel {seal.key_id}, die hier niet bekend is")
        elif seal.digest != digest_of(seal, digest, secrets[seal.key_id]):
            yield Fault(f"zegel {number}", "het zegel zelf is veranderd, of het zegel ervoor")
        elif (found := _found_in(seal)) != (seal.receipts, seal.content):
            yield Fault(
                f"zegel {number} van {seal.made_at:%Y-%m-%dT%H:%M:%SZ}",
                f"ontvangstbewijzen {seal.first_receipt} tot en met {seal.last_receipt} zijn veranderd of"
                f" verwijderd: {found[0]} gevonden, {seal.receipts} verzegeld",
            )
        digest = seal.digest


def _found_in(seal: Seal) -> tuple[int, str]:
    condition = members("%(since)s", "%(until)s", "%(floor)s")
    [(receipts, _, _, content)] = _ask(
        f"SELECT {SUMMARY} FROM parties_receipt r WHERE r.id BETWEEN %(first)s AND %(last)s AND {condition}",
        since=seal.since,
        until=seal.snapshot,
        floor=seal.floor,
        first=seal.first_receipt,
        last=seal.last_receipt,
    )
    return receipts, content


def _not_yet_sealed(last: Seal | None) -> str:
    """SQL: receipts that came after the last seal."""
    if last is None:
        return "true"
    floor = last.floor if last.snapshot else last.last_receipt
    return members(f"'{last.snapshot}'", "''", str(floor))


def _receipts_outside_seals(last: Seal | None, unsealed: int) -> Iterator[Fault]:
    """Receipts that were slipped in between sealed ones; looked for only when there are too many."""
    sealed = Seal.objects.aggregate(total=Sum("receipts"))["total"] or 0
    if Receipt.objects.count() <= sealed + unsealed:
        return
    covered = members("s.since", "s.snapshot", "s.floor")
    for receipt, table, row in _ask(
        f"""SELECT r.id, r.table_name, r.row_id FROM parties_receipt r
            WHERE NOT ({_not_yet_sealed(last)}) AND NOT EXISTS (
                SELECT FROM parties_seal s
                WHERE r.id BETWEEN s.first_receipt AND s.last_receipt AND {covered})
            ORDER BY r.id LIMIT {SHOWN}"""
    ):
        yield Fault(f"{table} regel {row}", f"ontvangstbewijs {receipt} is er later tussen gezet")


def _lines_that_do_not_fit(low: int) -> Iterator[Fault]:
    """Lines of one batch of receipts that are gone, or are no longer what they were."""
    keys = {model._meta.db_table: _key_of(model) for model in proven_models()}
    batch = {"low": low, "high": low + BATCH}
    for table, width in _ask(
        "SELECT DISTINCT table_name, width FROM parties_receipt WHERE id > %(low)s AND id <= %(high)s",
        **batch,
    ):
        if table not in keys:
            yield Fault(str(table), "ontvangstbewijs van een tabel die niet meer bestaat")
            continue
        for row, receipt, gone in _ask(
            f"""SELECT r.row_id, r.id, line.{keys[table]} IS NULL
                FROM parties_receipt r LEFT JOIN {table} line ON line.{keys[table]} = r.row_id
                WHERE r.id > %(low)s AND r.id <= %(high)s AND r.table_name = %(table)s AND r.width = %(width)s
                  AND (line.{keys[table]} IS NULL OR {DIGEST}(line, %(later)s) <> r.digest)
                ORDER BY r.id LIMIT {SHOWN}""",
            table=table,
            width=width,
            later=_columns_after(table, width),
            **batch,
        ):
            what = "is verwijderd" if gone else "is gewijzigd"
            yield Fault(f"{table} regel {row}", f"{what} (ontvangstbewijs {receipt})")


def _columns_after(table: str, width: int) -> list[str]:
    """Columns that the table got later: they were not there when the receipt was written."""
    rows = _ask(
        """SELECT attname FROM pg_attribute
           WHERE attrelid = %(table)s::regclass AND attnum > %(width)s AND NOT attisdropped""",
        table=table,
        width=width,
    )
    return [name for (name,) in rows]


def _key_of(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _lines_without_receipt(table: str, key: str) -> Iterator[Fault]:
    """Lines that came in while the trigger was off, or whose receipt was removed."""
    for (row,) in _ask(
        f"""SELECT line.{key} FROM {table} line
            WHERE NOT EXISTS (
                SELECT FROM parties_receipt r WHERE r.table_name = %(table)s AND r.row_id = line.{key})
            ORDER BY line.{key} LIMIT {SHOWN}""",
        table=table,
    ):
        yield Fault(f"{table} regel {row}", "heeft geen ontvangstbewijs")


def _ask(question: str, **values: Any) -> list[tuple[Any, ...]]:  # what the database answers
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
