"""Which ground opens which domain to whom, and what did the detainee answer? The page 'Toestemming' as data.

The PI reads every answer. Another party reads its own column, in which a domain without a ground looks the same
whether it was refused, withdrawn, expired or never asked (C3 note 9).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cases.models import SIX_DOMAINS, Capacity, Case, CaseParty, LifeDomain
from consent.models import Answer, Consent, GroundCode
from consent.sight import Ground, Sight, parties_with_sight
from parties.models import Organisation
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.workdays import last_day_before


@dataclass(frozen=True)
class Cell:
    """One domain for one recipient, in words. ``consent`` can be withdrawn here; ``paper`` is the last decision.

    A paper is told once per column: the other domains on it refer to it.
    """

    recipient: str
    text: str
    tone: str
    details: tuple[str, ...] = ()
    consent: UUID | None = None
    paper: UUID | None = None


@dataclass(frozen=True)
class Row:
    """One domain for all recipients of the page."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A recipient, and what was last decided about it per domain."""

    organisation: Organisation
    capacity: str
    standing: Mapping[str, Consent]

    @property
    def can_be_withdrawn(self) -> bool:
        return any(consent.stands for consent in self.standing.values())


@dataclass(frozen=True)
class Matrix:
    """Recipients beside each other, domains under each other: the six of the screening, then 'zorg voor thuis'."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    home_rows: tuple[Row, ...]


NO_SIGHT = Sight({})


def consents_of(case: Case) -> list[Consent]:
    """Every decision of the case in the order of the paper, for who may read the whole matrix."""
    rows = Consent.objects.filter(case=case)
    people = rows.select_related("recipient__successor", "recorded_by", "recorded_for")
    return list(people.order_by("given_at", "sequence"))


def whole_matrix(
    case: Case, parties: Iterable[CaseParty], consents: Iterable[Consent], at: datetime
) -> Matrix:
    """The matrix as the PI of stay reads it: every recipient with every answer."""
    decided = _standing(consents)
    columns = tuple(
        Column(row.party, str(Capacity(row.capacity).label), decided.get(row.party_id, {}))
        for row in sorted(parties, key=lambda row: row.party.name)
        if row.capacity != Capacity.PRISON
    )
    sights = parties_with_sight(case, at)
    told: set[tuple[UUID, str]] = set()

    def cell(column: Column, domain: str) -> Cell:
        ground = sights.get(column.organisation.pk, NO_SIGHT).ground_of(domain)
        last = column.standing.get(domain)
        found = _answered(column.organisation.called, ground, last, at)
        paper = _paper_of(found, last)
        if not paper:
            return found
        if (column.organisation.pk, paper) in told:
            return _told_before(found, last)
        told.add((column.organisation.pk, paper))
        return found

    return _matrix(columns, cell)


def own_column(organisation: Organisation, capacity: Capacity, sight: Sight) -> Matrix:
    """The matrix as another party reads it: its own grounds, and one closed door for all the rest."""

    def cell(column: Column, domain: str) -> Cell:
        ground = sight.ground_of(domain)
        if ground is None:
            return Cell(column.organisation.called, "Niet gedeeld", "inactive")
        return Cell(column.organisation.called, "Gedeeld", "success", (_sentence(ground.label),))

    return _matrix((Column(organisation, str(capacity.label), {}),), cell)


def former_recipients(matrix: Matrix, consents: Iterable[Consent]) -> list[Organisation]:
    """Who was said yes to and takes no part now. Nothing is open to them, nor to a successor (C6.6, C6.28)."""
    present = {column.organisation.pk for column in matrix.columns}
    gone = {row.recipient_id: row.recipient for row in consents if row.stands}
    return sorted((party for key, party in gone.items() if key not in present), key=lambda party: party.name)


def _standing(consents: Iterable[Consent]) -> dict[UUID, dict[str, Consent]]:
    """Per recipient and domain the decision that stands, or else the last one that ended."""
    last: dict[UUID, dict[str, Consent]] = {}
    for row in consents:
        of_recipient = last.setdefault(row.recipient_id, {})
        before = of_recipient.get(row.domain)
        if before is None or before.withdrawn_at is not None or row.withdrawn_at is None:
            of_recipient[row.domain] = row
    return last


def _matrix(columns: tuple[Column, ...], cell: Callable[[Column, str], Cell]) -> Matrix:
    def row(domain: LifeDomain) -> Row:
        return Row(str(domain.label), tuple(cell(column, domain) for column in columns))

    return Matrix(
        columns,
        tuple(row(domain) for domain in SIX_DOMAINS),
        (row(LifeDomain.CARE_AT_HOME),) if columns else (),
    )


def _answered(recipient: str, ground: Ground | None, last: Consent | None, at: datetime) -> Cell:
    """What the PI reads in one cell: the law first, then what the detainee decided last."""
    text, tone, details = _in_words(ground, last, at)
    if last is None:
        return Cell(recipient, text, tone, details)
    return Cell(recipient, text, tone, details, consent=last.pk if last.stands else None, paper=last.pk)


def _paper_of(cell: Cell, last: Consent | None) -> str:
    """The number of the paper that a cell tells; empty when it tells the law or a withdrawal."""
    tells = last is not None and last.declaration_number in cell.details
    return last.declaration_number if last is not None and tells else ""


def _told_before(cell: Cell, last: Consent | None) -> Cell:
    """A cell of a paper that stands with an earlier domain: moment, number and print are not said again."""
    said = _decided(last) if last is not None else ()
    rest = (line for line in cell.details if line not in said)
    return replace(cell, details=("zelfde verklaring", *rest), paper=None)


def _decided(last: Consent) -> tuple[str, str]:
    return moment_text(last.given_at), last.declaration_number


def _in_words(ground: Ground | None, last: Consent | None, at: datetime) -> tuple[str, str, tuple[str, ...]]:
    if ground is not None and ground.code != GroundCode.CONSENT:
        return "Op grond van de wet", "success", (_sentence(ground.label),)
    if last is None:
        return "Nog niet gevraagd", "inactive", ()
    if last.withdrawn_at is not None:
        return "Ingetrokken", "warning", (moment_text(last.withdrawn_at),)
    if last.answer == Answer.REFUSED:
        return "Nee", "danger", _decided(last)
    if last.valid_until is not None and last.valid_until <= at:
        return "Verlopen", "warning", (f"Gold tot en met {day_text(last_day_before(last.valid_until))}",)
    until = (f"Tot en met {day_text(last_day_before(last.valid_until))}",) if last.valid_until else ()
    return "Ja", "success", (*_decided(last), *until)


def _sentence(text: str) -> str:
    """With a capital; the rest as it is, since it holds numbers and articles."""
    return text[:1].upper() + text[1:]
