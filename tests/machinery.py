"""What tests need besides personas: a real Celery worker on the test database, and a real browser where there is one."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model

from reintegratie.celery import app
from reintegratie.local.processes import Child, start

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
STARTUP = 180.0
LONGEST = (
    "tests/worlds/test_canaries.py",
    "tests/worlds/test_two_worlds.py",
    "tests/breaking/",
    "tests/proof/",
    "tests/access/test_doors.py",
)


def find_chromium() -> str | None:
    wish = os.environ.get("CHROMIUM")
    return wish or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_configure() -> None:
    """Static files are served from their source: nothing has been collected and named by its hash."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = (
        True  # else every test client looks at every static file before its first page
    )
    settings.STATIC_ROOT = None
    # Of a server that is not ours: compiling what a small table makes look large costs more than it ever gives.
    os.environ.setdefault("PGOPTIONS", "-c jit=off")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or find_chromium() is not None:
        return
    reason = f"geen Chromium gevonden (gezocht: {', '.join(BROWSERS)}, of zet CHROMIUM)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was counted (lost, doubled) is printed, also when it was as it should be."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, [])]
    for line in sorted(line for one in reports for name, line in one.user_properties if name == "told"):
        terminalreporter.write_line(str(line))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser at a time: two cores do not carry two, and a slow page is not a wrong page.

    What takes longest begins first, so that not one process works on alone when the other has nothing left.
    """
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A server's thread that still waits for a browser holds a session; end it before the database is dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def impatient(transactional_db: None) -> Iterator[None]:
    """Whoever waits for a row gives up after a moment, as a request or a task would in the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    yield
    connection.close()


@contextmanager
def held(row: Model) -> Iterator[None]:
    """Another connection holds this row."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR UPDATE", [row.pk])
    yield
    other.rollback()
    other.close()


def wait_until_kept_waiting() -> None:
    """Until another connection to this database waits for a lock; a slow one does not pass for a waiting one."""
    deadline = time.monotonic() + STARTUP
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot()"
            )  # else a transaction keeps seeing the first answer
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < deadline, "nobody waits for a lock"
            time.sleep(0.02)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = find_chromium()
    assert found is not None, "mark the test with pytest.mark.browser"
    return found


@pytest.fixture(scope="session", autouse=True)
def own_queue(worker_id: str) -> str:
    """Test processes share one broker; each has a queue of its own, so no worker takes another's tasks."""
    app.conf.task_default_queue = f"test-{worker_id}-{os.getpid()}"
    return app.conf.task_default_queue


@dataclass
class Worker:
    """A real `celery worker` process. `kill()` is kill -9; `begin()` starts it (again) and waits until it listens."""

    env: dict[str, str]
    queue: str
    log: Path
    child: Child | None = None

    def begin(self) -> None:
        options = [
            "-Q",
            self.queue,
            "--concurrency=1",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ]
        command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "reintegratie", "worker", *options]
        seen = self.said("ready.")
        with self.log.open("ab") as output:
            self.child = start("worker", command, env=self.env, output=output, folder=ROOT, grace=10)
        self.wait_for(lambda: self.said("ready.") > seen)

    def said(self, words: str) -> int:
        return self.log.read_text(errors="replace").count(words) if self.log.exists() else 0

    def wait_for(self, done) -> None:
        deadline = time.monotonic() + STARTUP
        while not done():
            assert self.child is not None
            assert self.child.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()


@pytest.fixture
def celery_worker_process(transactional_db, own_queue, tmp_path_factory) -> Iterator[Worker]:
    """Reads what is committed. It stops with its test: one that lives on works in the world of the next, and deadlocks
    with the emptying of its tables.
    """
    env = {**os.environ, "DATABASE_URL": test_database_url(), "QUEUE": own_queue}
    worker = Worker(env, own_queue, tmp_path_factory.mktemp("worker") / "worker.log")
    worker.begin()
    yield worker
    worker.stop()


def test_database_url() -> str:
    database = settings.DATABASES["default"]
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    host = f"{quote(database['HOST'], safe='')}:{database['PORT'] or 5432}"
    return f"postgres://{quote(database['USER'], safe='')}{password}@{host}/{database['NAME']}"


test_database_url.__test__ = False  # an address, not a test
