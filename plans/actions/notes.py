"""Write notes of which the kind is chosen first, and give one that has the wrong kind the right one (C6.54)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases.models import Case, LifeDomain
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions.record import fresh, lock_running, write_row
from plans.models import Note, NoteKind
from plans.readers import others_reading


class KindKeepsDomainAway(Exception):
    """Only a note on behaviour may be tied to a domain: of every other kind no consent opens anything (C3)."""


class SameKind(Exception):
    """The note is of this kind already."""


class ReasonMissing(Exception):
    """Why the kind was wrong is told with it: a later reader must be able to judge it."""


@dataclass(frozen=True)
class Reclassified:
    """A note with its new kind, and which other organisations could read it until now."""

    note: Note
    read_before: list[Organisation]


@transaction.atomic
def write_note(
    *,
    case: Case,
    kind: NoteKind,
    text: str,
    by: Viewer,
    at: datetime,
    domain: str = "",
    noted_on: date | None = None,
) -> Note:
    """Write a note of one kind; the kind says who reads it. Raises KindKeepsDomainAway, CaseIsOver."""
    row = Note(case=lock_running(case), owner=by.organisation, kind=NoteKind(kind), text=text)
    row.domain = _domain_for(row.kind, domain)
    row.noted_on, row.recorded_by = noted_on or by.on, by.user
    write_row(row, by=by, at=at, why="Notitie geschreven", action="notitie-schrijven")
    return row


@transaction.atomic
def change_note(
    *,
    note: Note,
    text: str,
    by: Viewer,
    at: datetime,
    domain: str = "",
    noted_on: date | None = None,
    expected_version: int | None = None,
) -> Note:
    """Word a note otherwise; its kind stays. Raises StaleVersion, KindKeepsDomainAway, CaseIsOver."""
    row = fresh(note, lock_running(note.case), by, expected_version)
    row.text, row.domain = text, _domain_for(row.kind, domain)
    row.noted_on, row.recorded_by = noted_on or row.noted_on, by.user
    write_row(row, by=by, at=at, why="Notitie gewijzigd", action="notitie-wijzigen")
    return row


@transaction.atomic
def reclassify_note(
    *,
    note: Note,
    kind: NoteKind,
    reason: str,
    by: Viewer,
    at: datetime,
    expected_version: int | None = None,
) -> Reclassified:
    """Give a note the right kind, with why; who could read it until now is told and written down (C6.54).

    From this moment its past is read as it stands now, too. Raises StaleVersion, SameKind, ReasonMissing, CaseIsOver.
    """
    row = fresh(note, lock_running(note.case), by, expected_version)
    if row.kind == kind:
        raise SameKind
    if not reason.strip():
        raise ReasonMissing
    before, was = others_reading(row, at), row.kind
    row.kind, row.domain = NoteKind(kind), ""
    labels = f"{NoteKind(was).label} → {NoteKind(kind).label}"
    write_row(row, by=by, at=at, why=f"Soort gewijzigd ({labels}): {reason.strip()}")
    _write_line(row, was, before, by=by)
    return Reclassified(row, before)


def _domain_for(kind: str, domain: str) -> str:
    if domain and kind != NoteKind.BEHAVIOUR:
        raise KindKeepsDomainAway
    return LifeDomain(domain) if domain else ""


def _write_line(note: Note, was: str, readers: list[Organisation], *, by: Viewer) -> None:
    """The kinds, and by their codes the organisations that could read it until now."""
    read_by = ",".join(f"{one.kind}:{one.code}" for one in readers)
    detail = f"{was}>{note.kind}; las mee: {read_by or 'niemand'}"[:200]
    subject = ledger.Subject(note.case.detainee_id, note.case_id)
    ledger.record(
        by,
        "notitie-herindelen",
        subjects=[subject],
        object_kind=note.kind,
        object_id=note.pk,
        detail=detail,
    )
