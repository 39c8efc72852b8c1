"""Tell a mayor of a return or leave (BIJ), give risk information (18b), and what becomes of it (R39-R46, B6, B7)."""

import logging
from datetime import date, datetime

from django.db import transaction

from cases.actions import lock_case, notify
from cases.models import Capacity, Case, CaseParty
from consent.actions import open_disclosure, record_disclosure
from consent.own_channel import channel_ground
from consent.visibility import RowKind
from parties import ledger
from parties.models import Organisation, PartyKind
from parties.viewer import Viewer, process_viewer
from plans.actions.record import lock_inside, lock_running
from plans.models import Measures, Occasion, SafetyReport, SafetyReportText
from plans.reports import closing_day, destruction_day, earliest_day, is_recipient, readers_at
from reintegratie.lib.dutch import day_text
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of

WRITING = "bijzondere melding bijwerken; er wordt niets getoond"
DESTROYING = "bijzondere meldingen vernietigen; er wordt niets getoond"
INBOX = "/bijzondere-meldingen/"


class ReportRefused(Exception):
    """The report was not sent, or not changed; the text says why, in Dutch. ``field``: where it belongs on a form."""

    text = ""
    field: str | None = None

    def __str__(self) -> str:
        return self.text


class NotKept(ReportRefused):
    text = "Deze zaak is niet (meer) van uw inrichting."


class NoGroundToReport(ReportRefused):
    text = "Er geldt nu geen grondslag waarop u deze melding mag doen."


class NobodyThere(ReportRefused):
    """No person is designated there: a report would stand where nobody may read it (R45)."""

    field = "recipient"

    def __init__(self, recipient: Organisation) -> None:
        self.text = (
            f"Bij {recipient.called} is niemand aangewezen om deze melding te lezen. Bel de organisatie, en vraag "
            "functioneel beheer om de rol."
        )


class NoAssignment(ReportRefused):
    text = "Deze reclasseringsorganisatie heeft nu geen opdracht in deze zaak."
    field = "recipient"


class TooEarly(ReportRefused):
    """A BIJ report is not given earlier than three months before the day it is about (Bjsg 11a, B7)."""

    field = "expected_on"

    def __init__(self, allowed_from: date) -> None:
        self.allowed_from = allowed_from
        self.text = f"Dat is te vroeg. U mag dit melden vanaf {day_text(allowed_from)}: drie maanden ervoor."


class DayIsOver(ReportRefused):
    text = "Deze datum is voorbij. Vul de datum in waarop de terugkeer of het verlof begint."
    field = "expected_on"


class ReportIsClosed(ReportRefused):
    text = "Deze melding is gesloten of teruggehaald; er valt niets meer vast te leggen."


class NotTheRecipient(ReportRefused):
    text = "Deze melding is niet aan u gericht."


@transaction.atomic
def report_bij(
    *,
    case: Case,
    recipient: Organisation,
    occasion: Occasion,
    expected_on: date,
    address: str,
    offence: str,
    by: Viewer,
    at: datetime,
    conditions: str = "",
) -> SafetyReport:
    """Tell the gemeente of the leave or stay address, for its mayor, of a return (R39, R41, R43, C6.41).

    Not earlier than three months before. Raises ReportRefused, CaseIsOver.
    """
    lock_inside(case)
    if expected_on < day_of(at):
        raise DayIsOver
    if day_of(at) < earliest_day(expected_on):
        raise TooEarly(earliest_day(expected_on))
    head = _head(case, recipient, RowKind.BIJ_REPORT, by=by, at=at)
    head.occasion, head.expected_on = occasion, expected_on
    text = SafetyReportText(address=address, offence=offence, conditions=conditions)
    return _send(head, text, by=by, at=at)


@transaction.atomic
def report_risk(
    *,
    case: Case,
    recipient: Organisation,
    risk: str,
    by: Viewer,
    at: datetime,
    request: str = "",
    expected_on: date | None = None,
    address: str = "",
) -> SafetyReport:
    """Give risk information to the mayor, the reclassering with an assignment or the ZVH (Pbw 18b, B6).

    Raises ReportRefused, CaseIsOver.
    """
    lock_running(case)
    if recipient.kind == PartyKind.PROBATION and not _supervises(case, recipient, at):
        raise NoAssignment
    head = _head(case, recipient, RowKind.RISK_REPORT, by=by, at=at)
    head.expected_on = expected_on
    text = SafetyReportText(address=address, risk=risk, request=request)
    return _send(head, text, by=by, at=at)


@transaction.atomic
def open_report(*, report: SafetyReport, by: Viewer, at: datetime) -> SafetyReport:
    """The receipt: from the first opening by the recipient the nine months run (B7). Who does not read it, leaves it."""
    if report.received_at is not None or not is_recipient(report, by):
        return report
    lock_case(report.case)
    fresh = _fresh(report)
    if fresh.received_at is None and fresh.recalled_at is None:
        fresh.received_at = at
        fresh.closes_on = closing_day(day_of(at))
        fresh.destroy_on = destruction_day(fresh.closes_on, measures=False)
        _write(fresh, by=by, at=at, why="Geopend door de ontvanger", action=f"{fresh.kind}-melding-openen")
        open_disclosure(
            case=fresh.case, document_id=fresh.pk, version=1, by=by, at=at, recipient=fresh.recipient
        )
    return fresh


