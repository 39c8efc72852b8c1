"""Fill the database that is measured: set-based, from fixed arithmetic, with synthetic people only (sql/*.sql).

Rows go in as INSERT … SELECT under every constraint and trigger that the application has; the same size on the same day
gives the same rows.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

from cases.models import SIX_DOMAINS, Case, LifeDomain
from meetings.management.bench.sizes import Size
from plans.models import DomainRecord
from plans.questions import current_set
from reintegratie.lib.workdays import day_of

SQL = Path(__file__).parent / "sql"
BATCH = 20_000
"""Cases per turn: large enough to be set-based, small enough for the memory of a modest server."""
REFERENCE = ("grondslagen.csv", "gelijkgestelde-dagen.csv")
WITH_HISTORY = ("cases_case", "consent_consent", "plans_domainrecord")


@cache
def statement(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def seed(size: Size, at: datetime) -> None:
    """Everything but the history that ``growth`` asks for."""
    _load_reference()
    values = _values(size, at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS pg_temp.key")
        cursor.execute(statement("0_tools"))
        cursor.execute(statement("1_parties"), values)
        cursor.execute("DROP TABLE party, person")
    seed_cases(size, at, 1, size.cases)


def seed_cases(size: Size, at: datetime, first: int, last: int) -> None:
    """Cases by number, with all that belongs to them; those up to ``size.open`` are open."""
    for cursor, values in _turns(size, at, first, last):
        for name in ("2_cases", "3_content", "4_meetings"):
            cursor.execute(statement(name), values)
        for model in _tracked():
            _write_history(cursor, model, values)
        cursor.execute(statement("5_ledgers"), values)
        cursor.execute("DROP TABLE on_agenda, item, taking_part, fresh")


def seed_frames(size: Size, at: datetime, first: int, last: int) -> None:
    """Cases by number with who takes part and their terms, and nothing else."""
    for cursor, values in _turns(size, at, first, last):
        cursor.execute(statement("2_cases"), values)
        cursor.execute("DROP TABLE taking_part, fresh")


def _turns(size: Size, at: datetime, first: int, last: int) -> Iterator[tuple[CursorWrapper, dict[str, Any]]]:
    """Each batch in a transaction of its own."""
    for low in range(first, last + 1, BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION IF EXISTS pg_temp.key")
            cursor.execute(statement("0_tools"))
            yield cursor, _values(size, at, first=low, last=min(low + BATCH - 1, last))


def settle() -> None:
    """Let the database know what it holds, as autovacuum would have in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _load_reference() -> None:
    """The real rows of law: they decide about visibility. Organisations are made up."""
    with TemporaryDirectory() as folder:
        for name in REFERENCE:
            shutil.copy(settings.BASE_DIR / "data" / name, folder)
        call_command("load_reference", folder, verbosity=0)


def _values(size: Size, at: datetime, **more: Any) -> dict[str, Any]:  # what the statements ask for
    on = day_of(at)
    return {
        "at": at,
        "on": on,
        "open": size.open,
        "prisons": size.prisons,
        "municipalities": size.municipalities,
        "probations": size.probations,
        "domains": list(LifeDomain.values),
        "six": [str(domain) for domain in SIX_DOMAINS],
        "question_set": current_set(on).version,
        **more,
    }


def _tracked() -> list[type[models.Model]]:
    consent = DomainRecord._meta.apps.get_model(
        "consent", "Consent"
    )  # read by consent alone; here it is a table
    return [Case, consent, DomainRecord]


def _write_history(cursor: Any, model: Any, values: dict[str, Any]) -> None:  # django-stubs knows no history
    """One line per fresh row: that it was made."""
    names = [field.column for field in model._meta.concrete_fields]
    key = "id" if model is Case else "case_id"
    cursor.execute(
        sql.SQL(
            "INSERT INTO {history} ({columns}, history_date, history_user_id, history_change_reason, history_type)"
            " SELECT {columns}, %(at)s, 'process:meting', 'meting', '+' FROM {table}"
            " WHERE {key} IN (SELECT id FROM fresh)"
        ).format(
            history=sql.Identifier(model.history.model._meta.db_table),
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(sql.Identifier(name) for name in names),
            key=sql.Identifier(key),
        ),
        values,
    )
