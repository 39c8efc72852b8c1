"""Keep the equalised days, and let a changed calendar move the terms that are still open (users.md 3.1)."""

import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.actions.deadlines import equated_days, shape_round
from cases.actions.record import lock_cases, refresh_next_deadlines
from cases.models import Deadline, EquatedDay
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

log = logging.getLogger(__name__)


@transaction.atomic
def sync_equated_days(*, days: Mapping[date, str], by: Actor, at: datetime) -> int:
    """Make the equalised days equal to the file; returns how many changed. Days that vanish end (D10).

    The terms follow: :func:`apply_calendar`.
    """
    known = {row.on: row for row in EquatedDay.objects.all()}
    changed = 0
    for on, source in days.items():
        row = known.get(on) or EquatedDay(on=on)
        if not row._state.adding and (row.source, row.ended) == (source, False):
            continue
        row.source, row.ended, row.applied_at = source, False, None
        save_as(row, by=by, at=at, why="referentiegegevens geladen")
        changed += 1
    for row in known.values():
        if row.on not in days and not row.ended:
            row.ended, row.applied_at = True, None
            save_as(row, by=by, at=at, why="staat niet meer in de referentiegegevens")
            changed += 1
    return changed


def apply_calendar(*, by: Actor, at: datetime) -> int:
    """Compute every open term again when the calendar changed; a closed one stays as it was. Returns how many moved.

    Safe to run twice, and after being stopped: the days are ticked off when every case was done.
    """
    waiting = list(EquatedDay.objects.filter(applied_at=None).values("pk", "on", "ended"))
    if not waiting:
        return 0
    equated = equated_days()
    cases = Deadline.objects.running().order_by("case").values_list("case", flat=True).distinct()
    moved = [_apply_to(case, equated, by=by, at=at) for case in list(cases)]
    if None not in moved:
        for day in waiting:  # one that was changed meanwhile waits for the next time
            EquatedDay.objects.filter(**day).update(applied_at=at)
    return sum(number or 0 for number in moved)


def _apply_to(case: UUID, equated: Collection[date], *, by: Actor, at: datetime) -> int | None:
    """How many terms of this case moved; None when it failed. That stops no other case."""
    try:
        return _recompute(case, equated, by=by, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, the other cases are computed, and this one again
        log.warning("terms of case %s were not computed: %s", case, type(trouble).__name__)
        return None


@transaction.atomic
def _recompute(case_id: UUID, equated: Collection[date], *, by: Actor, at: datetime) -> int:
    [case] = lock_cases([case_id])
    moved = []
    for row in Deadline.objects.filter(case=case).running():
        due_on = row.due_on
        if why := shape_round(row, row.starts_on, equated, on=day_of(at)):
            save_as(row, by=by, at=at, why=why)
        if row.due_on != due_on:
            moved.append(row.step)
    if moved:
        refresh_next_deadlines(case=case, at=at, steps=moved)
    return len(moved)
