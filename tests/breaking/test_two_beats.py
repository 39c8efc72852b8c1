"""Two beats and two workers that do everything twice, double nothing (quality 3.2)."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cases.models import Deadline
from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground
from tests.breaking.saving import Event, Savers, account
from tests.breaking.terms import reminders, stage_on, terms
from tests.conftest import NOW, World

pytestmark = [pytest.mark.xdist_group("breaking"), pytest.mark.long]

TODAY = NOW.date()
SWEEP, DELIVERY = "cases.tasks.sweep_deadlines", "cases.tasks.deliver_notifications"
FIVE_MINUTES = 300


def test_two_beats_and_two_workers_double_nothing(
    ground: Ground,
    world: World,
    savers: Callable[..., Savers],
    work: Callable[[int], list[Event]],
    tell: Tell,
) -> None:
    todo, days = work(120), [TODAY - timedelta(days=late) for late in range(6)]
    due = terms(world, dict.fromkeys(days, 20))
    ground.ahead -= timedelta(minutes=1, seconds=30)  # the beats come to their five minutes soon
    people = savers(pause=1.0)
    workers = [ground.worker(f"worker-{name}") for name in "ab"]
    for name in "ab":
        ground.beat(f"beat-{name}")

    people.save_all(todo)
    ground.wait(lambda: both_said(ground, "beat", SWEEP), workers[0].child, FIVE_MINUTES + 60)
    ground.deliver_all()
    time.sleep(70)  # once more round for both

    outcome, told = account(people.acknowledged, ground.office), reminders(expected(due), ground.office)
    swept = ground.log("beat-a").read_text().count(SWEEP) + ground.log("beat-b").read_text().count(SWEEP)
    tell(f"two beats, two workers, {swept} sweeps, 120 terms: {told}")
    tell(f"two beats, two workers, {len(people.acknowledged)} saves: {outcome}")
    assert both_said(ground, "worker", DELIVERY)
    assert (outcome.is_clean, told.is_clean, len(people.acknowledged)) == (True, True, 120), (outcome, told)
    assert sum(ground.office.copies().values()) == len(ground.office.copies())


def both_said(ground: Ground, who: str, words: str) -> bool:
    return all(words in ground.log(f"{who}-{name}").read_text() for name in "ab")


def expected(due: list[Deadline], on: date = TODAY) -> set[tuple[Deadline, str]]:
    return {(term, stage) for term in due if (stage := stage_on(term.due_on, on))}
