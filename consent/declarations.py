"""What did the detainee decide, paper by paper, and when was what withdrawn? For who may read the whole matrix."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Case, LifeDomain
from consent.models import Answer, Consent, Evidence
from consent.texts import Form
from parties.models import Organisation
from reintegratie.lib.dutch import moment_text


@dataclass(frozen=True)
class Declaration:
    """One paper for one recipient, with the answers that were recorded from it."""

    number: str
    text_version: str
    form: Form
    recipient: Organisation
    answers: dict[str, str]
    given_at: datetime
    valid_until: datetime | None
    evidence: str
    signed: bool
    language: str
    explained_how: str
    representative: str
    recorded_at: datetime
    recorded_by: str
    endings: tuple[tuple[str, str], ...] = ()
    """What became of it since: per domain that no longer stands, in words."""

    def labels(self, answer: Answer) -> list[str]:
        """The domains with this answer, in their fixed order."""
        return [str(domain.label) for domain in LifeDomain if self.answers.get(domain) == answer]


@dataclass(frozen=True)
class Withdrawal:
    """The end of one consent on the word of the detainee."""

    at: datetime
    actor: str
    domain: str
    recipient: str
    number: str
    reason: str


def declarations_of(rows: Iterable[Consent]) -> list[Declaration]:
    """The papers behind these decisions (with recipient and recorder), in the order in which they were recorded."""
    papers: dict[tuple[str, datetime], list[Consent]] = {}
    for row in sorted(rows, key=lambda row: row.sequence):
        papers.setdefault((row.declaration_number, row.recorded_at), []).append(row)
    return [_declaration(answers) for answers in papers.values()]


def paper_behind(rows: Collection[Consent], key: UUID) -> Declaration | None:
    """The paper on which this decision of these stands; None when it is not one of them."""
    row = next((row for row in rows if row.pk == key), None)
    if row is None:
        return None
    mark = (row.declaration_number, row.recorded_at)
    return next(paper for paper in declarations_of(rows) if (paper.number, paper.recorded_at) == mark)


def _declaration(rows: list[Consent]) -> Declaration:
    first = rows[0]
    who = first.recorded_by.name if first.recorded_by else "automatisch"
    return Declaration(
        number=first.declaration_number,
        text_version=first.text_version,
        form=Form(first.form_language, easy=first.easy_form),
        recipient=first.recipient,
        answers={row.domain: row.answer for row in rows},
        given_at=first.given_at,
        valid_until=first.valid_until,
        evidence=str(Evidence(first.evidence).label),
        signed=first.evidence == Evidence.SIGNED,
        language=first.language,
        explained_how=first.explained_how,
        representative=first.representative,
        recorded_at=first.recorded_at,
        recorded_by=f"{who} · {first.recorded_for.name}",
        endings=tuple(_ending(row) for row in rows if row.answer == Answer.GIVEN and row.withdrawn_at),
    )


def _ending(row: Consent) -> tuple[str, str]:
    """A later decision ends the one before it; anything else is a withdrawal."""
    assert row.withdrawn_at is not None
    how = "vervangen door een latere beslissing" if row.replaced_by_id else "ingetrokken"
    return str(LifeDomain(row.domain).label), f"{how} op {moment_text(row.withdrawn_at)}"


def withdrawals_of(case: Case) -> list[Withdrawal]:
    """Every consent that was taken back: who recorded it and when, from the history. Replacements are not among them."""
    lines = Consent.history.filter(
        case=case, history_type="~", withdrawn_at__isnull=False, replaced_by__isnull=True
    ).select_related("recipient")
    return [
        Withdrawal(
            at=line.withdrawn_at,
            actor=line.history_user_id,
            domain=str(LifeDomain(line.domain).label),
            recipient=line.recipient.called,
            number=line.declaration_number,
            reason=line.withdrawal_reason,
        )
        for line in lines.order_by("history_id")
    ]
