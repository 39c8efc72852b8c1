"""The two ledgers: what was processed about whom (no user), and who did it (no content).

Both are written in the transaction of the read or write they describe: no line, no data (quality 2.5). They are
joined by trace and span id. Never update, never delete; triggers and the application's database role see to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from parties.models import AuditLine, Organisation, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.trace import current_trace, new_span

GRANTED = "toegestaan"
REFUSED = "geweigerd"


@dataclass(frozen=True)
class Subject:
    """The data subject of one processing operation, and on which ground which domains were processed."""

    subject_id: UUID
    case_id: UUID | None = None
    ground: str = ""
    domains: tuple[str, ...] = ()


def record(
    viewer: Viewer,
    action: str,
    *,
    subjects: Iterable[Subject] = (),
    object_kind: str = "",
    object_id: object = "",
    outcome: str = GRANTED,
    detail: str = "",
) -> None:
    """Write one audit line and a processing line per data subject (two statements, however many subjects).

    ``detail`` holds ids and codes, never a name, a BSN or content (quality 2.8).
    """
    trace_id, span_id = current_trace(), new_span()
    AuditLine.objects.create(
        at=viewer.at,
        trace_id=trace_id,
        span_id=span_id,
        user=viewer.user,
        client=viewer.client,
        organisation=viewer.organisation,
        role_kind=viewer.role_kind,
        channel=viewer.channel,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        outcome=outcome,
        detail=detail,
    )
    ProcessingLine.objects.bulk_create(
        ProcessingLine(
            at=viewer.at,
            trace_id=trace_id,
            span_id=span_id,
            organisation=viewer.organisation,
            activity=action,
            subject_id=subject.subject_id,
            case_id=subject.case_id,
            ground=subject.ground,
            domains=list(subject.domains),
            outcome=outcome,
        )
        for subject in subjects
    )


def record_refusal(
    *, at: datetime, action: str, object_id: object = "", viewer: Viewer | None = None
) -> None:
    """Write that somebody was refused; without a viewer (not logged in) only what is known is written."""
    AuditLine.objects.create(
        at=at,
        trace_id=current_trace(),
        span_id=new_span(),
        user=viewer.user if viewer else None,
        client=viewer.client if viewer else None,
        organisation=viewer.organisation if viewer else None,
        role_kind=viewer.role_kind if viewer else "",
        channel=viewer.channel if viewer else "",
        action=action,
        object_id=str(object_id),
        outcome=REFUSED,
    )


def lines_about(case_id: UUID, organisation: Organisation) -> QuerySet[ProcessingLine]:
    """What this organisation processed about the person of a case, newest first; each controller its own (C7 D11)."""
    return ProcessingLine.objects.filter(case_id=case_id, organisation=organisation).order_by("-at", "-id")


def acts_behind(lines: Iterable[ProcessingLine]) -> dict[str, AuditLine]:
    """The audit line of each processing line by its span: who did it, in which role (two ledgers, one join)."""
    spans = [line.span_id for line in lines]
    acts = AuditLine.objects.filter(span_id__in=spans).select_related("user", "client")
    return {act.span_id: act for act in acts}


def acts_on(object_id: object, organisation: Organisation) -> QuerySet[AuditLine]:
    """What this organisation did with one object, newest first; each controller its own (C3, disclosure log)."""
    rows = AuditLine.objects.filter(object_id=str(object_id), organisation=organisation)
    return rows.select_related("user").order_by("-at", "-id")
