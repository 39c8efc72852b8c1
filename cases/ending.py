"""What may still be written in a case whose detention is over, or that is closed? (C2, released and aftercare_closed)

Three answers for everything that is written about a case:

- what belongs to the detention (screening, a new plan, new goals) ends with the release;
- handing over (sharing, giving and ticking off actions, regie, points of contact) and aftercare go on until the case is
  closed (R154, R155);
- taking back a consent, ending an involvement and ticking off work that stands open are never refused.
"""

from django.core.exceptions import PermissionDenied

from cases.models import ENDED_PHASES, RELEASED_PHASES


class CaseIsOver(PermissionDenied):
    """This part of the case is no longer written; the message says why, in Dutch."""


class DetentionIsOver(CaseIsOver):
    def __init__(self) -> None:
        super().__init__(
            "De detentie is voorbij: de screening, nieuwe doelen en een nieuw plan horen bij de tijd in de "
            "inrichting. Overdragen kan nog: delen, acties geven en afdoen, en de regie overdragen."
        )


class CaseIsClosed(CaseIsOver):
    def __init__(self) -> None:
        super().__init__("Deze zaak is afgesloten. U kunt haar lezen, maar er komt niets meer bij.")


def is_inside(phase: str) -> bool:
    """Whether the work of the detention goes on."""
    return phase not in (*RELEASED_PHASES, *ENDED_PHASES)


def is_running(phase: str) -> bool:
    """Whether the parties still work on it: inside, or in aftercare."""
    return phase not in ENDED_PHASES


def require_inside(phase: str) -> None:
    """Raises CaseIsOver."""
    require_running(phase)
    if not is_inside(phase):
        raise DetentionIsOver


def require_running(phase: str) -> None:
    """Raises CaseIsClosed."""
    if not is_running(phase):
        raise CaseIsClosed
