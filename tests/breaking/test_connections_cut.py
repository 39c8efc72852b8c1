"""Connections to the database that are cut in mid-transaction leave nothing half and lose nothing (quality 3.1)."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.breaking.aftermath import deliver_the_rest, save_all
from tests.breaking.conftest import Tell
from tests.breaking.cutting import Cutter
from tests.breaking.ground import Ground
from tests.breaking.saving import Event, Savers, account
from tests.breaking.terms import reminders, stage_on, terms
from tests.conftest import NOW, World

pytestmark = [pytest.mark.xdist_group("breaking"), pytest.mark.long]

TODAY = NOW.date()
SAVES = 300


def sweep_and_deliver(ground: Ground, ended: threading.Event) -> None:
    """What a hurried beat would say."""
    while not ended.wait(0.5):
        ground.ask("sweep_deadlines")
        ground.ask("deliver_notifications")


def test_connections_that_are_cut_leave_nothing_half(
    ground: Ground,
    world: World,
    savers: Callable[..., Savers],
    work: Callable[[int], list[Event]],
    tell: Tell,
) -> None:
    todo = work(SAVES)
    due = terms(world, {TODAY - timedelta(days=late): 10 for late in range(6)})
    people, ended = savers(), threading.Event()
    ground.worker()
    hurry = threading.Thread(target=sweep_and_deliver, args=(ground, ended))
    cutter = Cutter(pause=1.0)
    hurry.start()
    with cutter.cutting():
        save_all(people, todo)
    ended.set()
    hurry.join()
    deliver_the_rest(ground)

    outcome = account(people.acknowledged, ground.office)
    told = reminders({(term, stage_on(term.due_on, TODAY) or "") for term in due}, ground.office)
    cut = ", ".join(f"{times} in {what}" for what, times in cutter.cut.most_common(6))
    errors = SAVES - len(people.acknowledged)
    tell(
        f"{cutter.cut.total()} connections cut ({cut}) during {SAVES} saves, {errors} refused twice: {outcome}"
    )
    tell(f"{cutter.cut.total()} connections cut, {len(due)} terms swept: {told}")
    assert cutter.cut.total() > 0
    assert (outcome.is_clean, told.is_clean) == (True, True), (outcome, told)
