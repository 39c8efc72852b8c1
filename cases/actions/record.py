"""How a case row is locked and written: one version per change, and the feed knows that it changed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from cases.models import Case, CaseParty, Deadline
from cases.process import steps_for
from cases.querysets import EARLIEST_STEPS
from reintegratie.lib.history import Actor, save_as


def lock_case(case: Case) -> Case:
    """Read the row again and keep others from changing it until this transaction ends."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update().order_by())
    return case


def save_case(case: Case, *, by: Actor, at: datetime, why: str) -> Case:
    """Write a changed case with its next version; the feed of every party that takes part moves along."""
    case.version += 1
    case.changed_at = at
    save_as(case, by=by, at=at, why=why)
    CaseParty.objects.active(at).filter(case=case).update(changed_at=at)
    return case


def touch_case(*, case: Case, at: datetime) -> None:
    """Say that something a party may read has changed, so that the feed of the API offers the case again.

    Bookkeeping, not a fact about a person: it leaves no history line.
    """
    Case.objects.filter(pk=case.pk).update(changed_at=at)
    CaseParty.objects.active(at).filter(case=case).update(changed_at=at)
    case.changed_at = at


def touch_parties(*, case: Case, parties: Collection[UUID], at: datetime) -> None:
    """Offer the case again to these parties alone: content that changed is noticed by nobody else (quality 2.3)."""
    CaseParty.objects.active(at).filter(case=case, party__in=parties).update(changed_at=at)


def refresh_next_deadlines(*, case: Case, at: datetime) -> None:
    """Keep the worklist right: for each party the first open term it works with, and the moment of change."""
    first_by_step = dict(
        Deadline.objects.filter(case=case)
        .open()
        .exclude(step__in=EARLIEST_STEPS)
        .values_list("step")
        .annotate(first=Min("due_on"))
        .order_by()
    )
    for row in CaseParty.objects.filter(case=case, until=None):
        mine = [day for step, day in first_by_step.items() if step in steps_for(row.capacity)]
        CaseParty.objects.filter(pk=row.pk).update(next_deadline=min(mine, default=None), changed_at=at)
    Case.objects.filter(pk=case.pk).update(changed_at=at)
