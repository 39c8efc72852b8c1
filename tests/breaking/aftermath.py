"""What people and the background do after things went wrong: once more, and the rest when every lease is over."""

from datetime import timedelta

from cases.actions.deliver import LEASE
from cases.watchdog import backlog
from tests.breaking.ground import Ground
from tests.breaking.saving import Event, Savers


def save_all(people: Savers, todo: list[Event]) -> None:
    """Who gets an error tries once more, as people do; both may have been written or neither, never half."""
    people.save_all(todo)
    again, people.refused = people.refused, []
    people.save_all(again)


def deliver_the_rest(ground: Ground) -> None:
    """When every lease is over."""
    for worker in ground.workers:
        worker.kill()
    ground.ahead += LEASE + timedelta(minutes=1)
    ground.worker("later")
    ground.ask("sweep_deadlines")
    ground.wait(lambda: backlog(at=ground.now()).reminders == 0)
    ground.deliver_all()