@transaction.atomic
def record_measures(*, report: SafetyReport, measures: Measures, by: Viewer, at: datetime) -> SafetyReport:
    """Whether the mayor took measures; it may be put right until the report closes (R45, B7). Raises ReportRefused."""
    if not is_recipient(report, by):
        raise NotTheRecipient
    lock_case(report.case)
    fresh = _fresh(report)
    if fresh.recalled_at is not None or fresh.received_at is None or fresh.closes_on <= day_of(at):
        raise ReportIsClosed
    fresh.measures, fresh.measures_taken_at = measures, at
    fresh.destroy_on = destruction_day(fresh.closes_on, measures=measures == Measures.TAKEN)
    why = "Vastgelegd of er maatregelen zijn genomen"
    _write(fresh, by=by, at=at, why=why, action=f"{fresh.kind}-maatregelen")
    return fresh


@transaction.atomic
def recall_report(
    *, report: SafetyReport, reason: str, is_data_breach: bool, by: Viewer, at: datetime
) -> SafetyReport:
    """Take back what went to the wrong place: its recipient reads it no more; register and ledgers stay (C6.51).

    Raises ReportRefused.
    """
    lock_case(report.case)
    fresh = _fresh(report)
    if fresh.recalled_at is not None or fresh.destroyed_at is not None:
        raise ReportIsClosed
    fresh.recalled_at, fresh.recall_reason, fresh.is_data_breach = at, reason, is_data_breach
    _write(fresh, by=by, at=at, why="Teruggehaald", action=f"{fresh.kind}-melding-terughalen")
    _tell(fresh, "bijzondere-melding-teruggehaald", at=at)
    return fresh


def destroy_reports(*, at: datetime) -> int:
    """Delete the texts whose day has come (B7); safe to repeat. Returns how many. What is over shows to nobody already."""
    over = SafetyReport.objects.unrestricted(reason=DESTROYING).filter(
        destroyed_at=None, destroy_on__lte=day_of(at)
    )
    return sum(_destroyed(report, at) for report in over.select_related("case").order_by("pk"))


def _destroyed(report: SafetyReport, at: datetime) -> bool:
    """One that fails is tried again the next night, and keeps no other from its day."""
    try:
        return _destroy(report, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, the law waits for the others as well
        logging.getLogger(__name__).warning(
            "report %s was not destroyed: %s", report.pk, type(trouble).__name__
        )
        return False


@transaction.atomic
def _destroy(report: SafetyReport, *, at: datetime) -> bool:
    lock_case(report.case)
    fresh = _fresh(report)
    if fresh.destroyed_at is not None or fresh.destroy_on > day_of(at):
        return False
    SafetyReportText.objects.unrestricted(reason=DESTROYING).filter(report=fresh).destroy()
    fresh.destroyed_at = at
    by = process_viewer("vernietigen", fresh.recipient, at)
    _write(fresh, by=by, at=at, why="Vernietigd na de bewaartermijn", action=f"{fresh.kind}-vernietigen")
    return True


def _head(case: Case, recipient: Organisation, kind: RowKind, *, by: Viewer, at: datetime) -> SafetyReport:
    """A head with its ground and its days, once it is certain that the PI may send it and somebody may read it."""
    if not CaseParty.objects.of(by).filter(case=case, capacity=Capacity.PRISON).exists():
        raise NotKept
    ground = channel_ground(by, kind)
    if ground is None:
        raise NoGroundToReport
    if not readers_at(recipient, kind, day_of(at)).exists():
        raise NobodyThere(recipient)
    closes_on = closing_day(day_of(at))
    return SafetyReport(
        case=case,
        owner=by.organisation,
        kind=kind,
        recipient=recipient,
        ground=f"{ground.code} {ground.reference}",
        sent_at=at,
        sent_by=by.user,
        closes_on=closes_on,
        destroy_on=destruction_day(closes_on, measures=False),
    )


def _send(head: SafetyReport, text: SafetyReportText, *, by: Viewer, at: datetime) -> SafetyReport:
    """Write head and text with who it is about as he is known now, the disclosure, and word to the recipient."""
    _write(head, by=by, at=at, why="Bijzondere melding verzonden", action=f"{head.kind}-melden")
    person = head.case.detainee
    text.report, text.name, text.birth_date = head, person.full_name, person.birth_date
    text.save()
    ground = channel_ground(by, head.kind)
    assert ground is not None
    record_disclosure(
        case=head.case,
        sender=head.owner,
        recipient=head.recipient,
        kind=f"{head.kind}-melding",
        document_id=head.pk,
        version=1,
        grounds={head.kind: ground},
        by=by,
        at=at,
    )
    _tell(head, "bijzondere-melding", at=at)
    return head


def _tell(head: SafetyReport, kind: str, *, at: datetime) -> None:
    """That there is something to read, to who may read it; without a case, a kind or a line in any feed (C3 note 5)."""
    for role in readers_at(head.recipient, head.kind, day_of(at)):
        notify(
            case=None,
            organisation=role.organisation,
            kind=kind,
            event=f"{kind}:{head.pk}",
            resource=INBOX,
            recipients=[role.user],
            in_feed=False,
            at=at,
        )


def _write(head: SafetyReport, *, by: Viewer, at: datetime, why: str, action: str) -> None:
    """The head with its history line, and the ledger lines that carry the mark of the channel."""
    save_as(head, by=by, at=at, why=why)
    subject = ledger.Subject(head.case.detainee_id, head.case_id, ground=head.ground, domains=(head.kind,))
    ledger.record(by, action, subjects=[subject], object_kind="bijzondere-melding", object_id=head.pk)


def _fresh(report: SafetyReport) -> SafetyReport:
    rows = SafetyReport.objects.unrestricted(reason=WRITING).select_related("case", "owner", "recipient")
    fresh: SafetyReport = rows.get(pk=report.pk)
    return fresh


def _supervises(case: Case, organisation: Organisation, at: datetime) -> bool:
    rows = CaseParty.objects.active(at).filter(case=case, party=organisation)
    return rows.filter(capacity=Capacity.PROBATION).exists()
