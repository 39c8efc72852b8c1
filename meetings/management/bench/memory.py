"""R13: how much memory does a process take that works on, page after page or row after row?

Each job runs in a fresh process of its own (`manage.py bench_memory`), which tells what it used.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cases.actions import remind
from meetings.management.bench.figures import Figure
from meetings.management.bench.lists import page_of
from meetings.management.bench.pages import OPEN_CASES
from meetings.management.bench.people import people_at
from meetings.management.bench.sizes import Size

STATUS = Path("/proc/self/status")
MESSAGES = 30_000
Used = dict[str, float]


def used_memory(size: Size) -> Iterator[Figure]:
    """Takes the better part of an hour, so at full size only."""
    if not size.requests or not STATUS.exists():
        why = "alleen bij omvang full" if STATUS.exists() else "kan alleen op Linux"
        yield from (Figure(f"R13 {what}", None, why) for what in ("web", "groei", "import", "termijnen"))
    else:
        web = _told_by("web", size.requests)
        yield Figure("R13 web", web["end"], f"{size.requests} aanvragen")
        yield Figure("R13 groei", web["end"] - web["half"], f"halverwege {web['half']:.0f} MB")
        yield Figure("R13 import", _told_by("import", MESSAGES)["more"], f"{MESSAGES} meldingen")
        yield Figure(
            "R13 termijnen", _told_by("sweep", size.sweep)["more"], f"{size.open + size.sweep} zaken"
        )
    yield Figure("R13 export", None, "de toepassing voert nergens regels uit")


def _told_by(job: str, number: int) -> Used:
    """Let a fresh process do the job in this database."""
    one = connection.settings_dict
    password = f":{quote(one['PASSWORD'], safe='')}" if one["PASSWORD"] else ""
    server = f"{quote(one['HOST'], safe='')}:{one['PORT'] or 5432}"
    address = f"postgres://{quote(one['USER'], safe='')}{password}@{server}/{one['NAME']}"
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench_memory", job, str(number)]
    told = subprocess.run(  # noqa: S603  # our own program
        command, env={**os.environ, "DATABASE_URL": address}, check=True, capture_output=True, text=True
    )
    used: Used = json.loads(told.stdout.splitlines()[-1])
    return used


def browse(number: int) -> Used:
    """Pages and API in turn, as a web process gets them."""
    people = people_at(timezone.now())
    prison, gemeente = people.prison, people.gemeente
    cases = [row.case.get_absolute_url() for row in page_of(prison.viewer)]
    roads: list[Callable[[], object]] = [
        lambda: prison.get("/"),
        lambda: prison.call(OPEN_CASES),
        lambda: gemeente.get("/"),
        lambda: prison.get("/zaken/"),
        lambda: prison.get("/overleggen/"),
        *(lambda url=url: prison.get(url) for url in cases),
    ]
    halves = []
    for _ in range(2):
        for road in islice(cycle(roads), number // 2):
            road()
        halves.append(_megabytes("VmRSS"))
    return {"half": halves[0], "end": halves[1]}


def sweep(number: int) -> Used:
    """Write every reminder that is due."""
    return _more_for(lambda: remind(at=timezone.now()))


def take_in(number: int) -> Used:
    """Read a file of detention messages, each of somebody new."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meldingen.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(_message(place)) + "\n" for place in range(number))
        return _more_for(lambda: call_command("load_messages", str(path), verbosity=0))


JOBS: dict[str, Callable[[int], Used]] = {"web": browse, "import": take_in, "sweep": sweep}


def _more_for(work: Callable[[], object]) -> Used:
    before = _megabytes("VmRSS")
    work()
    return {"more": _megabytes("VmHWM") - before}


def _megabytes(line: str) -> float:
    """A line of what the kernel says about us; it counts in kB."""
    found = next(
        text for text in STATUS.read_text(encoding="ascii").splitlines() if text.startswith(f"{line}:")
    )
    return int(found.split()[1]) / 1024


def _message(place: int) -> dict[str, object]:
    sent = timezone.now() - timedelta(days=1)
    return {
        "berichtId": f"00000000-0000-4000-8000-{place:012d}",
        "soort": "begin",
        "verzondenOp": sent.isoformat(),
        "persoon": {
            "strafrechtsketennummer": f"8{place:06d}",
            "bsn": None,
            "voornamen": "Sem",
            "tussenvoegsel": "",
            "achternaam": f"Nieuw{place}",
            "geboortedatum": "1990-05-17",
            "geslacht": "m",
        },
        "insluiting": {
            "nummer": f"INS-N-{place}",
            "instroomtype": "preventief",
            "titel": "voorlopige hechtenis",
            "begin": sent.isoformat(),
            "verwachtEinde": "2030-01-29",
            "einde": None,
            "inrichting": "1",
            "gemeenteHerkomst": "1",
        },
    }
