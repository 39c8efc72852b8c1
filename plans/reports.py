"""Named reads of what has a channel of its own: BIJ and 18b (R39-R46, B6, B7)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Capacity, Case, CaseParty
from consent.own_channel import OwnChannelQuerySet, received_by
from consent.visibility import RowKind
from parties.models import BijMandate, Organisation, PartyKind, Role, RoleKind
from parties.querysets import RoleQuerySet
from parties.viewer import Viewer
from plans.models import SafetyReport, SafetyReportText
from reintegratie.lib.workdays import add_months

EARLIEST_MONTHS = 3
"""A BIJ report is not given earlier than this before the expected return or leave (Bjsg 11a, B7)."""
KEPT_MONTHS = 9
"""After this many months a report is destroyed, or closed when measures were taken (B7)."""
ACCOUNTED_YEARS = 5
"""How long a report with measures is kept, closed, after that (B7)."""
WARN_DAYS = 30
"""Days before closing or destruction on which the recipient is warned (C4 bij_destroy)."""

RISK_READER = {
    PartyKind.MUNICIPALITY: RoleKind.BIJ_MANDATARY,
    PartyKind.PROBATION: RoleKind.PROBATION_OFFICER,
    PartyKind.SAFETY_HOUSE: RoleKind.SAFETY_HOUSE_DIRECTOR,
}
"""Who reads risk information: for the mayor, at the reclassering, at the ZVH (B6, C3 row 18b)."""


@dataclass(frozen=True)
class ReadReport:
    """A report, with its text where this viewer may read it."""

    head: SafetyReport
    text: SafetyReportText | None
    is_recipient: bool


def earliest_day(expected_on: date) -> date:
    """The first day on which a BIJ report about this day may be given."""
    return add_months(expected_on, -EARLIEST_MONTHS)


def closing_day(received_on: date) -> date:
    return add_months(received_on, KEPT_MONTHS)


def destruction_day(closes_on: date, *, measures: bool) -> date:
    """Without measures a report goes at once; with them it stays closed for five years more."""
    return add_months(closes_on, 12 * ACCOUNTED_YEARS) if measures else closes_on


def reports_of(viewer: Viewer) -> OwnChannelQuerySet:
    """Every report that this viewer may know of, newest first."""
    rows = SafetyReport.objects.visible_to(viewer).select_related("owner", "recipient", "case", "sent_by")
    return rows.order_by("-sent_at", "pk")


def read(viewer: Viewer, rows: OwnChannelQuerySet) -> list[ReadReport]:
    """These reports with their texts, in two statements; an unread report keeps its text to itself until it is opened."""
    heads = list(rows.annotate(is_recipient=Q(received_by(viewer))))
    opened = [head.pk for head in heads if head.received_at or not head.is_recipient]
    texts = SafetyReportText.objects.visible_to(viewer).filter(report__in=opened)
    by_head = {text.report_id: text for text in texts}
    return [ReadReport(head, by_head.get(head.pk), head.is_recipient) for head in heads]


def report_for(viewer: Viewer, pk: UUID) -> SafetyReport | None:
    """One report that this viewer may know of."""
    report: SafetyReport | None = reports_of(viewer).filter(pk=pk).first()
    return report


def text_of(report: SafetyReport, viewer: Viewer) -> SafetyReportText | None:
    """Its text, while this viewer may read it."""
    text: SafetyReportText | None = SafetyReportText.objects.visible_to(viewer).filter(report=report).first()
    return text


def is_recipient(report: SafetyReport, viewer: Viewer) -> bool:
    """Whether it was sent to this viewer, rather than by his PI."""
    return SafetyReport.objects.visible_to(viewer).filter(received_by(viewer), pk=report.pk).exists()


def bij_mandataries(municipality: Organisation, on: date) -> RoleQuerySet:
    """Who is BIJ-gemandateerde for this gemeente today: of its own, or of a ZVH that stands in for it (R45, R46)."""
    mandates = BijMandate.objects.active_on(on).filter(municipality=municipality)
    there = Q(organisation=municipality) | Q(organisation__in=mandates.values("safety_house"))
    return _staff(on).filter(there, kind=RoleKind.BIJ_MANDATARY)


def risk_readers(recipient: Organisation, on: date) -> RoleQuerySet:
    """Who reads risk information there."""
    kind = RISK_READER.get(PartyKind(recipient.kind))
    return _staff(on).filter(organisation=recipient, kind=kind) if kind else _staff(on).none()


def readers_at(recipient: Organisation, kind: str, on: date) -> RoleQuerySet:
    return bij_mandataries(recipient, on) if kind == RowKind.BIJ_REPORT else risk_readers(recipient, on)


def _staff(on: date) -> RoleQuerySet:
    return Role.objects.active_on(on).select_related("user", "organisation").order_by("user__email")


def risk_recipients(on: date) -> QuerySet[Organisation]:
    """Organisations where somebody may read risk information today."""
    staff = Role.objects.active_on(on).filter(organisation=OuterRef("pk"))
    somebody = Q()
    for party, reader in RISK_READER.items():
        somebody |= Q(kind=party) & Q(Exists(staff.filter(kind=reader)))
    return Organisation.objects.valid_on(on).filter(somebody).order_by("kind", "name")


def kept_case(viewer: Viewer, number: str) -> Case | None:
    """The case with this number, when this PI keeps its file now; somebody else's is not there."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("pk"), capacity=Capacity.PRISON)
    return Case.objects.with_frame().filter(Exists(mine), number=number.strip().upper()).first()
