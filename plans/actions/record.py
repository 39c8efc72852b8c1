"""How a content row is checked against the version somebody read, and written."""

from datetime import datetime
from typing import TypeVar

from cases.actions import lock_case, touch_parties
from cases.ending import require_inside, require_running
from cases.models import Case
from consent.visibility import ContentRow
from parties import ledger
from parties.viewer import Viewer
from plans.readers import readers_of
from reintegratie.lib.history import save_as
from reintegratie.lib.versions import StaleVersion

Row = TypeVar("Row", bound=ContentRow)


def lock_inside(case: Case) -> Case:
    """Lock for what belongs to the detention. Raises CaseIsOver (:mod:`cases.ending`)."""
    locked = lock_case(case)
    require_inside(locked.phase)
    return locked


def lock_running(case: Case) -> Case:
    """Lock for what goes on until the case is closed: handing over and aftercare. Raises CaseIsOver."""
    locked = lock_case(case)
    require_running(locked.phase)
    return locked


def check_version(row: ContentRow, expected: int | None) -> None:
    """Refuse to overwrite what somebody else saved meanwhile. ``None`` means: not read from a form. Raises StaleVersion."""
    current = 0 if row._state.adding else row.version
    if expected is not None and expected != current:
        raise StaleVersion(row)


def fresh(row: Row, case: Case, by: Viewer, expected: int | None = None) -> Row:
    """The row as it stands now that its case is locked. Raises StaleVersion."""
    found: Row = type(row).objects.visible_to(by).get(pk=row.pk)
    found.case = case
    check_version(found, expected)
    return found


def write_row(row: ContentRow, *, by: Viewer, at: datetime, why: str, action: str = "") -> None:
    """Save a content row with its next version, its history line and, for a named action, its line in the ledgers.

    The feed offers the case again to who may see the row, and to nobody else.
    """
    if row._state.adding:
        row.created_at = at
    else:
        row.version += 1
    row.changed_at = at
    save_as(row, by=by, at=at, why=why)
    touch_parties(case=row.case, parties=readers_of(row, at), at=at)
    if action:
        _note(row, by=by, action=action)


def _note(row: ContentRow, *, by: Viewer, action: str) -> None:
    """The ledger line of a write: about whom, which domain, which row."""
    domains = (row.domain,) if row.domain else ()
    subject = ledger.Subject(row.case.detainee_id, row.case_id, domains=domains)
    kind = getattr(row, row.kind_column) if row.kind_column else row.row_kind
    ledger.record(by, action, subjects=[subject], object_kind=kind, object_id=row.pk)
