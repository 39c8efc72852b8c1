"""A worker that is killed with kill -9, over and over, loses nothing and doubles nothing (quality 3.1, 3.2)."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from cases.actions.deliver import LEASE
from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground
from tests.breaking.post_office import Letter
from tests.breaking.saving import Event, Savers, account
from tests.machinery import Worker

pytestmark = pytest.mark.xdist_group("breaking")


@pytest.fixture
def kill(
    ground: Ground, savers: Callable[..., Savers], work: Callable[[int], list[Event]]
) -> Callable[..., list[Event]]:
    """Save so many events while the worker is killed so many times; what was acknowledged."""

    def _kill(*, number: int, kills: int) -> list[Event]:
        todo = work(number)
        people, worker = savers(), ground.worker()
        ground.office.slow = 0.02
        for place in range(kills):
            share = todo[place * number // kills : (place + 1) * number // kills]
            will_die(ground, worker, after=random.uniform(0, 0.3) if place % 2 else 0)
            people.save_all(share)
            ground.wait(lambda: worker.child is not None and worker.child.process.poll() is not None)
            worker.begin()
        assert people.refused == []
        worker.stop()
        return people.acknowledged

    return _kill


def will_die(ground: Ground, worker: Worker, *, after: float) -> None:
    """In the middle of work: when the server has a letter but has not answered for it yet, or a moment later."""
    left = count(random.randint(-4, 0))

    def on_letter(letter: Letter) -> None:
        if next(left) == 0 and worker.child is not None:
            threading.Timer(after, worker.child.kill).start() if after else worker.child.kill()

    ground.office.on_letter = on_letter


def deliver_what_is_left(ground: Ground) -> None:
    """A worker when every lease is over."""
    ground.ahead += LEASE + timedelta(minutes=1)
    ground.worker("later")
    ground.deliver_all()


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    ground: Ground, kill: Callable[..., list[Event]], tell: Tell
) -> None:
    acknowledged = kill(number=8, kills=1)
    deliver_what_is_left(ground)

    outcome = account(acknowledged, ground.office)
    tell(f"worker 1x killed during {len(acknowledged)} events: {outcome}")
    assert (len(acknowledged), outcome.is_clean) == (8, True), outcome


@pytest.mark.long
def test_a_worker_that_is_killed_twenty_times_loses_and_doubles_nothing(
    ground: Ground, kill: Callable[..., list[Event]], tell: Tell
) -> None:
    acknowledged = kill(number=300, kills=20)
    deliver_what_is_left(ground)

    outcome = account(acknowledged, ground.office)
    tell(f"worker 20x killed during {len(acknowledged)} events: {outcome}")
    assert (len(acknowledged), outcome.is_clean) == (300, True), outcome
