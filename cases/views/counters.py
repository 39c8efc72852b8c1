"""The numbers above the worklist, each with the address of the list that it counts."""

from typing import Any

from cases.views.asked import Asked, address_of
from cases.worklist import COUNTED, State, Worker
from meetings.desk import Desk

TONES = {State.LATE: "danger", State.TODAY: "warning", State.WEEK: "warning", State.WAITING: "neutral"}


def counters_of(
    desk: Desk, asked: Asked, *, nobody_first: bool
) -> list[dict[str, Any]]:  # rows for the component
    """The groups within what was asked, and the cases of nobody; these first for who assigns them."""
    kept = _without_group(asked)
    groups = [
        {
            "label": state.label,
            "number": desk.counts[state],
            "url": address_of({**kept, "stand": str(state)}),
            "current": asked.state == state,
            "tone": TONES.get(state, "inactive"),
        }
        for state in COUNTED
    ]
    nobody = {
        "label": Worker.NOBODY.label,
        "number": desk.unassigned,
        "url": nobody_url(asked),
        "current": asked.scope.worker == Worker.NOBODY and asked.state is None,
        "tone": "warning" if nobody_first and desk.unassigned else "inactive",
    }
    return [nobody, *groups] if nobody_first else [*groups, nobody]


def nobody_url(asked: Asked) -> str:
    """What was asked, but of the cases of nobody."""
    return address_of({**_without_group(asked), "behandelaar": str(Worker.NOBODY)})


def _without_group(asked: Asked) -> dict[str, str]:
    return {key: value for key, value in asked.filters.items() if key != "stand"}


def late_lines(desk: Desk) -> list[dict[str, Any]]:  # rows for the template
    """How much is late per colleague, the most first."""
    return [
        {
            "name": late.name or "zonder behandelaar",
            "number": late.number,
            "url": address_of({"behandelaar": late.id or str(Worker.NOBODY), "stand": str(State.LATE)}),
        }
        for late in desk.late_per_worker
    ]
