"""Who left between writing and sending hears nothing: it is decided when each mail is sent (quality 2.7)."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from cases.actions import end_involvement, involve_probation
from cases.models import Capacity, CaseParty, Channel, Notification
from parties.models import Role
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of
from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground
from tests.breaking.saving import Event
from tests.conftest import World
from tests.factories.base import TestActor

pytestmark = pytest.mark.xdist_group("breaking")

BY = TestActor()
IN_FLIGHT = 1.0
"""Seconds between the decision about one mail and its arrival; a server that takes a letter slowly is no fault."""


@dataclass
class Ended:
    """From which moment on a mail about this case, or to this person, may no longer be sent."""

    cases: dict[tuple[object, object], float] = field(default_factory=dict)
    people: dict[object, float] = field(default_factory=dict)

    def of(self, row: Notification) -> float:
        never = float("inf")
        return min(
            self.cases.get((row.case_id, row.organisation_id), never),
            self.people.get(row.recipient_id, never),
        )


def end_some(ground: Ground, share: float) -> Ended:
    """While mails are being sent: organisations leave a case, one person changes jobs and one is closed."""
    ended = Ended()
    rows = list(CaseParty.objects.filter(capacity=Capacity.PROBATION, until=None))
    random.shuffle(rows)
    mover, closed = random.sample(list(Role.objects.filter(kind="reclasseringswerker")), 2)
    for place, row in enumerate(rows[: int(len(rows) * share)]):
        if place == 3:
            at = ground.now()
            mover.until = day_of(at)
            save_as(mover, by=BY, at=at, why="andere baan")
            ended.people[mover.user_id] = time.monotonic()
        if place == 6:
            closed.user.is_active = False
            closed.user.save()
            ended.people[closed.user_id] = time.monotonic()
        end_involvement(row=row, by=BY, at=ground.now(), why="opdracht ingetrokken")
        ended.cases[row.case_id, row.party_id] = time.monotonic()
    return ended


@pytest.mark.parametrize(("number", "slow"), [(24, 0.1), pytest.param(600, 0.03, marks=pytest.mark.long)])
def test_who_left_between_writing_and_sending_gets_no_mail(
    ground: Ground, world: World, work: Callable[[int], list[Event]], tell: Tell, number: int, slow: float
) -> None:
    for event in work(number):
        involve_probation(
            case=event.case,
            organisation=event.organisation,
            assignment="advies",
            on_title=True,
            by=BY,
            at=ground.now(),
        )
    mails = Notification.objects.filter(channel=Channel.MAIL)
    written = mails.count()
    ground.office.slow = slow
    ground.worker("worker-a")
    if number > 100:
        ground.worker("worker-b")
    ground.ask("deliver_notifications")
    ground.ask("deliver_notifications")
    ground.wait(lambda: len(ground.office.letters) > 0)

    ended = end_some(ground, share=0.6)
    ground.deliver_all()

    rows = {str(row.key): row for row in mails}
    late = [one for one in ground.office.letters if one.at > ended.of(rows[one.key]) + IN_FLIGHT]
    copies = ground.office.copies()
    kept = [row for row in rows.values() if ended.of(row) == float("inf")]
    lost = [row for row in kept if copies[str(row.key)] == 0 or row.delivered_at is None]
    held_back = [row for row in rows.values() if row.failure == "ontvanger neemt niet meer deel"]
    wrongly = [row for row in held_back if ended.of(row) == float("inf")]
    tell(
        f"{written} mails written, {len(ended.cases)} involvements and {len(ended.people)} people ended while sending:"
        f" held back {len(held_back)}, sent after the end {len(late)}, lost = {len(lost) + len(wrongly)},"
        f" doubled = {sum(copies.values()) - len(copies)}"
    )
    assert (late, lost, wrongly) == ([], [], [])
    assert held_back != []
    assert all(row.leased_until is None for row in rows.values())
