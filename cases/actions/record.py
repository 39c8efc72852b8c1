"""How a case row is locked and written: one version per change, and the feed knows that it changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from cases.models import Capacity, Case, CaseParty, Deadline
from cases.process import steps_for
from cases.querysets import EARLIEST_STEPS, CaseQuerySet
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.versions import StaleVersion


def lock_case(case: Case, expected_version: int | None = None) -> Case:
    """Begin an action on a case: wait until nobody else writes anything of it, and read it as it stands now.

    One writer per case, and one order of waiting, so that two actions never wait for each other: first the turn of the
    detention messages, then a meeting (it spans cases), then the cases in order of their id (:func:`lock_cases`), and
    only then what belongs to a case. Who merely refers to a case, such as a line in a ledger, waits for nobody.

    Raises StaleVersion when somebody changed the case since ``expected_version`` was read (quality 3.4).
    """
    case.refresh_from_db(from_queryset=_locked())
    if expected_version is not None and case.version != expected_version:
        raise StaleVersion(case)
    return case


def lock_cases(ids: Collection[UUID] | QuerySet[Any, Any]) -> list[Case]:  # a subquery of ids
    """The same for an action that spans cases, always in the same order."""
    return list(_locked().filter(pk__in=ids).order_by("pk"))


def _locked() -> CaseQuerySet:
    return Case.objects.with_frame().select_for_update(no_key=True, of=("self",))


def save_case(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    why: str,
    seen_by: Collection[Capacity] = tuple(Capacity),
) -> Case:
    """Write a changed case with its next version; the feed of the parties that may read the change moves along."""
    case.version += 1
    case.changed_at = at
    save_as(case, by=by, at=at, why=why)
    CaseParty.objects.active(at).filter(case=case, capacity__in=seen_by).update(changed_at=at)
    return case


def touch_parties(*, case: Case, parties: Collection[UUID], at: datetime) -> None:
    """Offer the case again to these parties alone: what changed is noticed by nobody else (quality 2.3).

    Bookkeeping of the feed, not a fact about a person: it leaves no history line.
    """
    CaseParty.objects.active(at).filter(case=case, party__in=parties).update(changed_at=at)


def refresh_next_deadlines(*, case: Case, at: datetime, steps: Collection[str] = ()) -> None:
    """Keep the worklist right: for each party the first open term it works with.

    ``steps`` are the steps that changed. Only a party that works with one of them sees that the case changed: what a
    party may not see must not show in its feed either (quality 2.3).
    """
    first_by_step = dict(
        Deadline.objects.filter(case=case)
        .open()
        .exclude(step__in=EARLIEST_STEPS)
        .with_next_day()
        .values_list("step")
        .annotate(first=Min("next_day"))
        .order_by()
    )
    for row in CaseParty.objects.filter(case=case, until=None):
        own_steps = steps_for(row.capacity) if row.works_by_dates else ()
        first = min((day for step, day in first_by_step.items() if step in own_steps), default=None)
        if first != row.next_deadline or not set(steps).isdisjoint(own_steps):
            CaseParty.objects.filter(pk=row.pk).update(next_deadline=first, changed_at=at)
