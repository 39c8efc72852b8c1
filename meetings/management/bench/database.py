"""A database of its own for the measurement, so that the given one is never written to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg2 import sql


@contextmanager
def own_database(name: str, *, stamp: str, keep: bool) -> Iterator[bool]:
    """Work in database ``name``; yields whether it was kept by an earlier run with the same stamp, rows and all.

    Anything else that has this name is dropped first. Without ``keep`` it is dropped afterwards as well.
    """
    given = connection.settings_dict["NAME"]
    kept = keep and _stamp_of(name) == stamp
    if not kept:
        drop(name)
        create(name)
    _connect(name)
    try:
        if not kept:
            call_command("migrate", verbosity=0, interactive=False)
        yield kept
    finally:
        _connect(given)
        if not keep:
            drop(name)


def create(name: str, template: str = "template0") -> None:
    """``template`` may be a database that is not in use at the moment: then it is copied, rows and all."""
    _run("CREATE DATABASE {} TEMPLATE {}", name, template)


def drop(name: str) -> None:
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def stamp(name: str, text: str) -> None:
    """Write on the database what is in it, so that a later run may use it again."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS %s").format(sql.Identifier(name)), [text])


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Let every statement of this block go to another database."""
    given = connection.settings_dict["NAME"]
    _connect(name)
    try:
        yield
    finally:
        _connect(given)


def _stamp_of(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        found = cursor.fetchone()
    return str(found[0]) if found else None


def _connect(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _run(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
