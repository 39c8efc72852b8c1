"""How does the whole program start with one command, and stop with Ctrl-C? (`make run`)"""

import errno
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import FrameType
from urllib.parse import quote

from reintegratie.local.identity import StartFailed
from reintegratie.local.place import Place
from reintegratie.local.processes import Child, complete, die_with_parent, echo, only_one, start
from reintegratie.local.servers import ROOT, private_servers

VAR = ROOT / "var"
READY_WITHIN = 60.0
COLLECT = ("manage.py", "collectstatic", "--noinput", "--verbosity=0")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop; not an Exception, so no handler on the way takes it for a failure."""


def main() -> int:
    if os.environ.get("MAKELEVEL"):
        die_with_parent(os.getppid())
    for each in STOP_SIGNALS:
        signal.signal(each, stop)
    began = time.monotonic()
    try:
        run(began)
    except StartFailed as failure:
        sys.stderr.write(f"\n{failure}\n")
        return 1
    except Stopped:
        say("gestopt")
    return 0


def stop(_number: int, _frame: FrameType | None) -> None:
    """The first request ends the program; later ones must not interrupt the clearing up."""
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    say("stoppen …")
    raise Stopped


def run(began: float) -> None:
    (VAR / "mail").mkdir(parents=True, exist_ok=True)
    port = wanted_port(os.environ)
    place = Place(VAR, durable=True)
    with (
        only_one(VAR / "run.lock", "Terugkeer draait al vanuit deze map."),
        private_servers(place, os.environ) as addresses,
    ):
        env = environment(addresses, place, port)
        with (VAR / "static.log").open("wb") as log:  # beside the migration: it needs no database
            collecting = start("static", [sys.executable, *COLLECT], env=env, folder=ROOT, output=log)
        prepare(env)
        if collecting.process.wait() != 0:
            raise StartFailed(f"collectstatic is mislukt:\n{(VAR / 'static.log').read_text()}")
        with programs(env, port) as children:
            wait_until_healthy(children, port)
            welcome(env, time.monotonic() - began)
            watch(children)


def wanted_port(environ: Mapping[str, str]) -> int:
    wish = environ.get("PORT") or "8000"
    if not wish.isdigit() or not 0 < int(wish) < 65536:
        raise StartFailed(f"PORT={wish} is geen poortnummer.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environ.get("HOST", "127.0.0.1"), int(wish)))
        except OSError as problem:
            why = (
                "al in gebruik"
                if problem.errno == errno.EADDRINUSE
                else f"niet te openen ({problem.strerror})"
            )
            raise StartFailed(
                f"Poort {wish} is {why}. Kies een andere, bijvoorbeeld: PORT=8010 make run"
            ) from None
    return int(wish)


def environment(addresses: Mapping[str, str], place: Place, port: int) -> dict[str, str]:
    """What was set stays; the rest gets values for one machine."""
    defaults = {
        "SECRET_KEY": place.password("secret-key"),
        "DEMO": "1",
        "EMAIL_URL": f"filemail://{quote(str(VAR / 'mail'))}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }
    return {**defaults, **os.environ, **addresses, "PORT": str(port)}


def prepare(env: Mapping[str, str]) -> None:
    step("-m", "reintegratie.migrate", env={**env, "VERBOSITY": "0"})
    if env["DEMO"] == "1":
        step("manage.py", "load_demo", env=env)  # reference data first; the rest on an empty database only
    else:
        step("manage.py", "load_reference", "data", env=env)


def step(*arguments: str, env: Mapping[str, str]) -> str:
    began = time.monotonic()
    printed = complete([sys.executable, *arguments], env=env, folder=ROOT)
    say(f"{' '.join(arguments[:2])} ({time.monotonic() - began:.1f} s)")
    return printed


@contextmanager
def programs(env: Mapping[str, str], port: int) -> Iterator[list[Child]]:
    """Web, worker and beat; the web stops first, so nobody's request meets a half-stopped program."""
    python = [sys.executable, "-m"]
    address = f"{env.get('HOST', '127.0.0.1')}:{port}"
    gunicorn = [
        "gunicorn",
        "reintegratie.wsgi:application",
        "--bind",
        address,
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    celery = ["celery", "-A", "reintegratie"]
    commands = {
        "beat": [*python, *celery, "beat", "--schedule", str(VAR / "beat"), "--pidfile="],
        "worker": [*python, *celery, "worker", "--concurrency=2", "--without-gossip", "--without-mingle"],
        "web": [*python, *gunicorn, "--graceful-timeout", "10", "--no-control-socket"],
    }
    with ExitStack() as stack:
        children = []
        for name, command in commands.items():
            child = start(name, command, env=env, folder=ROOT, grace=15)
            stack.callback(child.stop)
            children.append(child)
        for child in children:
            echo(child)
        yield children


def wait_until_healthy(children: list[Child], port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not healthy(port):
        complain_about_the_dead(children)
        if time.monotonic() > deadline:
            raise StartFailed(f"De website antwoordt niet binnen {READY_WITHIN:.0f} seconden op /gezondheid.")
        time.sleep(0.2)


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def complain_about_the_dead(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is not None:
            raise StartFailed(
                f"{child.name} is gestopt (code {child.process.returncode}); zie de regels hierboven."
            )


def watch(children: list[Child]) -> None:
    while True:
        complain_about_the_dead(children)
        time.sleep(0.5)


def welcome(env: Mapping[str, str], seconds: float) -> None:
    lines = [
        "",
        f"Terugkeer staat klaar op {env.get('BASE_URL') or 'http://localhost:' + env['PORT']} (na {seconds:.0f} s)",
    ]
    if env["DEMO"] == "1":
        lines += people(json.loads(step("manage.py", "personas", env=env)))
    if env["EMAIL_URL"].startswith("filemail:"):
        lines += ["", f"E-mail wordt niet verstuurd maar bewaard in {VAR / 'mail'}"]
    say("\n".join([*lines, "", "Stoppen: Ctrl-C", ""]))


def people(personas: Mapping[str, list[dict[str, str]]]) -> list[str]:
    """A table that fits a terminal: who, where, as what; then the API clients with their secret."""
    rows = [(each["email"], each["rol"], each["organisatie"]) for each in personas["personas"]]
    clients = [
        (each["clientId"], each["clientSecret"], each["organisatie"]) for each in personas["apiClients"]
    ]
    passwords = sorted({each["wachtwoord"] for each in personas["personas"]})
    return [
        "",
        f"Inloggen (wachtwoord voor iedereen: {', '.join(passwords)})",
        *columns(rows),
        "",
        "API-clients (client_id, client_secret)",
        *columns(clients),
    ]


def columns(rows: list[tuple[str, str, str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    return [f"  {first:<{widths[0]}}  {second:<{widths[1]}}  {third}" for first, second, third in rows]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
