"""A running server, one who takes consents back and gives them again, and readers who never stop asking."""

import http.client
import os
import re
import socket
import sys
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from reintegratie.local.processes import start
from tests.machinery import ROOT, STARTUP, test_database_url

CANARY = re.compile(r"KANARIE-[a-z-]+-EIRANAK")
TOKEN = "t" * 32
"""A form is accepted when it repeats what stands in the cookie."""


def canary(domain: str) -> str:
    return f"KANARIE-{domain}-EIRANAK"


@contextmanager
def server(secret: str, log: Path, *, forgetful: float = 0) -> Iterator[int]:
    """Gunicorn as ``make run`` starts it, on the database of this test; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": test_database_url(),
        "SECRET_KEY": secret,
        "PLAIN_STATIC": "1",
        "DEBUG": "0",
        "FORGETFUL_SECONDS": str(forgetful),
        "PYTHONWARNINGS": "ignore",
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "tests.proof.served:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += ["--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"]
    with log.open("wb") as output:
        child = start("web", command, env=env, output=output, folder=ROOT, grace=15)
    try:
        wait_until(lambda: is_listening(port), log)
        yield port
    finally:
        child.stop()


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(done: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + STARTUP
    while not done():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


@dataclass(frozen=True)
class Line:
    """A person with a session or a program with a token; each request on a connection of its own."""

    port: int
    headers: dict[str, str]

    def get(self, path: str) -> tuple[int, str]:
        return self._send("GET", path, None, self.headers)

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, body, {**self.headers, **kind})

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as wire:
            wire.request(method, path, body, headers)
            answer = wire.getresponse()
            return answer.status, answer.read().decode()


@dataclass(frozen=True)
class Read:
    """One answer: when it was asked and when it was there, and which canaries it held."""

    channel: str
    asked: float
    answered: float
    held: frozenset[str]


@dataclass
class Race:
    """What happened, in the order of one clock: per domain when it was surely closed, and all that was read."""

    closed: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """From the answer to a withdrawal until the next yes was sent."""
    reads: list[Read] = field(default_factory=list)
    withdrawals: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def is_closed(self, domain: str) -> None:
        self.withdrawals += 1
        self.closed.setdefault(domain, []).append((time.monotonic(), float("inf")))

    def will_open(self, domain: str) -> None:
        if spans := self.closed.get(domain):
            spans[-1] = (spans[-1][0], time.monotonic())

    def read(self, channel: str, line: Line, path: str) -> Read:
        asked = time.monotonic()
        status, text = line.get(path)
        assert status == 200, (channel, status, text[:300])
        found = Read(channel, asked, time.monotonic(), frozenset(CANARY.findall(text)))
        self.reads.append(found)
        return found

    def read_on(self, channel: str, line: Line, path: str) -> None:
        while not self.ended.is_set():
            self.read(channel, line, path)

    def stale(self) -> list[tuple[str, str]]:
        """Answers to requests that began after a withdrawal was answered, and that held what was taken back."""
        return [
            (read.channel, domain)
            for read in self.reads
            for domain in self.closed
            if canary(domain) in read.held and self._was_closed(domain, read)
        ]

    def _was_closed(self, domain: str, read: Read) -> bool:
        spans = self.closed[domain]
        place = bisect_right(spans, (read.asked, float("inf"))) - 1
        return place >= 0 and read.answered <= spans[place][1]

    def looked(self) -> tuple[Counter[str], Counter[str]]:
        """Per channel how many answers held something, and how many began while something was closed."""
        full = Counter(read.channel for read in self.reads if read.held)
        tested = Counter(
            read.channel
            for read in self.reads
            if any(self._was_closed(domain, read) for domain in self.closed)
        )
        return full, tested
