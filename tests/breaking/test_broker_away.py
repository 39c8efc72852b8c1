"""Saving goes on and stays fast while the broker is flushed, hangs, dies and stays away (quality 3.3)."""

import signal
import threading
import time
from collections.abc import Callable
from statistics import median

import pytest

from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground
from tests.breaking.saving import Event, Savers, account

pytestmark = pytest.mark.xdist_group("breaking")

LONGEST = 5.0
"""Seconds that one request may take on a machine that has other work to do; a request that hangs takes far longer."""


def break_broker(ground: Ground, *, hangs: float, away: float) -> None:
    """Emptied, then deaf, then killed and away; then back on the same address."""
    broker = ground.broker
    broker.flush()
    assert broker.child is not None
    broker.child.process.send_signal(signal.SIGSTOP)
    time.sleep(hangs)
    broker.child.process.send_signal(signal.SIGCONT)
    broker.kill()
    time.sleep(away)
    broker.begin()


def test_saving_goes_on_while_the_broker_is_away(
    ground: Ground, savers: Callable[..., Savers], work: Callable[[int], list[Event]], tell: Tell
) -> None:
    people, todo = savers(), work(16)
    people.save_all(todo[:4])  # the first requests of a fresh process take longer
    ground.broker.kill()

    people.save_all(todo[4:])
    ground.broker.begin()
    ground.worker()
    ground.deliver_all()

    outcome = account(people.acknowledged, ground.office)
    tell(f"broker away during 12 saves, slowest {max(people.seconds[4:]):.1f} s: {outcome}")
    assert (len(people.acknowledged), outcome.is_clean) == (16, True), outcome
    assert max(people.seconds[4:]) < LONGEST


@pytest.mark.long
def test_saving_goes_on_while_the_broker_is_flushed_hangs_and_is_away_for_a_minute(
    ground: Ground, savers: Callable[..., Savers], work: Callable[[int], list[Event]], tell: Tell
) -> None:
    people, worker = savers(pause=0.5), ground.worker()
    ground.beat()
    todo = work(400)
    people.save_all(todo[:40])
    before = median(people.seconds)

    saving = threading.Thread(target=people.save_all, args=(todo[40:],))
    saving.start()
    break_broker(ground, hangs=10, away=60)
    during = people.seconds[40:]
    returned = time.monotonic()
    saving.join()
    ended = time.monotonic()
    ground.wait(lambda: account(people.acknowledged, ground.office).undelivered == 0, worker.child, 150)

    outcome = account(people.acknowledged, ground.office)
    tell(
        f"broker flushed, deaf for 10 s and away for 60 s during {len(during)} saves:"
        f" median {median(during):.2f} s (before {before:.2f} s), slowest {max(during):.1f} s;"
        f" all delivered {time.monotonic() - max(returned, ended):.0f} s after the last save: {outcome}"
    )
    assert (people.refused, outcome.is_clean) == ([], True), outcome
    assert max(during) < LONGEST
