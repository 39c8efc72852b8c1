"""What does the owner of the tables do: migrate, and say what the application's role may.

`python -m reintegratie.migrate` connects as DATABASE_OWNER_URL. The role that DATABASE_URL names may work with the tables,
but never change or remove a line of a ledger. Triggers guard the ledgers too; this is the second lock (architecture 4,
quality 3.7).
"""

import os
import sys
from collections.abc import Iterator

import django
import environ
import pgtrigger
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

READ_ONLY = ("django_migrations",)


def forbidden() -> Iterator[tuple[str, str]]:
    """Table and verb of everything that is only ever added to: history, and what a trigger protects from everyone."""
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "history_change_reason"):
            yield from ((model._meta.db_table, verb) for verb in ("update", "delete"))
    for protected, trigger in pgtrigger.registered():
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None:
            verbs = str(trigger.operation).lower()
            yield from ((protected._meta.db_table, verb) for verb in ("update", "delete") if verb in verbs)


def grant(cursor: CursorWrapper, role: str) -> None:
    """Give the role its rights anew; what an earlier version granted too much is taken back."""
    who = sql.Identifier(role)
    for statement in (
        "revoke all on all tables in schema public from {}",
        "grant usage on schema public to {}",
        "grant select, insert, update, delete on all tables in schema public to {}",
        "grant usage, select on all sequences in schema public to {}",
    ):
        cursor.execute(sql.SQL(statement).format(who))
    taken = [*forbidden(), *((table, verb) for table in READ_ONLY for verb in ("insert", "update", "delete"))]
    for table, verb in taken:
        cursor.execute(sql.SQL(f"revoke {verb} on {{}} from {{}}").format(sql.Identifier(table), who))


def ensure_role(cursor: CursorWrapper, role: str, password: str) -> None:
    """Make the role on a fresh server; on one where an administrator made it, leave it as it is."""
    cursor.execute("select 1 from pg_roles where rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("create role {} login password %s").format(sql.Identifier(role)), [password])


def main() -> int:
    application = environ.Env().db_url("DATABASE_URL")
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    django.setup()
    call_command("migrate", interactive=False, verbosity=int(os.environ.get("VERBOSITY", "1")))
    if application["USER"] == connection.settings_dict["USER"]:
        sys.stderr.write(
            "migrate: de toepassing gebruikt de eigenaarsrol; alleen triggers beschermen dan het logboek\n"
        )
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        ensure_role(cursor, application["USER"], application["PASSWORD"])
        grant(cursor, application["USER"])
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")
    sys.exit(main())
