"""Who cuts the connections of others to the database, in the middle of their transactions."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from django.db import connection

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
