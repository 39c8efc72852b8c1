"""About whom should the detainee be asked now? Consent does not travel: to a new detention, a merged gemeente, a new
gemeente of resettlement (C6.4, C6.6, C6.28). After a transfer it stays valid, and the new PI goes through it (C6.12).

A reason names the receiver and the cause, never what was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cases.models import ENDED_PHASES, Capacity, Case, CaseParty
from consent.models import Answer, Consent
from parties.models import Organisation

ASKED_ABOUT = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)
GO_THROUGH = "Overgeplaatst: loop de toestemmingen na met de gedetineerde. Ze blijven geldig."


@dataclass(frozen=True)
class Ask:
    """One question that waits at the PI of stay, since the moment of its cause. About nobody: all that was given."""

    case_id: UUID
    party: Organisation
    about: Organisation | None
    since: datetime
    why: str

    @property
    def key(self) -> tuple[UUID, UUID, UUID | None, datetime]:
        return self.case_id, self.party.pk, self.about.pk if self.about else None, self.since


def to_ask(at: datetime, case: Case | None = None) -> list[Ask]:
    """What must be asked at this moment, in one case or in all of them: three statements, however many cases."""
    return [*_undecided(at, case), *_moved(at, case)]


def _undecided(at: datetime, case: Case | None) -> Iterator[Ask]:
    """Who takes part, about whom nothing was decided here, while there is a cause to ask."""
    given = Consent.objects.filter(answer=Answer.GIVEN, withdrawn_at=None)
    here = given.filter(case=OuterRef("case"))
    prison = _prisons(at).filter(case=OuterRef("case"))
    decided = Consent.objects.filter(case=OuterRef("case"), recipient=OuterRef("party"))
    rows = CaseParty.objects.active(at).filter(Exists(prison), ~Exists(decided), capacity__in=ASKED_ABOUT)
    caused = _inside(rows, case).annotate(
        prison=Subquery(prison.values("party")[:1]),
        predecessor=Subquery(
            here.filter(recipient__successor=OuterRef("party")).values("recipient__name")[:1]
        ),
        others=Exists(here),
        earlier=Exists(given.filter(case=OuterRef("case__previous"))),
    )
    municipal = Q(others=True, capacity__in=(Capacity.ORIGIN, Capacity.RESETTLEMENT))
    found: list[Any] = list(
        caused.filter(municipal | Q(predecessor__isnull=False) | Q(earlier=True)).select_related("party")
    )
    prisons = Organisation.objects.in_bulk({row.prison for row in found}) if found else {}
    for row in found:
        yield Ask(row.case_id, prisons[row.prison], row.party, row.since, _why(row))


def _why(row: Any) -> str:  # a row of taking part with its causes
    name = row.party.called
    if row.predecessor:
        return f"Er was toestemming voor {row.predecessor}. Die geldt niet voor {name}: vraag het opnieuw."
    if row.others:
        capacity = str(Capacity(row.capacity).label)
        return f"Over {name} ({capacity}) is nog niets gevraagd, over een andere ontvanger wel."
    return f"Toestemming uit een eerdere detentie geldt niet meer. Vraag opnieuw naar {name}."


def _moved(at: datetime, case: Case | None) -> Iterator[Ask]:
    """A PI that took over a case with consents that another PI recorded, and recorded nothing itself yet."""
    given = Consent.objects.filter(case=OuterRef("case"), answer=Answer.GIVEN, withdrawn_at=None)
    before = given.filter(recorded_at__lt=OuterRef("since")).exclude(recorded_for=OuterRef("party"))
    here = Consent.objects.filter(case=OuterRef("case"), recorded_for=OuterRef("party"))
    said_since = here.filter(recorded_at__gte=OuterRef("since"))
    rows = _inside(_prisons(at), case).filter(Exists(before), ~Exists(said_since)).select_related("party")
    for row in rows:
        yield Ask(row.case_id, row.party, None, row.since, GO_THROUGH)


def _prisons(at: datetime) -> QuerySet[CaseParty]:
    return CaseParty.objects.holding(at).filter(capacity=Capacity.PRISON, is_open=True)


def _inside(rows: QuerySet[CaseParty], case: Case | None) -> QuerySet[CaseParty]:
    """Who was released is not asked any more by the PI."""
    rows = rows.filter(case__released_at=None).exclude(case__phase__in=ENDED_PHASES)
    return rows.filter(case=case) if case is not None else rows
