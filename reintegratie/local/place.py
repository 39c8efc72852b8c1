"""Where do private servers keep their data and secrets, and must that data survive?"""

import json
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reintegratie.local.identity import StartFailed
from reintegratie.local.processes import Child

ATTEMPTS, PATIENCE = 3, 60.0


@dataclass(frozen=True)
class Place:
    folder: Path
    durable: bool

    def password(self, name: str) -> str:
        """A secret of this place, made once and readable by its owner only."""
        file = self.folder / "secrets.json"
        known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(48)
            fresh = file.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(known))
            fresh.replace(file)
        return known[name]

    def data(self, name: str) -> Path:
        """A folder for one server, refused with a reason when it belongs to someone we are not."""
        folder = self.folder / name
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() not in (0, folder.stat().st_uid):
            raise StartFailed(
                f"{folder} is van een andere gebruiker. Start als die gebruiker,"
                " of verwijder de map (de demogegevens zijn dan weg)."
            )
        return folder

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def first_that_answers(
    launch: Callable[[int], Child], answers: Callable[[int], bool], log: Path
) -> tuple[Child, int]:
    """Start on a free port and wait until it answers us; another port when someone was quicker to take it."""
    for _attempt in range(ATTEMPTS):
        port = free_port()
        child = launch(port)
        try:
            answered = wait_for(lambda port=port: answers(port), child)  # type: ignore[misc]  # a default argument has no place in Callable
        except BaseException:
            child.stop()
            raise
        if answered:
            return child, port
        child.stop()
    tail = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-20:])
    raise StartFailed(f"{child.name} start niet. Het einde van {log}:\n{tail}")


def wait_for(answers: Callable[[], bool], child: Child) -> bool:
    deadline = time.monotonic() + PATIENCE
    while child.process.poll() is None and time.monotonic() < deadline:
        if answers():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
