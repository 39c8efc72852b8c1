"""Of which cases must the terms of content be computed again? One statement, however many cases there are."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cases.models import Capacity, Case, CaseParty, DeadlineStatus
from plans.models import ChildCheck, ContentTerm, DomainRecord, InstrumentResult, TermMark
from plans.term_facts import REASON

BATCH = 500
"""So many at a time; the rest waits for the next beat."""
UNKNOWN = Value(date.min)


def waiting_cases(*, calendar: str, on: date) -> list[UUID]:
    """Cases with facts of which the frame, the person, the calendar or the day moved on since their terms were computed."""
    known = TermMark.objects.filter(case=OuterRef("pk"))
    behind = known.filter(
        ~Q(case_version=F("case__version"))
        | ~Q(calendar=calendar)
        | ~Q(birth_date=Coalesce("case__detainee__birth_date", UNKNOWN))
        | Q(Exists(_passed(on)))
    )
    never = Q(_has_facts()) & ~Q(Exists(known))
    kept = CaseParty.objects.filter(case=OuterRef("pk"), capacity=Capacity.PRISON, until=None)
    rows = Case.objects.filter(Q(Exists(behind)) | never, Exists(kept)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _passed(on: date) -> QuerySet[Any]:
    """Open terms whose day went by since: what is said of some of them changes with that."""
    rows = ContentTerm.objects.unrestricted(reason=REASON).filter(case=OuterRef("case"))
    return rows.filter(status=DeadlineStatus.OPEN, due_on__lt=on, due_on__gte=OuterRef("computed_on"))


def _has_facts() -> Q:
    found = Q()
    for model in (DomainRecord, InstrumentResult, ChildCheck):
        rows: Any = model.objects.unrestricted(reason=REASON).filter(case=OuterRef("pk"))
        found |= Q(Exists(rows))
    return found
