"""A child never outlives us, and a stale pid file never kills a stranger."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from reintegratie.local import processes
from reintegratie.local.identity import LINUX, StartFailed
from reintegratie.local.processes import complete, only_one, start, stop_leftover

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]
needs_linux = pytest.mark.skipif(not LINUX, reason="asks the Linux kernel to watch the parent")


def alive(pid: int) -> bool:
    """Alive and not a zombie that only waits for its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


@needs_linux
def test_a_child_dies_when_its_parent_is_killed_outright():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import os, sys, time
                from reintegratie.local.processes import start
                child = start("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"], env=os.environ)
                print(child.process.pid, flush=True)
                time.sleep(600)
            """),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)

    parent.kill()
    parent.communicate()

    assert gone_within(10, child)


def test_stop_kills_a_child_that_does_not_listen():
    child = start("deaf", DEAF, env=os.environ, grace=0.2)
    assert child.process.stdout is not None
    with child.process.stdout as said:
        assert said.readline() == b"deaf\n"

        child.stop()

    assert child.process.returncode == -signal.SIGKILL


def test_a_failing_command_tells_what_it_said():
    with pytest.raises(StartFailed, match="the reason"):
        complete([sys.executable, "-c", "import sys; sys.exit('the reason')"], env=os.environ)


def test_the_lock_lets_one_in_and_says_why_not(tmp_path):
    lock = tmp_path / "lock"
    with only_one(lock, "eerst"), pytest.raises(StartFailed, match="draait al"), only_one(lock, "draait al"):
        pass

    with only_one(tmp_path / "lock", "draait al"):
        pass


@needs_linux
def test_a_leftover_in_our_folder_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    left = subprocess.Popen(SLEEPER, cwd=tmp_path)
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{left.pid}\n{tmp_path}\n")

    stop_leftover(pid_file, tmp_path)

    assert left.wait(10) != 0
    assert not pid_file.exists()


@needs_linux
def test_a_stranger_with_the_same_number_is_left_alone(tmp_path):
    stranger = subprocess.Popen(SLEEPER)
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n")

    stop_leftover(pid_file, tmp_path)

    assert stranger.poll() is None
    assert not pid_file.exists()
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize("content", ["", "x\n"])
def test_an_unreadable_pid_file_stops_nobody(tmp_path, content):
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(content)

    stop_leftover(pid_file, tmp_path)
