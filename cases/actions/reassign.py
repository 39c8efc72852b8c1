"""Give several cases to one colleague at once: all of them, or none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.actions.record import lock_cases
from cases.ending import is_running
from cases.insiders import Named, may_hear, named_in
from cases.models import CaseParty
from parties import ledger
from parties.models import Role, User
from parties.viewer import CONTENT_ROLES, Viewer
from reintegratie.lib.history import save_as

MOST = 200
"""Cases at a time: what one person can oversee, and one transaction can hold."""


class CannotReassign(Exception):
    """Nothing was written; ``refused`` says of which rows why not, in words for people."""

    def __init__(self, refused: Collection[tuple[CaseParty, str]]) -> None:
        super().__init__(len(refused))
        self.refused = list(refused)


@dataclass(frozen=True)
class Handed:
    """A row that changed hands, and who had it before."""

    row: CaseParty
    former_id: UUID | None


@transaction.atomic
def reassign_cases(
    *, rows: Collection[CaseParty], worker: User, by: Viewer, at: datetime, why: str
) -> list[Handed]:
    """Name this colleague as the worker of all these cases. Returns what changed hands.

    The tasks belong to the organisation and stay in the case; a term that stands still goes on standing still. Only
    ``by``'s own organisation, and only cases that he and the new worker may both open. Raises CannotReassign.
    """
    cases = {case.pk: case for case in lock_cases([row.case_id for row in rows])}
    asked = CaseParty.objects.of(by).filter(pk__in=[row.pk for row in rows])
    standing = {row.pk: row for row in asked.select_related("party")}
    named = named_in(standing.values(), at)
    roles = list(
        Role.objects.active_on(by.on).filter(
            user=worker, organisation=by.organisation, kind__in=CONTENT_ROLES
        )
    )
    refused = [(row, _why_not(standing.get(row.pk), cases[row.case_id].phase, roles, named)) for row in rows]
    refused = [(row, text) for row, text in refused if text]
    if refused:
        raise CannotReassign(refused)
    handed = [Handed(row, row.worker_id) for row in standing.values() if row.worker_id != worker.pk]
    for row in (one.row for one in handed):
        row.case = cases[row.case_id]
        row.worker, row.changed_at = worker, at
        save_as(row, by=by, at=at, why=f"Behandelaar gekozen: {why}")
    subjects = [ledger.Subject(one.row.case.detainee_id, one.row.case_id) for one in handed]
    ledger.record(by, "zaken-herverdelen", subjects=subjects, object_kind="lijst")
    return handed


def _why_not(row: CaseParty | None, phase: str, roles: Collection[Role], named: Named) -> str:
    """Why this case does not go to this person; empty when it does."""
    if row is None:
        return "uw organisatie neemt niet meer deel, of de zaak is niet voor u"
    if not is_running(phase):
        return "de zaak is afgesloten"
    if not roles:
        return "deze medewerker werkt hier niet meer"
    if not any(may_hear(role, row, named) for role in roles):
        return "deze medewerker mag deze zaak niet openen (afgeschermd, of een andere afdeling)"
    return ""
