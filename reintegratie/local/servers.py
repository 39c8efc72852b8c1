"""Which database and which broker do we use: those given by the environment, or private ones that stop with us?

`python -m reintegratie.local.servers COMMAND…` runs a command with throw-away servers and returns its exit code.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from reintegratie.local.binaries import broker_binary, postgres_binary
from reintegratie.local.broker import start_broker
from reintegratie.local.identity import OURSELVES, StartFailed
from reintegratie.local.place import Place
from reintegratie.local.postgres import start_postgres
from reintegratie.local.processes import as_child, die_with_parent, only_one, stop_leftover

ROOT = Path(__file__).resolve().parents[2]
THROW_AWAY = ROOT / "var" / "test"


def given(environ: Mapping[str, str]) -> dict[str, str]:
    """What the environment already names; the owner defaults to the role of the application."""
    known = {name: environ[name] for name in ("DATABASE_URL", "REDIS_URL") if environ.get(name)}
    if "DATABASE_URL" in known:
        known["DATABASE_OWNER_URL"] = environ.get("DATABASE_OWNER_URL") or known["DATABASE_URL"]
    return known


@contextmanager
def private_servers(place: Place, environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The addresses of a database and a broker; what was not given is started here, and stopped in the end."""
    addresses = given(environ)
    with ExitStack() as stack:
        if "DATABASE_URL" not in addresses:
            program = postgres_binary(environ)
            child, urls = start_postgres(program, place)
            stack.callback(child.stop)
            addresses |= urls
            say(program)
        if "REDIS_URL" not in addresses:
            program = broker_binary(environ)
            child, addresses["REDIS_URL"] = start_broker(program, place)
            stack.callback(child.stop)
            say(program)
        yield addresses


def say(what: object) -> None:
    sys.stdout.write(f"servers | {what}\n")
    sys.stdout.flush()


@contextmanager
def throw_away_servers(environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Servers for one run of tests: own folder, no fsync, gone afterwards; what a killed run left is cleared first."""
    THROW_AWAY.mkdir(parents=True, exist_ok=True)
    for lock in THROW_AWAY.glob("*.lock"):
        clear_leftover(lock)
    lock = THROW_AWAY / f"{secrets.token_hex(4)}.lock"
    with only_one(lock, "bezet"):
        place = Place(lock.with_suffix(""), durable=False)
        place.folder.mkdir()
        try:
            with private_servers(place, environ) as addresses:
                yield addresses
        finally:
            shutil.rmtree(place.folder, ignore_errors=True)
            lock.unlink()


def clear_leftover(lock: Path) -> None:
    try:
        with only_one(lock, "in gebruik"):
            for data in lock.with_suffix("").glob("*/"):
                stop_leftover(data / "postmaster.pid", data)
                stop_leftover(data / "server.pid", data)
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
    except (StartFailed, PermissionError):
        return


def for_tests(addresses: Mapping[str, str]) -> dict[str, str]:
    """Tests create their database, so they connect as the owner."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        **addresses,
        "DATABASE_URL": addresses["DATABASE_OWNER_URL"],
    }


def main(command: list[str]) -> int:
    die_with_parent(os.getppid())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        with throw_away_servers(os.environ) as addresses:
            env = {**os.environ, **for_tests(addresses)}
            process = subprocess.Popen(command, env=env, preexec_fn=as_child(OURSELVES, signal.SIGTERM))
            try:
                return wait_through_interrupts(process)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait()
    except StartFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1


def wait_through_interrupts(process: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C goes to the whole group; the command ends itself and reports, then we clear up."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
