"""Everything the program needs as real processes of one test: broker, web, workers and beats, each to be killed at will."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import redis
from celery import Celery
from django.conf import settings
from django.utils import timezone

from cases.models import Notification
from reintegratie.local import broker
from reintegratie.local.binaries import broker_binary
from reintegratie.local.identity import identity_for
from reintegratie.local.place import Place, free_port, wait_for
from reintegratie.local.processes import Child, start
from reintegratie.local.run import healthy
from tests.breaking.post_office import PostOffice
from tests.machinery import ROOT, STARTUP, Worker, test_database_url

CLOCK = Path(__file__).parent / "clock"


def compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc")


@lru_cache
def library() -> str | None:
    """Moves the whole clock of a process, that of beat and its schedule too; made where there is a C compiler."""
    made = Path(tempfile.mkdtemp(prefix="clock-")) / "ahead.so"
    atexit.register(shutil.rmtree, made.parent, ignore_errors=True)
    found = compiler()
    if found is None:
        return None
    subprocess.run([found, "-shared", "-fPIC", "-O1", "-o", made, CLOCK / "ahead.c"], check=True)
    return str(made)


def clock(ahead: timedelta) -> dict[str, str]:
    """The environment of a process that lives so much later (or earlier) than we do.

    Without a compiler only the one place where the program reads its clock is moved; beat then keeps real time.
    """
    seconds = {"CLOCK_AHEAD": f"{ahead.total_seconds():.0f}"}
    return seconds | ({"LD_PRELOAD": made} if (made := library()) else {"PYTHONPATH": str(CLOCK / "python")})


class Broker:
    """A broker of our own that comes back on the same address."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder, durable=True)
        self.program = broker_binary(os.environ)
        self.data = self.place.data("broker")
        self.identity = identity_for(self.program.path, self.data)
        self.port = free_port()
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return broker.url(self.port, self.place)

    def begin(self) -> None:
        self.child = broker.launch(self.program, self.data, self.place, self.identity, self.port)
        assert wait_for(lambda: broker.answers(self.port, self.place), self.child)

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


@dataclass
class Ground:
    """What runs for one test. Whatever was started here stops here, before the tables are emptied."""

    folder: Path
    broker: Broker
    office: PostOffice
    ahead: timedelta
    """By how much the story is later than the clock of this machine."""
    children: list[Child] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)

    def now(self) -> datetime:
        """What the processes of this story take for now."""
        return timezone.now() + self.ahead

    def env(self) -> dict[str, str]:
        """Of a process of ours on the database of this test."""
        return {
            **os.environ,
            "DATABASE_URL": test_database_url(),
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": self.office.address,
            "SECRET_KEY": settings.SECRET_KEY,
            "IDLE_SECONDS": "8640000",
            "PLAIN_STATIC": "1",
            "DEBUG": "0",
            "QUEUE": "terugkeer",
            "PYTHONWARNINGS": "ignore",
            **clock(self.ahead),
        }

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def worker(self, name: str = "worker") -> Worker:
        worker = Worker(self.env(), "terugkeer", self.log(name))
        self.workers.append(worker)
        worker.begin()
        return worker

    def beat(self, name: str = "beat") -> Child:
        """A beat that keeps its schedule in a file of its own, as in production."""
        schedule = str(self.folder / f"{name}.schedule")
        options = ["beat", "--schedule", schedule, "--pidfile=", "--loglevel=INFO"]
        command = [sys.executable, "-m", "celery", "-A", "reintegratie", *options]
        return self._start(name, command, self.env())

    def web(self, name: str = "web") -> int:
        """Gunicorn as in production; its port."""
        port = free_port()
        address = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
        options = ["reintegratie.wsgi:application", *address, "--graceful-timeout", "5"]
        command = [sys.executable, "-m", "gunicorn", *options, "--no-control-socket"]
        child = self._start(name, command, self.env())
        self.wait(lambda: healthy(port), child, 2 * STARTUP)
        return port

    def ask(self, task: str) -> None:
        """What a beat would say now."""
        with Celery("asking", broker=self.broker.url, set_as_current=False) as asking:
            asking.conf.task_default_queue = "terugkeer"
            asking.send_task(f"cases.tasks.{task}", ignore_result=True, retry=False)

    def deliver_all(self, seconds: float = 60) -> None:
        """Ask for delivery until no mail waits any more; it must get on within this time."""
        waiting = Notification.objects.undelivered_mail()
        while left := waiting.count():
            self.ask("deliver_notifications")
            deadline = time.monotonic() + seconds
            while waiting.exists() and time.monotonic() < deadline:
                time.sleep(0.2)
            assert waiting.count() < left, self.said()

    def _start(self, name: str, command: list[str], env: Mapping[str, str]) -> Child:
        with self.log(name).open("ab") as output:
            child = start(name, command, env=env, output=output, folder=ROOT, grace=10)
        self.children.append(child)
        return child

    def wait(self, done: Callable[[], bool], child: Child | None = None, seconds: float = STARTUP) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, self.said()
            assert child is None or child.process.poll() is None, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-4000:]}" for log in logs)

    def stop(self) -> None:
        """Nobody needs to be polite: what was to be kept is in the database."""
        for worker in self.workers:
            if worker.child is not None:
                worker.child.kill()
        for child in self.children:
            child.kill()
