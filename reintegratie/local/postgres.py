"""How does a private PostgreSQL start: loopback only, a password, an owner that migrates, an application that may not?"""

import os
import shutil
import signal
from pathlib import Path

import psycopg2
from psycopg2 import sql

from reintegratie.local.binaries import Binary
from reintegratie.local.identity import Identity, identity_for
from reintegratie.local.place import Place, first_that_answers
from reintegratie.local.processes import CLEAN_ENV, Child, complete, start, stop_leftover

DATABASE, SUPERUSER, OWNER, APPLICATION = "reintegratie", "postgres", "reintegratie_owner", "reintegratie_app"
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
)
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB")


def start_postgres(program: Binary, place: Place) -> tuple[Child, dict[str, str]]:
    data = place.data(f"postgres-{program.major}")
    identity = identity_for(program.path, data)
    stop_leftover(data / "postmaster.pid", data)
    if not (data / "made").exists():
        make_cluster(program, data, place, identity)
    child, port = first_that_answers(
        lambda port: launch(program, data, place, identity, port),
        lambda port: answers(port, place),
        place.log("postgres"),
    )
    try:
        make_roles(port, place)
    except BaseException:
        child.stop()
        raise
    return child, {
        "DATABASE_URL": url(APPLICATION, port, place),
        "DATABASE_OWNER_URL": url(OWNER, port, place),
    }


def make_cluster(program: Binary, data: Path, place: Place, identity: Identity) -> None:
    """initdb in an empty folder; a marker is the last thing written, so a half-made cluster is made again."""
    for rest in data.iterdir():
        shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
    note = place.folder / f"{data.name}.password"
    note.touch(mode=0o600)
    note.write_text(place.password(SUPERUSER))
    if identity.uid is not None:
        os.chown(note, identity.uid, identity.gid)
    builtin = program.major >= 17  # the same order of names everywhere, whatever locales the machine has
    options = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if builtin
        else ["--locale=C.UTF-8"]
    )
    options += ["--encoding=UTF8", "--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={note}"]
    options += [] if place.durable else ["--no-sync"]
    try:
        complete([program.path.with_name("initdb"), "-D", data, *options], env=CLEAN_ENV, identity=identity)
    finally:
        note.unlink()
    (data / "made").touch()


def launch(program: Binary, data: Path, place: Place, identity: Identity, port: int) -> Child:
    settings = [*SETTINGS, f"port={port}", *(() if place.durable else THROW_AWAY)]
    command = [program.path, "-D", data, *(part for setting in settings for part in ("-c", setting))]
    with place.log("postgres").open("ab") as log:
        return start(
            "database", command, env=CLEAN_ENV, output=log, identity=identity, stop_signal=signal.SIGINT
        )


def answers(port: int, place: Place) -> bool:
    try:
        psycopg2.connect(url(SUPERUSER, port, place, "postgres")).close()
    except psycopg2.OperationalError:
        return False
    return True


def make_roles(port: int, place: Place) -> None:
    """Neither role is a superuser, as in production: what works here works there."""
    connection = psycopg2.connect(url(SUPERUSER, port, place, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for role, right in ((OWNER, "createdb"), (APPLICATION, "nocreatedb")):
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            verb = "alter" if cursor.fetchone() else "create"
            statement = sql.SQL(f"{verb} role {{}} login {right} password %s").format(sql.Identifier(role))
            cursor.execute(statement, [place.password(role)])
        cursor.execute(sql.SQL("grant {} to {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if not place.durable:  # tests tamper with the ledgers, to see that it is noticed
            cursor.execute(
                sql.SQL("grant set on parameter session_replication_role to {}").format(sql.Identifier(OWNER))
            )
        cursor.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
    connection.close()


def url(role: str, port: int, place: Place, database: str = DATABASE) -> str:
    return f"postgres://{role}:{place.password(role)}@127.0.0.1:{port}/{database}"
