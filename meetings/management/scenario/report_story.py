"""What a scenario tells a mayor, the reclassering or a ZVH beside the case: BIJ reports and risk information."""

from datetime import datetime

from cases.models import Case
from consent.visibility import RowKind
from meetings.management.scenario.times import Clock, ScenarioFault
from meetings.management.scenario.world import Row, named, need, organisation, viewer
from parties.viewer import Viewer
from plans import actions as plan_actions
from plans.models import Measures, Occasion, SafetyReport


def build_reports(case: Case, story: Row, clock: Clock) -> None:
    """Every report of one case, each by its own person at its own moment."""
    for row in story.get("bijzondereMeldingen", ()):
        at = clock.moment(row.get("op"))
        _build(case, row, clock, by=viewer(row.get("door") or need(story, "door"), at), at=at)


def _build(case: Case, row: Row, clock: Clock, *, by: Viewer, at: datetime) -> None:
    """One report, and its opening where the file says that it was opened."""
    kind = need(row, "soort")
    senders = {RowKind.BIJ_REPORT: _bij, RowKind.RISK_REPORT: _risk}
    if kind not in senders:
        raise ScenarioFault(f"onbekende soort melding {kind}")
    with named(row, "SafetyReport"):
        report = senders[RowKind(kind)](case, row, clock, by, at)
    opened = row.get("geopend")
    if opened:
        moment = clock.moment(opened.get("op"))
        reader = viewer(need(opened, "door"), moment)
        report = plan_actions.open_report(report=report, by=reader, at=moment)
        if opened.get("maatregelen"):
            measures = Measures(opened["maatregelen"])
            plan_actions.record_measures(report=report, measures=measures, by=reader, at=moment)


def _bij(case: Case, row: Row, clock: Clock, by: Viewer, at: datetime) -> SafetyReport:
    expected_on = clock.day(need(row, "verwachtOp"))
    assert expected_on is not None
    return plan_actions.report_bij(
        case=case,
        recipient=organisation(need(row, "ontvanger")),
        occasion=Occasion(row.get("aanleiding", "verlof")),
        expected_on=expected_on,
        address=need(row, "adres"),
        offence=need(row, "delict"),
        conditions=row.get("voorwaarden", ""),
        by=by,
        at=at,
    )


def _risk(case: Case, row: Row, clock: Clock, by: Viewer, at: datetime) -> SafetyReport:
    return plan_actions.report_risk(
        case=case,
        recipient=organisation(need(row, "ontvanger")),
        expected_on=clock.day(row.get("verwachtOp")),
        address=row.get("adres", ""),
        risk=need(row, "risico"),
        request=row.get("vraag", ""),
        by=by,
        at=at,
    )
