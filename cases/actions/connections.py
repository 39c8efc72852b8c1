"""A gemeente is connected, or is not any more: in which cases does it take part from now on?"""

from datetime import datetime

from django.db import transaction

from cases.actions.chores import sync_chores
from cases.actions.circle import Circle
from cases.actions.clocks import run_clocks
from cases.actions.parties import bring_in_origin
from cases.actions.record import lock_case
from cases.models import ENDED_PHASES, Case
from parties.models import Organisation
from reintegratie.lib.history import Actor


def follow_connection(*, municipality: Organisation, by: Actor, at: datetime) -> int:
    """Bring a connected gemeente into the open cases of its people, and end its part once it is not (R22).

    What it may see follows its connection at every read; this is what remains: the begin message and its task, the task
    of the PI, and the period in the file. Each case in its own transaction. Safe to repeat; returns how many cases.
    """
    inside = Case.objects.filter(origin_municipality=municipality, released_at=None).exclude(entered_at=None)
    cases = list(inside.exclude(phase__in=ENDED_PHASES).order_by("pk"))
    for case in cases:
        _follow(case=case, by=by, at=at)
    return len(cases)


@transaction.atomic
def _follow(*, case: Case, by: Actor, at: datetime) -> None:
    lock_case(case)
    bring_in_origin(case=case, since=at, by=by, at=at)
    sync_chores(circle=Circle.of(case, at), by=by, at=at)
    run_clocks(case=case, by=by, at=at)
