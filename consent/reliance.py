"""Which grounds may this case rely on for whom, and on which does it rely? (C3 code S, ADR 0013)"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Case, CaseParty, LifeDomain
from consent.models import FRAME_KINDS, CaseGround, GroundCode, RowKind, StatutoryGround
from parties.models import Organisation
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.workdays import last_day_before

ALONG = tuple(kind for kind in FRAME_KINDS if kind != RowKind.COURSE)
"""Who it is about and when he leaves comes along with any subject, so nobody chooses it."""


@dataclass(frozen=True)
class Reliable:
    """One ground on which a case may rely for one recipient, and about which subjects."""

    code: GroundCode
    articles: tuple[str, ...]
    subjects: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.code.label)


def reliable_for(parties: Iterable[CaseParty], at: datetime) -> dict[UUID, list[Reliable]]:
    """Per party the grounds that need a necessity in the case itself and are in force now; one statement for all."""
    law = StatutoryGround.objects.in_force(at).with_subject().filter(per_case=True)
    rows = list(law.order_by("code", "article", "pk"))
    found: dict[UUID, list[Reliable]] = {}
    for party in parties:
        held: dict[str, list[StatutoryGround]] = defaultdict(list)
        for row in rows:
            if _holds(row, party):
                held[row.code].append(row)
        found[party.party_id] = [_reliable(code, mine) for code, mine in held.items()]
    return found


def _holds(row: StatutoryGround, party: CaseParty) -> bool:
    here = row.capacity == party.capacity and row.organisation_id in (None, party.party_id)
    return here and row.with_title <= party.on_title


def _reliable(code: str, rows: list[StatutoryGround]) -> Reliable:
    subjects = {str(row.subject) for row in rows} - set(ALONG)  # type: ignore[attr-defined]  # annotated
    return Reliable(
        GroundCode(code), tuple(sorted({row.article for row in rows})), tuple(sorted(subjects, key=_order))
    )


def _order(subject: str) -> tuple[int, str]:
    domains = LifeDomain.values
    return (domains.index(subject), "") if subject in domains else (len(domains), subject)


def subject_label(subject: str) -> str:
    """A subject in words."""
    if not subject:
        return "alles wat de grondslag toelaat"
    return str(
        LifeDomain(subject).label if subject in LifeDomain.values else RowKind(subject).label
    ).capitalize()


def relied_on_in(case: Case, at: datetime) -> list[CaseGround]:
    """What this case relies on at this moment, by recipient."""
    rows = (
        CaseGround.objects.in_force(at).filter(case=case).select_related("recipient", "recorded_by", "case")
    )
    return list(rows.order_by("recipient__name", "code", "since", "subject"))


def ended_reliances(case: Case, at: datetime) -> list[CaseGround]:
    """What it relied on before, the last one first."""
    standing = CaseGround.objects.in_force(at).filter(case=case).values("pk")
    rows = CaseGround.objects.filter(case=case).exclude(pk__in=standing).select_related("recipient")
    return list(rows.order_by("-since", "subject"))


@dataclass(frozen=True)
class RelianceLine:
    """One reliance in words."""

    row: CaseGround
    subject: str
    period: str
    standing: bool


def reliance_lines(case: Case, at: datetime) -> list[RelianceLine]:
    """What stands first, then what ended."""
    standing = [_line(row, standing=True) for row in relied_on_in(case, at)]
    return standing + [_line(row, standing=False) for row in ended_reliances(case, at)]


def _line(row: CaseGround, *, standing: bool) -> RelianceLine:
    ended = row.ended_at or (None if standing else row.until)
    period = f"Sinds {moment_text(row.since)}"
    if ended:
        period = f"Van {moment_text(row.since)} tot {moment_text(ended)}"
    elif row.until:
        period += f", tot en met {day_text(last_day_before(row.until))}"
    return RelianceLine(row, subject_label(row.subject), period, standing)


def party_in(case: Case, recipient: Organisation, at: datetime) -> CaseParty | None:
    """The row by which this recipient takes part now."""
    return CaseParty.objects.active(at).filter(case=case, party=recipient).first()
