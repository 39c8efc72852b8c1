"""How does a child process start as the right system user, and never outlive the process that started it?"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reintegratie.local.identity import LINUX, OURSELVES, Identity, StartFailed, become, prctl

PR_SET_PDEATHSIG = 1
PATIENCE = 5.0
CLEAN_ENV = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
}


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 20

    def stop(self) -> None:
        """Ask, wait, and only then kill the whole group."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()

    def kill(self) -> None:
        kill_group(self.process.pid)
        self.process.wait()


def kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def die_with_parent(parent: int, stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Let the kernel signal us when the parent goes, however it goes (kill -9 included). Linux only."""
    if not LINUX:
        return
    prctl(PR_SET_PDEATHSIG, stop_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), stop_signal)


def as_child(identity: Identity, stop_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        become(identity)
        die_with_parent(parent, stop_signal)  # last: a change of credentials clears it

    return prepare


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | None = None,
    folder: Path | None = None,
    identity: Identity = OURSELVES,
    stop_signal: signal.Signals = signal.SIGTERM,
    grace: float = 20,
    stdin: bytes | None = None,
) -> Child:
    """Start one long-lived child in a session of its own, so Ctrl-C reaches it through us and in our order."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=folder,
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=output or subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=as_child(identity, stop_signal),
    )
    if stdin is not None and process.stdin is not None:
        process.stdin.write(stdin)
        process.stdin.close()
    return Child(name, process, stop_signal, grace)


def complete(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    folder: Path | None = None,
    identity: Identity = OURSELVES,
) -> str:
    """Run one short command to its end and return what it printed; a failure is shown whole."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=as_child(identity, signal.SIGTERM),
    )
    try:
        printed, problems = process.communicate()
    except BaseException:
        kill_group(process.pid)
        process.wait()
        raise
    if process.returncode != 0:
        raise StartFailed(f"{' '.join(map(str, command[:3]))} is mislukt:\n{printed}{problems}")
    return printed


def echo(child: Child, width: int = 8) -> threading.Thread:
    """Print what a child writes, each line behind its name."""

    def pump() -> None:
        assert child.process.stdout is not None
        for line in child.process.stdout:
            sys.stdout.write(f"{child.name:<{width}}| {line.decode(errors='replace')}")
            sys.stdout.flush()

    thread = threading.Thread(target=pump, daemon=True)
    thread.start()
    return thread


@contextmanager
def only_one(lock: Path, refusal: str) -> Iterator[None]:
    """Hold a lock that the kernel lets go of when we die, so no stale file can keep anyone out."""
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartFailed(refusal) from None
        yield


def stop_leftover(pid_file: Path, folder: Path) -> None:
    """Stop a server that an earlier, killed run left behind in this folder, and remove its pid file.

    The number in the file may by now belong to somebody else, so the process must also stand in our folder.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return
    for stop_signal in (
        None,
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGKILL,
    ):  # first it may be stopping by itself
        deadline = time.monotonic() + PATIENCE
        if stop_signal and works_in(pid, folder):
            os.kill(pid, stop_signal)
        while works_in(pid, folder) and time.monotonic() < deadline:
            time.sleep(0.1)
    if LINUX:  # elsewhere we cannot look, and the server judges its own file
        pid_file.unlink(missing_ok=True)


def works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False
