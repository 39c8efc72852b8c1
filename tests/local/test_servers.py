"""Given, found, embedded: real servers are started here, asked something, and gone afterwards."""

import os

import psycopg2
import pytest
import redis

from reintegratie.local import binaries
from reintegratie.local.binaries import Binary, broker_binary, postgres_binary, runnable
from reintegratie.local.identity import StartFailed
from reintegratie.local.place import Place
from reintegratie.local.servers import given, private_servers

KINDS = ["found", "embedded"]


def environ(kind: str) -> dict[str, str]:
    """This machine, without the servers that the test run itself was given."""
    ours = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    wanted = {**ours, "SERVERS": kind}
    try:
        postgres_binary(wanted)
        broker_binary(wanted)
    except StartFailed as missing:
        pytest.skip(str(missing))
    return wanted


def answer(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize("kind", KINDS)
def test_servers_answer_keep_what_was_written_and_stop(tmp_path, kind):
    place, wanted = Place(tmp_path, durable=True), environ(kind)
    with private_servers(place, wanted) as first:
        answer(first["DATABASE_OWNER_URL"], "select 1")
        client = redis.Redis.from_url(first["REDIS_URL"])
        client.set("message", "kept")
        client.close()

    with pytest.raises(psycopg2.OperationalError):
        answer(first["DATABASE_URL"], "select 1")
    with private_servers(place, wanted) as second, redis.Redis.from_url(second["REDIS_URL"]) as client:
        assert client.get("message") == b"kept"


def test_neither_role_is_a_superuser_and_names_sort_alike_everywhere(tmp_path):
    with private_servers(Place(tmp_path, durable=False), environ("embedded")) as addresses:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            superuser = "select rolsuper from pg_roles where rolname = current_user"
            assert answer(addresses[name], superuser) is False
        assert answer(addresses["DATABASE_URL"], "select upper('é') || ('Z' < 'a')::text") == "Étrue"


def test_strangers_are_kept_out(tmp_path):
    with private_servers(Place(tmp_path, durable=False), environ("found")) as addresses:
        wrong = addresses["DATABASE_URL"].replace("@", "wrong@")
        with pytest.raises(psycopg2.OperationalError, match="password"):
            answer(wrong, "select 1")
        address = addresses["REDIS_URL"]
        with (
            redis.Redis.from_url("redis://" + address.partition("@")[2]) as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_what_the_environment_names_is_used():
    assert given({"DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://c"}) == {
        "DATABASE_URL": "postgres://a/b",
        "DATABASE_OWNER_URL": "postgres://a/b",
        "REDIS_URL": "redis://c",
    }
    assert given({"REDIS_URL": "", "DATABASE_URL": ""}) == {}


def test_an_old_postgres_is_passed_over_for_the_embedded_one(monkeypatch, tmp_path):
    monkeypatch.setattr(binaries, "runnable", lambda path, origin: Binary(path, 12, origin))
    monkeypatch.setattr(binaries, "embedded_postgres", lambda: Binary(tmp_path, 18, "meegeleverd"))

    assert postgres_binary({"PATH": ""}).origin == "meegeleverd"


def test_no_server_at_all_is_said_in_dutch(monkeypatch):
    monkeypatch.setattr(binaries, "embedded_postgres", lambda: None)

    with pytest.raises(StartFailed, match="Geen bruikbare PostgreSQL"):
        postgres_binary({"PATH": "", "SERVERS": "embedded"})


def test_a_program_that_does_not_run_is_no_server(tmp_path):
    broken = tmp_path / "postgres"
    broken.write_text("not a program")
    broken.chmod(0o755)

    assert runnable(broken, "machine") is None


def test_passwords_are_ours_alone(tmp_path):
    place = Place(tmp_path, durable=True)

    assert place.password("owner") == place.password("owner") != place.password("app")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
