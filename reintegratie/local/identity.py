"""As which system user does a server run, and with what right does it reach its folder?

PostgreSQL refuses to run as root, and nothing outside the project folder may change: not a permission, not an owner.
"""

import ctypes
import os
import pwd
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = (
    1 << 2
)  # without it access(2), which PostgreSQL asks about its own programs, forgets the capability
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522
LINUX = sys.platform == "linux"
SYSTEM_USERS = ("postgres", "reintegratie-db")


class StartFailed(Exception):
    """Something that must run cannot; the message is for the person at the keyboard."""


@dataclass(frozen=True)
class Identity:
    """As whom a server runs: None means as ourselves; a capability only where its own rights do not reach the folder."""

    uid: int | None = None
    gid: int = 0
    capability: int | None = None


OURSELVES = Identity()


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *values: int) -> None:
    words = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)][:4]
    if libc().prctl(option, *words) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def become(identity: Identity) -> None:
    """Give up root for good, keeping at most one ambient capability; only called in a forked child."""
    if identity.uid is None:
        return
    if identity.capability is not None:
        prctl(PR_SET_KEEPCAPS, 1)
        with suppress(OSError):  # not allowed in every container; can() tells whether it was needed
            prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([])
    os.setgid(identity.gid)
    os.setuid(identity.uid)
    if identity.capability is not None:
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        bit = 1 << identity.capability
        if libc().capset(header, (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)) != 0:
            raise OSError(ctypes.get_errno(), "capset")
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, identity.capability)


def can(identity: Identity, program: Path, folder: Path) -> bool:
    """Try it out in a fork: can this identity run the program and work in the folder? Rights are never guessed."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            become(identity)
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            os.chdir(folder)
            probe = folder / ".probe"
            probe.touch()
            probe.unlink()
            code = 0 if os.access(program, os.R_OK | os.X_OK) else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def identity_for(program: Path, folder: Path) -> Identity:
    """Choose the least that works, and hand the folder to it (PostgreSQL refuses to run as root).

    Folders above the project keep the permissions they have. Where those shut the database user out, its process gets the
    one capability to walk past them instead.
    """
    if os.geteuid() != 0:
        return OURSELVES
    owner = folder.stat()
    uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid != 0 else system_user()
    os.chown(folder, uid, gid)
    for capability in (None, CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if LINUX else (None,):
        identity = Identity(uid, gid, capability)
        if can(identity, program, folder):
            return identity
    os.chown(folder, owner.st_uid, owner.st_gid)
    raise StartFailed(
        f"Als root kan {program.name} niet draaien in {folder}: de databasegebruiker komt niet bij deze map.\n"
        "Zet het project in een map die anderen mogen doorlopen, draai als gewone gebruiker,"
        " of geef DATABASE_URL en REDIS_URL op."
    )


def system_user() -> tuple[int, int]:
    """The database user this machine already has, or the single one we make."""
    for name in SYSTEM_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    name = SYSTEM_USERS[-1]
    if shutil.which("useradd"):
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            name,
        ]
    else:
        command = ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", name]
    subprocess.run(command, check=True)
    entry = pwd.getpwnam(name)
    return entry.pw_uid, entry.pw_gid
