"""A BIJ report and risk information: sent, opened, recalled, destroyed (R39-R46, B6, B7, C4, C6.41, C6.51)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.ending import CaseIsOver
from cases.models import Case, Notification, Phase
from consent.models import Disclosure, StatutoryGround
from consent.visibility import UnscopedRead
from parties.models import AuditLine, ProcessingLine, RoleKind
from parties.viewer import Viewer, viewer_for
from plans.actions import (
    DayIsOver,
    NoAssignment,
    NobodyThere,
    NoGroundToReport,
    NotKept,
    ReportIsClosed,
    ReportRefused,
    TooEarly,
    destroy_reports,
    open_report,
    recall_report,
    record_measures,
)
from plans.models import Measures, SafetyReport, SafetyReportText
from plans.reports import earliest_day
from reintegratie.lib.history import save_as
from tests.conftest import NOW, Hire, World
from tests.factories.base import TestActor
from tests.plans.reports import OFFENCE, Send, at_, heads, texts

CLOSING = datetime(2027, 1, 22, 9, 0, tzinfo=UTC)
"""Nine months after it was opened on 22 April 2026."""
DESTRUCTION = datetime(2032, 1, 22, 9, 0, tzinfo=UTC)
"""And five years after that."""


def every_text() -> int:
    return SafetyReportText.objects.unrestricted(reason="test").count()


def test_the_mayor_is_told_at_the_address_and_it_stands_in_the_register(
    send_bij: Send, world: World, bij_mandatary: Viewer
) -> None:
    report = send_bij()

    given = Disclosure.objects.get(document_id=str(report.pk))
    assert (given.sender, given.recipient, given.kind) == (world.pi, world.zwolle, "bij-melding")
    assert given.grounds["bij"]["code"] == "BIJ11A"
    assert [text.offence for text in texts(bij_mandatary)] == [OFFENCE]


def test_a_leave_in_another_gemeente_is_told_there_and_not_at_the_origin(
    send_bij: Send, world: World, hire: Hire, bij_mandatary: Viewer
) -> None:
    """C6.41: the address of the leave decides; origin is Zwolle."""
    elsewhere = viewer_for(hire(world.kampen, RoleKind.BIJ_MANDATARY), at=NOW)

    send_bij(recipient=world.kampen)

    assert heads(bij_mandatary) == []
    assert len(heads(elsewhere)) == 1


@pytest.mark.parametrize(
    ("expected_on", "from_day"),
    [(date(2026, 7, 23), date(2026, 4, 23)), (date(2027, 1, 29), date(2026, 10, 29))],
)
def test_earlier_than_three_months_before_is_refused_with_the_day_from_which_it_may(
    send_bij: Send, expected_on: date, from_day: date
) -> None:
    with pytest.raises(TooEarly) as refused:
        send_bij(expected_on=expected_on)

    assert refused.value.allowed_from == from_day
    assert every_text() == 0


def test_three_months_before_to_the_day_is_in_time(send_bij: Send) -> None:
    assert send_bij(expected_on=date(2026, 7, 22)).expected_on == date(2026, 7, 22)


@pytest.mark.parametrize(
    ("expected_on", "from_day"),
    [(date(2026, 5, 31), date(2026, 2, 28)), (date(2027, 1, 31), date(2026, 10, 31))],
)
def test_three_months_before_the_end_of_a_month(expected_on: date, from_day: date) -> None:
    assert earliest_day(expected_on) == from_day


def test_a_day_that_is_over_is_refused(send_bij: Send) -> None:
    with pytest.raises(DayIsOver):
        send_bij(expected_on=NOW.date() - timedelta(days=1))


def test_a_gemeente_without_a_mandatary_is_refused(send_bij: Send, world: World) -> None:
    with pytest.raises(NobodyThere, match="gemeente Deventer"):
        send_bij(recipient=world.deventer)


def test_only_the_pi_of_stay_reports(send_bij: Send, other_casemanager: Viewer) -> None:
    with pytest.raises(NotKept):
        send_bij(by=other_casemanager)


def test_without_a_row_of_law_nothing_is_sent(send_bij: Send) -> None:
    for row in StatutoryGround.objects.filter(row_kind="bij"):
        row.valid_until = NOW - timedelta(days=1)
        save_as(row, by=TestActor(), at=NOW, why="test")

    with pytest.raises(NoGroundToReport):
        send_bij()


def test_a_casemanager_does_not_send_risk_information(send_risk: Send, casemanager: Viewer) -> None:
    with pytest.raises(NoGroundToReport):
        send_risk(by=casemanager)


def test_after_release_no_bij_is_sent(send_bij: Send, case: Case) -> None:
    case.phase, case.released_at = Phase.RELEASED_NO_TITLE, NOW
    save_as(case, by=TestActor(), at=NOW, why="test")

    with pytest.raises(CaseIsOver):
        send_bij()


def test_risk_information_goes_to_the_reclassering_on_an_assignment_only(
    send_risk: Send, world: World, probation_officer: Viewer, other_probation_officer: Viewer
) -> None:
    assert send_risk(recipient=world.probation).recipient == world.probation

    with pytest.raises(NoAssignment):
        send_risk(recipient=world.other_probation)


def test_the_recipient_is_told_without_a_case_a_name_or_a_line_in_the_feed(
    send_bij: Send, bij_mandatary: Viewer, coordinator: Viewer
) -> None:
    send_bij()

    told = Notification.objects.filter(kind="bijzondere-melding")
    assert {row.recipient for row in told} == {bij_mandatary.user}
    assert {row.case for row in told} == {None}
    assert {row.channel for row in told} == {"app", "mail"}
    assert not Notification.objects.inbox_of(coordinator).exists()


def test_the_first_opening_is_the_receipt_and_the_nine_months_run(
    send_bij: Send, bij_mandatary: Viewer, casemanager: Viewer
) -> None:
    report = send_bij(at=NOW - timedelta(days=20))

    by_sender = open_report(report=report, by=casemanager, at=NOW)
    opened = open_report(report=report, by=bij_mandatary, at=NOW)
    again = open_report(report=report, by=bij_mandatary, at=NOW + timedelta(days=3))

    assert by_sender.received_at is None
    assert opened.received_at == again.received_at == NOW
    assert opened.closes_on == opened.destroy_on == date(2027, 1, 22)
    assert Disclosure.objects.get(document_id=str(report.pk)).opened_at == NOW


def test_nine_months_without_measures_and_it_is_gone_without_any_job(
    send_bij: Send, bij_mandatary: Viewer
) -> None:
    open_report(report=send_bij(), by=bij_mandatary, at=NOW)

    assert len(texts(at_(bij_mandatary, CLOSING - timedelta(days=1)))) == 1
    assert texts(at_(bij_mandatary, CLOSING)) == []
    assert heads(at_(bij_mandatary, CLOSING)) == []


def test_what_was_never_opened_is_gone_as_well(send_bij: Send, bij_mandatary: Viewer) -> None:
    send_bij()

    assert heads(at_(bij_mandatary, CLOSING)) == []


def test_with_measures_it_is_closed_after_nine_months_and_gone_after_five_years_more(
    send_bij: Send, bij_mandatary: Viewer
) -> None:
    opened = open_report(report=send_bij(), by=bij_mandatary, at=NOW)
    record_measures(report=opened, measures=Measures.TAKEN, by=bij_mandatary, at=NOW)

    assert texts(at_(bij_mandatary, CLOSING)) == []
    assert len(heads(at_(bij_mandatary, CLOSING))) == 1
    assert len(heads(at_(bij_mandatary, DESTRUCTION - timedelta(days=1)))) == 1
    assert heads(at_(bij_mandatary, DESTRUCTION)) == []


def test_measures_may_be_put_right_until_it_closes(send_bij: Send, bij_mandatary: Viewer) -> None:
    report = open_report(report=send_bij(), by=bij_mandatary, at=NOW)
    record_measures(report=report, measures=Measures.TAKEN, by=bij_mandatary, at=NOW)

    corrected = record_measures(report=report, measures=Measures.NONE, by=bij_mandatary, at=NOW)

    assert corrected.destroy_on == corrected.closes_on
    with pytest.raises(ReportRefused):
        record_measures(report=report, measures=Measures.TAKEN, by=at_(bij_mandatary, CLOSING), at=CLOSING)


def test_the_sender_records_no_measures(send_bij: Send, casemanager: Viewer) -> None:
    with pytest.raises(ReportRefused):
        record_measures(report=send_bij(), measures=Measures.TAKEN, by=casemanager, at=NOW)


def test_destruction_deletes_the_text_and_leaves_the_register(send_bij: Send, bij_mandatary: Viewer) -> None:
    report = open_report(report=send_bij(), by=bij_mandatary, at=NOW)
    lines = AuditLine.objects.filter(object_id=str(report.pk)).count()

    assert destroy_reports(at=CLOSING - timedelta(days=1)) == 0
    assert destroy_reports(at=CLOSING) == 1
    assert destroy_reports(at=CLOSING) == 0

    assert every_text() == 0
    head = SafetyReport.objects.unrestricted(reason="test").get()
    assert head.destroyed_at == CLOSING
    assert Disclosure.objects.filter(document_id=str(report.pk)).exists()
    assert AuditLine.objects.filter(object_id=str(report.pk)).count() == lines + 1


def test_destruction_waits_five_years_when_measures_were_taken(send_bij: Send, bij_mandatary: Viewer) -> None:
    report = open_report(report=send_bij(), by=bij_mandatary, at=NOW)
    record_measures(report=report, measures=Measures.TAKEN, by=bij_mandatary, at=NOW)

    assert destroy_reports(at=DESTRUCTION - timedelta(days=1)) == 0
    assert destroy_reports(at=DESTRUCTION) == 1
    assert every_text() == 0


def test_no_copy_of_a_text_stands_in_any_history(send_bij: Send) -> None:
    send_bij()

    assert not hasattr(SafetyReportText, "history")
    lines = SafetyReport.history.unrestricted(reason="test").values()
    assert "CANARY" not in str(list(lines))
    assert "CANARY" not in str(list(AuditLine.objects.values())) + str(list(ProcessingLine.objects.values()))


def test_a_report_to_the_wrong_gemeente_is_recalled_and_the_log_stays(
    send_bij: Send, bij_mandatary: Viewer, casemanager: Viewer
) -> None:
    """C6.51."""
    report = open_report(report=send_bij(), by=bij_mandatary, at=NOW)

    recalled = recall_report(
        report=report, reason="Verkeerde gemeente", is_data_breach=True, by=casemanager, at=NOW
    )

    assert (recalled.is_data_breach, recalled.recall_reason) == (True, "Verkeerde gemeente")
    assert texts(bij_mandatary) == []
    assert len(heads(bij_mandatary)) == 1
    assert len(texts(casemanager)) == 1
    assert Disclosure.objects.filter(document_id=str(report.pk)).exists()
    with pytest.raises(ReportIsClosed):
        recall_report(report=report, reason="nog eens", is_data_breach=False, by=casemanager, at=NOW)


def test_a_recalled_report_is_not_received_any_more(
    send_bij: Send, bij_mandatary: Viewer, casemanager: Viewer
) -> None:
    report = send_bij()
    recall_report(report=report, reason="Verkeerd", is_data_breach=False, by=casemanager, at=NOW)

    assert open_report(report=report, by=bij_mandatary, at=NOW).received_at is None


def test_reading_without_saying_for_whom_is_refused(send_bij: Send) -> None:
    send_bij()

    for rows in (SafetyReport.objects.all(), SafetyReportText.objects.all(), SafetyReport.history.all()):
        with pytest.raises(UnscopedRead):
            list(rows)
