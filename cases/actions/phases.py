"""Move a case along the road of the work process (C2)."""

from datetime import datetime

from django.db import transaction

from cases.actions.deadlines import lapse_all
from cases.actions.record import lock_case, refresh_next_deadlines, save_case
from cases.models import ENDED_PHASES, RELEASED_PHASES, Capacity, Case, CaseParty, Phase
from cases.road import RELEASED, is_reached, may_move, refusal_of
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

KNOWS_TITLE = (Capacity.PRISON, Capacity.PROBATION)
"""A gemeente is not told by the frame whether there is a title (:mod:`cases.frame`)."""


class PhaseNotAllowed(Exception):
    """The process does not allow this step now; the message says why, in Dutch."""

    def __init__(self, current: Phase, to: Phase) -> None:
        super().__init__(refusal_of(current, to))
        self.current, self.to = current, to


@transaction.atomic
def advance_phase(*, case: Case, to: Phase, by: Actor, at: datetime, why: str) -> Case:
    """Bring a case to a phase. A phase it is in or past already is left alone.

    Raises PhaseNotAllowed. With the end of the detention every open term lapses (C6.20, C6.45).
    """
    lock_case(case)
    current = Phase(case.phase)
    if is_reached(current, to):
        return case
    if not may_move(current, to):
        raise PhaseNotAllowed(current, to)
    case.phase = to
    save_case(case, by=by, at=at, why=why)
    if to in (*ENDED_PHASES, *RELEASED_PHASES):
        end_work(case=case, by=by, at=at, why=why)
    return case


@transaction.atomic
def record_title_after_release(
    *, case: Case, title: str, by: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Record under which title somebody is supervised after his release, or that there is none (R13, R154, R155).

    Raises StaleVersion.
    """
    lock_case(case, expected_version)
    if case.post_release_title == title:
        return case
    case.post_release_title = title
    if case.phase in RELEASED:
        case.phase = Phase.RELEASED_WITH_TITLE if title else Phase.RELEASED_NO_TITLE
    why = "Titel na ontslag vastgelegd" if title else "Er is geen titel na ontslag"
    return save_case(case, by=by, at=at, why=why, seen_by=KNOWS_TITLE)


def end_work(*, case: Case, by: Actor, at: datetime, why: str) -> None:
    """Let open terms lapse and take an ended case off the worklists. Taking part goes on: the file stays readable."""
    lapse_all(case=case, on=day_of(case.released_at or at), by=by, at=at, why=why)
    ended = case.phase in ENDED_PHASES
    for row in CaseParty.objects.filter(case=case, until=None, is_open=True):
        if ended or row.capacity == "inrichting":
            row.is_open, row.changed_at = False, at
            save_as(row, by=by, at=at, why=why)
    refresh_next_deadlines(case=case, at=at)
