"""What do the terms of content of one case follow from? Read for the process itself; nothing of it is shown to anybody."""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from cases.models import ENDED_PHASES, Capacity, Case, CaseParty, Detainee, LifeDomain
from parties.models import Organisation, PartyKind
from plans.models import (
    Action,
    ActionState,
    ChildCheck,
    ChildCheckAnswer,
    ContentTerm,
    DomainRecord,
    InstrumentResult,
    SupportAnswer,
)
from plans.terms import Facts
from reintegratie.lib.workdays import day_of

REASON = "termijnen berekenen; er wordt niets getoond"
EDUCATION_ACTION = "Afspraak met onderwijs maken na de uitslag van de Taalmeter"
"""The action that a low Taalmeter leaves; done, it is the referral (R143)."""


def facts_of(case: Case) -> Facts:
    """Six statements: the person, two domains, instruments, the referral and the kind-check."""
    born = Detainee.objects.filter(pk=case.detainee_id).values_list("birth_date", flat=True).get()
    records = _records(case)
    identity, income = records.get(LifeDomain.IDENTITY), records.get(LifeDomain.WORK_INCOME)
    check = _rows(ChildCheck, case).filter(answer=ChildCheckAnswer.YES).first()
    return Facts(
        entered_on=day_of(case.entered_at) if case.entered_at else None,
        released_on=day_of(case.released_at) if case.released_at else None,
        over=case.phase in ENDED_PHASES,
        expected_on=case.expected_release_on,
        birth_date=born,
        identity=identity.facts if identity else None,
        income=income.facts if income else None,
        asks_income=income is not None and income.support_answer == SupportAnswer.REQUEST,
        instruments={
            row.kind: (row.outcome, row.taken_on)
            for row in _rows(InstrumentResult, case).order_by("changed_at", "pk")
        },
        referred_on=_referred_on(case),
        child_asked_on=check.asked_on if check else None,
        child_contact_on=check.contacted_on if check else None,
    )


def _records(case: Case) -> dict[str, DomainRecord]:
    """What the PI recorded, the newest of each domain (PM 38: the dossier moves)."""
    rows = _rows(DomainRecord, case).filter(owner__kind=PartyKind.PRISON)
    wanted = rows.filter(domain__in=[LifeDomain.IDENTITY, LifeDomain.WORK_INCOME])
    return {row.domain: row for row in wanted.order_by("changed_at", "pk")}


def _referred_on(case: Case) -> date | None:
    done = _rows(Action, case).filter(text=EDUCATION_ACTION, state=ActionState.DONE)
    row = done.order_by("closed_at").first()
    return day_of(row.closed_at) if row and row.closed_at else None


def _rows(model: type[Any], case: Case) -> Any:  # the queryset of a content table
    return model.objects.unrestricted(reason=REASON).filter(case=case)


def terms_in(case: Case) -> list[ContentTerm]:
    """Every term of content of this case, whoever owns it."""
    rows = ContentTerm.objects.unrestricted(reason=REASON).filter(case=case)
    return list(rows.select_related("case", "owner").order_by("step", "about", "round", "pk"))


def keeper_of(case: Case, at: datetime) -> Organisation | None:
    """The PI that keeps the file now: the controller of what follows from it (PM 38)."""
    rows = CaseParty.objects.holding(at).filter(case=case, capacity=Capacity.PRISON).select_related("party")
    row = rows.order_by("-since").first()
    return row.party if row else None


def calendar_mark(equated: Collection[date]) -> str:
    """A short name of the equalised days that count now."""
    return sha256(",".join(sorted(day.isoformat() for day in equated)).encode()).hexdigest()[:16]
