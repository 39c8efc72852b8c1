"""Who of an organisation may open a case of a scenario: the shield around it, and the uses of noodtoegang."""

from collections.abc import Callable
from datetime import datetime

from cases import actions as case_actions
from cases.models import Case
from meetings.management.scenario.world import Row, need, user
from parties.viewer import Viewer

Step = Callable[[Row], tuple[Viewer, datetime]]


def shield(case: Case, row: Row, step: Step) -> None:
    """Shield the case for the organisation of who does it, with the people who are named beside him."""
    by, at = step(row)
    case_actions.shield_case(
        case=case,
        reason=need(row, "reden"),
        people=[user(reference) for reference in row.get("personen", ())],
        by=by,
        at=at,
    )


def open_in_emergency(case: Case, row: Row, step: Step) -> None:
    """Somebody who may not open the case, does so with a reason."""
    by, at = step(row)
    case_actions.open_in_emergency(number=case.number, reason=need(row, "reden"), by=by, at=at)
