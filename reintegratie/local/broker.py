"""How does a private Valkey or Redis start: on loopback only, with a password, every message on disk?"""

from pathlib import Path

import redis

from reintegratie.local.binaries import Binary
from reintegratie.local.identity import Identity, identity_for
from reintegratie.local.place import Place, first_that_answers
from reintegratie.local.processes import CLEAN_ENV, Child, start, stop_leftover

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir .
pidfile server.pid
appendonly {durable}
appendfsync everysec
save ""
maxmemory-policy noeviction
databases 64
"""


def start_broker(program: Binary, place: Place) -> tuple[Child, str]:
    data = place.data(f"{program.path.name}-{program.major}")
    identity = identity_for(program.path, data)
    stop_leftover(data / "server.pid", data)
    child, port = first_that_answers(
        lambda port: launch(program, data, place, identity, port),
        lambda port: answers(port, place),
        place.log("broker"),
    )
    return child, url(port, place)


def launch(program: Binary, data: Path, place: Place, identity: Identity, port: int) -> Child:
    """The configuration goes in by standard input, so the password stands in no file and in no list of processes."""
    durable = "yes" if place.durable else "no"
    configuration = CONFIGURATION.format(
        port=port, password=place.password("broker"), durable=durable
    ).encode()
    with place.log("broker").open("ab") as log:
        return start(
            "broker",
            [program.path, "-"],
            env=CLEAN_ENV,
            output=log,
            folder=data,
            identity=identity,
            stdin=configuration,
        )


def answers(port: int, place: Place) -> bool:
    with redis.Redis.from_url(url(port, place)) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def url(port: int, place: Place) -> str:
    return f"redis://:{place.password('broker')}@127.0.0.1:{port}/0"
