"""Keep the scan of a signed declaration (C5.1)."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from cases.actions import lock_case
from cases.models import Case
from consent.models import Scan
from parties import ledger
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.uploads import LARGEST, FileKind, FileRefused, kind_of

TOO_LARGE = "Dit bestand is groter dan 5 MB. Scan in zwart-wit, of met 200 dpi."
EMPTY = "Dit bestand is leeg."


@transaction.atomic
def attach_scan(*, case: Case, declaration_number: str, content: bytes, by: Viewer, at: datetime) -> Scan:
    """Keep this scan as the current one; what was there before stays in the history.

    The same file twice is one scan. Raises FileRefused with a text for people; then nothing is changed.
    """
    lock_case(case)
    kind, digest = _kind(content), sha256(content).hexdigest()
    before = Scan.objects.of(case).current().filter(declaration_number=declaration_number).first()
    if before is not None and before.sha256 == digest:
        return before
    if before is not None:
        before.replaced_at = at
        save_as(before, by=by, at=at, why=f"scan vervangen, verklaring {declaration_number}")
    scan = Scan(
        case=case,
        declaration_number=declaration_number,
        content=content,
        sha256=digest,
        size=len(content),
        media_type=kind.value,
        added_at=at,
        added_by=by.user,
        added_for=by.organisation,
    )
    save_as(scan, by=by, at=at, why=f"scan toegevoegd, verklaring {declaration_number}")
    subject = ledger.Subject(case.detainee_id, case.pk)
    ledger.record(by, "scan-toevoegen", subjects=[subject], object_kind="scan", object_id=scan.pk)
    return scan


def _kind(content: bytes) -> FileKind:
    if not content:
        raise FileRefused(EMPTY)
    if len(content) > LARGEST:
        raise FileRefused(TOO_LARGE)
    return kind_of(content)
