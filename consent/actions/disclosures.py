"""Keep the register of disclosures: who got what, when and on which ground (Wjsg 51c(4), C5.19)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Case
from consent.models import Disclosure
from consent.visibility import Ground
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as


@transaction.atomic(savepoint=False)
def record_disclosure(
    *,
    case: Case,
    sender: Organisation,
    recipient: Organisation | None,
    kind: str,
    document_id: UUID | str,
    version: int,
    grounds: Mapping[str, Ground],
    by: Viewer,
    at: datetime,
    necessity: str = "",
    recipient_text: str = "",
) -> Disclosure:
    """Write one disclosure with the ground per domain, in the transaction that gives the data away."""
    row = Disclosure(
        case=case,
        sender=sender,
        recipient=recipient,
        recipient_text=recipient_text,
        kind=kind,
        document_id=str(document_id),
        document_version=version,
        domains=list(grounds),
        grounds={
            domain: {"code": ground.code, "reference": ground.reference} for domain, ground in grounds.items()
        },
        necessity=necessity,
        at=at,
        given_by=by.user,
    )
    save_as(row, by=by, at=at, why=f"verstrekking vastgelegd: {kind}")
    texts = "; ".join(sorted({ground.label for ground in grounds.values()}))
    ledger.record(
        by,
        "verstrekken",
        subjects=[ledger.Subject(case.detainee_id, case.pk, ground=texts[:200], domains=tuple(grounds))],
        object_kind="verstrekking",
        object_id=row.pk,
        detail=f"ontvanger:{recipient.pk}" if recipient else "ontvanger:papier",
    )
    return row


@transaction.atomic(savepoint=False)
def open_disclosure(
    *,
    case: Case,
    document_id: UUID | str,
    version: int,
    by: Viewer,
    at: datetime,
    recipient: Organisation | None = None,
) -> Disclosure | None:
    """Write that the recipient opened what was sent to it, the first time. Returns None when nothing was sent.

    ``recipient``: for whom the reader stands in, when that is not his own organisation (R46).
    """
    row = Disclosure.objects.filter(
        case=case,
        recipient=recipient or by.organisation,
        document_id=str(document_id),
        document_version=version,
    ).first()
    if row is not None and row.opened_at is None:
        row.opened_at = at
        save_as(row, by=by, at=at, why="geopend door de ontvanger")
    return row
