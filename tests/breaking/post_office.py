"""A mail server that misbehaves by plan: it refuses, hangs, closes the line, also after it took the letter."""

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

WELL, BUSY, REFUSED, HANG, CLOSE = "well", "busy", "refused", "hang", "close"
HANGS = 30.0  # seconds; longer than anybody waits
CODES = {BUSY: b"451 busy, try again\r\n", REFUSED: b"550 no such address\r\n"}
CLOSED = (HANG, CLOSE)
MESSAGE_ID = re.compile(rb"^Message-ID: <bericht-([0-9a-f-]{36})@", re.MULTILINE | re.IGNORECASE)

CONNECT, RECIPIENT, DATA, TAKEN = "connect", "recipient", "data", "taken"
Plan = Callable[[str, str], str]
"""At this step, for this recipient (none yet at the connection): what does the server do?"""


@dataclass(frozen=True)
class Letter:
    """What the server took in, whatever it answered."""

    key: str
    to: str
    at: float


def well(step: str, to: str) -> str:
    return WELL


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; `plan` may be changed while it works."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Window)
        self.plan: Plan = well
        self.slow = 0.0
        self.letters: list[Letter] = []
        self.met: Counter[str] = Counter()
        self.on_letter: Callable[[Letter], None] = lambda letter: None

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take_in(self, to: str, text: bytes) -> None:
        found = MESSAGE_ID.search(text)
        letter = Letter(found[1].decode() if found else "", to, time.monotonic())
        self.letters.append(letter)
        self.on_letter(letter)

    def copies(self) -> Counter[str]:
        """How often each message was taken in, by the key in its Message-ID."""
        return Counter(letter.key for letter in self.letters)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed leaves a broken line; that is the point."""


class Window(socketserver.StreamRequestHandler):
    """One connection."""

    server: PostOffice
    timeout = 120

    def handle(self) -> None:
        to = ""
        with suppress(OSError):
            if self.react(CONNECT, "", b"220 ready\r\n") in CLOSED:
                return
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                if word == b"RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                if not self.answer(word, to):
                    return

    def answer(self, word: bytes, to: str) -> bool:
        """Whether the line stays open."""
        if word == b"RCPT":
            return self.react(RECIPIENT, to, b"250 ok\r\n") not in CLOSED
        if word != b"DATA":
            self.wfile.write(b"250 ok\r\n")
            return True
        how = self.react(DATA, to, b"354 go on\r\n")
        if how != WELL:
            return how in CODES
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return False
        time.sleep(self.server.slow)
        self.server.take_in(to, b"".join(lines))
        return self.react(TAKEN, to, b"250 taken\r\n") not in CLOSED

    def react(self, step: str, to: str, yes: bytes) -> str:
        how = self.server.plan(step, to)
        self.server.met[f"{step}:{how}"] += 1
        if how == HANG:
            with suppress(OSError):
                self.request.settimeout(HANGS)
                self.rfile.readline()  # until the other side gives up
        elif how == CLOSE:
            self.request.shutdown(socket.SHUT_RDWR)
        else:
            self.wfile.write(yes if how == WELL else CODES[how])
        return how


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield office
        office.shutdown()
        thread.join()
