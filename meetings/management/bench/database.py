"""Databases of its own for the measurement, so that the given one is never written to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

Turn = Callable[[], None]


@dataclass(frozen=True)
class Database:
    """A database beside the given one, on the same server."""

    name: str
    given: str

    @classmethod
    def beside(cls) -> "Database":
        """The one of this program: never the given one."""
        given = str(connection.settings_dict["NAME"])
        return cls(f"{given}_bench", given)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Every statement of this block goes here."""
        before = connection.settings_dict["NAME"]
        _connect(self.name)
        try:
            yield
        finally:
            _connect(before)

    @contextmanager
    def made(self, *, contents: str, keep: bool) -> Iterator[bool]:
        """Here for the length of the block; yields whether an earlier run kept it with these contents.

        Whatever else has this name is dropped first; without ``keep`` it is dropped afterwards as well.
        """
        kept = keep and self._contents() == contents
        if not kept:
            self._drop()
            _run("CREATE DATABASE {} TEMPLATE template0", self.name)
        try:
            if not kept:
                with self.in_use():
                    call_command("migrate", verbosity=0, interactive=False)
            yield kept
        finally:
            if not keep:
                self._drop()

    @contextmanager
    def copy(self, suffix: str) -> Iterator["Database"]:
        """The same rows once more, for the length of the block."""
        copy = Database(f"{self.name}_{suffix}", self.given)
        with Database(self.given, self.given).in_use():  # a database is copied while nobody is in it
            copy._drop()
            _run("CREATE DATABASE {} TEMPLATE {}", copy.name, self.name)
        try:
            yield copy
        finally:
            copy._drop()

    def label(self, contents: str) -> None:
        """Write on the database what is in it, so that a later run may use it again."""
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("COMMENT ON DATABASE {} IS %s").format(sql.Identifier(self.name)), [contents]
            )

    def _contents(self) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [self.name],
            )
            found = cursor.fetchone()
        return str(found[0]) if found else None

    def _drop(self) -> None:
        _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)


@contextmanager
def in_turns(*databases: Database) -> Iterator[list[Turn]]:
    """An open connection to each: calling a turn lets the statements that follow go to that database."""
    own = connections["default"]
    opened = []
    for database in databases:
        one = connections.create_connection("default")
        one.settings_dict = {**one.settings_dict, "NAME": database.name}
        opened.append(one)

    def turn_to(one: BaseDatabaseWrapper) -> Turn:
        return lambda: connections.__setitem__("default", one)

    try:
        yield [turn_to(one) for one in opened]
    finally:
        connections["default"] = own
        for one in opened:
            one.close()


def _connect(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _run(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
