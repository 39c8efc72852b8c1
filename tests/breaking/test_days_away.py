"""Beat and worker are away for three days: afterwards all is made up for once, and the pages were right all along."""

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cases.models import Deadline, Notification
from parties.viewer import Viewer
from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground, library
from tests.breaking.saving import session
from tests.breaking.terms import reminders, stage_on, terms
from tests.conftest import NOW, SignedIn, World
from tests.proof.race import Line

pytestmark = [pytest.mark.xdist_group("breaking"), pytest.mark.long]

TODAY = NOW.date()
TEN_MINUTES = 600
EACH = 10

Due = set[tuple[Deadline, str]]


def due_on(made: list[Deadline], on: date) -> Due:
    return {(term, stage) for term in made if (stage := stage_on(term.due_on, on))}


def run_until(ground: Ground, name: str, wanted: Callable[[], bool]) -> float:
    """Start worker and beat, and stop them when it is so; after how many seconds."""
    began = time.monotonic()
    worker = ground.worker(f"worker-{name}")
    beat = ground.beat("beat")  # keeps the schedule of before
    ground.wait(wanted, worker.child, TEN_MINUTES)
    took = time.monotonic() - began
    time.sleep(65)  # another round would show a burst
    beat.kill()
    worker.kill()
    return took


def right_pages(ground: Ground, line_of: Callable[[int], Line], made: list[Deadline], day: int) -> int:
    """How many terms the page shows in another state than they have on this day; without any job."""
    line, wrong = line_of(ground.web(f"web-{day}")), 0
    on = TODAY + timedelta(days=day)
    for term in made[::EACH]:
        status, text = line.get(f"/zaken/{term.case_id}/termijnen/")
        assert status == 200
        wrong += in_words((term.due_on - on).days) not in text
    return wrong


def in_words(days: int) -> str:
    if days < 0:
        return f"{-days} {'dag' if days == -1 else 'dagen'} te laat"
    return "Vandaag" if days == 0 else f"Nog {days} {'dag' if days == 1 else 'dagen'}"


def behind(port: int) -> int:
    """What the health page says the background should have done."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid", timeout=30) as answer:
        return int(json.load(answer)["herinneringenAchter"])


def test_three_days_without_beat_and_worker_are_made_up_for(
    ground: Ground, world: World, casemanager: Viewer, signed_in: SignedIn, tell: Tell
) -> None:
    headers = session(signed_in, casemanager)
    made = terms(world, {TODAY + timedelta(days=day): EACH for day in range(-3, 4)})
    ground.ahead -= timedelta(seconds=60)  # the beat comes to its five minutes soon
    first = due_on(made, TODAY)
    run_until(ground, "before", lambda: reminders(first, ground.office).is_clean)
    before = reminders(first, ground.office)
    assert before.is_clean, before

    wrong = 0
    for day in (1, 2, 3):
        ground.ahead += timedelta(days=1)
        wrong += right_pages(ground, lambda port: Line(port, headers), made, day)
    port = ground.web("web-behind")
    alarm = behind(port)

    after = first | due_on(made, TODAY + timedelta(days=3))
    took = run_until(ground, "after", lambda: reminders(after, ground.office).is_clean)

    outcome = reminders(after, ground.office)
    clock = "the whole clock" if library() else "the clock of the program, not that of beat"
    tell(
        f"three days away ({clock}): {len(after) - len(first)} stages made up for in {took:.0f} s:"
        f" {outcome}; wrong pages meanwhile {wrong}, behind before the return {alarm}, after it {behind(port)}"
    )
    assert outcome.is_clean, outcome
    assert (wrong, behind(port), Notification.objects.undelivered_mail().count()) == (0, 0, 0)
    assert alarm > 0
    assert took < TEN_MINUTES
