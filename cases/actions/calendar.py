"""Keep the equalised days, and let a changed calendar move the terms that are still open (users.md 3.1)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from cases.actions.deadlines import equated_days, start_round
from cases.actions.record import refresh_next_deadlines
from cases.models import Deadline, EquatedDay
from cases.process import Step
from reintegratie.lib.history import Actor, save_as

BATCH = 500


@transaction.atomic
def sync_equated_days(*, days: Mapping[date, str], by: Actor, at: datetime) -> int:
    """Make the equalised days equal to the file; returns how many changed. Days that vanish end (D10)."""
    known = {row.on: row for row in EquatedDay.objects.all()}
    changed = 0
    for on, source in days.items():
        row = known.get(on) or EquatedDay(on=on)
        if not row._state.adding and (row.source, row.ended) == (source, False):
            continue
        row.source, row.ended = source, False
        save_as(row, by=by, at=at, why="referentiegegevens geladen")
        changed += 1
    for row in known.values():
        if row.on not in days and not row.ended:
            row.ended = True
            save_as(row, by=by, at=at, why="staat niet meer in de referentiegegevens")
            changed += 1
    if changed:
        recompute_open_deadlines(by=by, at=at)
    return changed


def recompute_open_deadlines(*, by: Actor, at: datetime) -> int:
    """Compute every open term again with the calendar of now; a closed one stays as it was. Returns how many moved."""
    moved, equated = 0, equated_days()
    for deadline in Deadline.objects.open().select_related("case").order_by("pk").iterator(BATCH):
        due_on = deadline.due_on
        row = start_round(
            case=deadline.case,
            step=Step(deadline.step),
            since=deadline.starts_on,
            by=by,
            at=at,
            equated=equated,
            round_number=deadline.round,
        )
        if row.due_on != due_on:
            moved += 1
            refresh_next_deadlines(case=deadline.case, at=at, steps=(deadline.step,))
    return moved
