"""How far is the screening of a case? The six domains, the instruments and the kind-check, as one party sees them."""

from dataclasses import dataclass

from cases.models import SIX_DOMAINS, Case
from parties.viewer import Viewer
from plans.models import (
    ChildCheck,
    Contribution,
    DomainRecord,
    InstrumentKind,
    InstrumentOutcome,
    InstrumentResult,
    SupportAnswer,
)
from plans.querysets import records_by_domain


@dataclass(frozen=True)
class Screening:
    """Everything the screening page shows and the rules decide on."""

    records: dict[str, DomainRecord]
    instruments: dict[str, InstrumentResult]
    child_check: ChildCheck | None
    contributions: list[Contribution]

    def is_answered(self, domain: str) -> bool:
        """'No request' and 'refused to answer' are answers (C2)."""
        record = self.records.get(domain)
        return record is not None and record.support_answer != SupportAnswer.UNKNOWN

    @property
    def answered_count(self) -> int:
        return sum(self.is_answered(domain) for domain in SIX_DOMAINS)

    def contributions_to(self, domain: str) -> list[Contribution]:
        return [row for row in self.contributions if row.domain == domain]


def screening_of(case: Case, viewer: Viewer) -> Screening:
    """Four statements: records, instruments, kind-check, contributions."""
    return Screening(
        records=records_by_domain(case, viewer),
        instruments=_instruments_of(case, viewer),
        child_check=child_check_of(case, viewer),
        contributions=contributions_of(case, viewer),
    )


def _instruments_of(case: Case, viewer: Viewer) -> dict[str, InstrumentResult]:
    """The newest result of each instrument, also when an earlier PI took it."""
    rows = InstrumentResult.objects.visible_to(viewer).filter(case=case).order_by("changed_at")
    return {row.kind: row for row in rows}


def needs_explaining(case: Case, viewer: Viewer) -> bool:
    """Reading or understanding is hard for this person: a low Taalmeter, or a SCIL that points to an LVB (C6.13)."""
    known = _instruments_of(case, viewer)
    taken = [known[kind] for kind in (InstrumentKind.LANGUAGE, InstrumentKind.SCIL) if kind in known]
    return any(row.outcome == InstrumentOutcome.LOW for row in taken)


def contributions_of(case: Case, viewer: Viewer) -> list[Contribution]:
    """What was brought in, as far as this viewer may read it, the oldest first."""
    rows = Contribution.objects.visible_to(viewer).filter(case=case).select_related("owner")
    return list(rows.order_by("created_at", "pk"))


def child_check_of(case: Case, viewer: Viewer) -> ChildCheck | None:
    """The kind-check, for the PI and for the gemeente that must act on it (R122)."""
    row: ChildCheck | None = ChildCheck.objects.visible_to(viewer).filter(case=case).first()
    return row
