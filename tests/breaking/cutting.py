"""Who cuts the connections of others to the database, in the middle of their transactions; and a database to crash."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from reintegratie.local import postgres
from reintegratie.local.binaries import postgres_binary
from reintegratie.local.identity import identity_for
from reintegratie.local.place import Place, free_port, wait_for
from reintegratie.local.processes import Child, stop_leftover
from tests.machinery import test_database_url

IN_TRANSACTION = """
    SELECT pid, left(regexp_replace(query, '\\s+', ' ', 'g'), 12) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> ALL(%s) AND xact_start IS NOT NULL
      AND backend_type = 'client backend'
"""


class Cutter:
    """Ends connections of other processes that are in a transaction, again and again."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.cut: Counter[str] = Counter()
        self.ended = threading.Event()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.ours = [cursor.fetchone()[0]]

    def work(self) -> None:
        with closing(psycopg2.connect(test_database_url())) as wire, wire.cursor() as cursor:
            wire.autocommit = True
            cursor.execute("SELECT pg_backend_pid()")
            self.ours.append(cursor.fetchone()[0])
            while not self.ended.wait(random.uniform(0, 2 * self.pause)):
                self.once(cursor)

    def once(self, cursor) -> None:
        """Look until somebody is in the middle of something, and cut him off."""
        deadline = time.monotonic() + self.pause
        while time.monotonic() < deadline:
            cursor.execute(IN_TRANSACTION, [self.ours])
            if busy := cursor.fetchall():
                pid, query = random.choice(busy)
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
                self.cut[query.partition(" ")[0]] += 1
                return

    @contextmanager
    def cutting(self) -> Iterator[None]:
        thread = threading.Thread(target=self.work)
        thread.start()
        try:
            yield
        finally:
            self.ended.set()
            thread.join()


class Cluster:
    """A PostgreSQL of our own, durable as in production, that comes back on the same port."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder, durable=True)
        self.program = postgres_binary(os.environ)
        self.data = self.place.data("cluster")
        self.identity = identity_for(self.program.path, self.data)
        self.port = free_port()
        postgres.make_cluster(self.program, self.data, self.place, self.identity)
        self.child: Child | None = None
        self.begin()
        postgres.make_roles(self.port, self.place)

    def begin(self) -> None:
        stop_leftover(self.data / "postmaster.pid", self.data)
        self.child = postgres.launch(self.program, self.data, self.place, self.identity, self.port)
        assert wait_for(lambda: postgres.answers(self.port, self.place), self.child)

    def crash(self) -> None:
        """Immediate shutdown: nothing is written down any more, what was acknowledged must come out of the log."""
        assert self.child is not None
        self.child.process.send_signal(signal.SIGQUIT)
        self.child.process.wait(60)

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()


@contextmanager
def living_in(cluster: Cluster) -> Iterator[None]:
    """This process, and whatever it starts, works in that cluster."""
    address = urlsplit(postgres.url(postgres.OWNER, cluster.port, cluster.place))
    ours = {
        "NAME": address.path[1:],
        "USER": address.username,
        "PASSWORD": address.password,
        "HOST": address.hostname,
        "PORT": cluster.port,
    }
    before = {name: settings.DATABASES["default"][name] for name in ours}
    _move_to(ours)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        _move_to(before)


def _move_to(place: dict[str, object]) -> None:
    connection.close()
    settings.DATABASES["default"].update(place)
    connection.settings_dict.update(place)
    ContentType.objects.clear_cache()
