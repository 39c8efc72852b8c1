"""What the decisions on one discussed case do, once the meeting is closed (C2, D3, D8)."""

from collections.abc import Iterable
from datetime import date, datetime

from cases.actions import PhaseNotAllowed, advance_phase, meet_deadline, restart_mdo_cycle
from cases.models import Case, Phase
from cases.steps import Step
from meetings.models import AgendaItem, Decision, DecisionKind, ItemKind, Meeting, MeetingKind
from meetings.refusals import MeetingRefusal
from parties.viewer import Viewer
from plans.actions import AssigneeTakesNoPart, PlanNotReady, add_action, adopt_plan
from plans.models import Plan, PlanState
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import day_of


class OnlyMdoAdopts(MeetingRefusal):
    message = "Alleen een MDO stelt het D&R-plan vast."


class NoPlanToAdopt(MeetingRefusal):
    message = "Er is nog geen D&R-plan om vast te stellen."


class AssigneeLeft(MeetingRefusal):
    message = "Een partij die een actie zou krijgen doet niet meer mee in deze zaak. Pas het besluit aan."


class ProcessRefused(MeetingRefusal):
    """The plan or the phase of the case does not allow it yet; the text comes from there."""

    def __init__(self, about: str, why: str) -> None:
        super().__init__()
        self.args = (f"Zaak {about}: {why}",)


def carry_out(
    item: AgendaItem,
    decisions: Iterable[Decision],
    meeting: Meeting,
    *,
    held_at: datetime,
    by: Viewer,
    at: datetime,
) -> None:
    """Adopt the plan, hand out the actions and move the clocks, in this order. Advice stays advice (D3)."""
    held_on, case = day_of(held_at), item.case
    decided = list(decisions)
    if any(decision.kind == DecisionKind.ADOPT_PLAN for decision in decided):
        _adopt(case, meeting, on=held_on, by=by, at=at)
    for decision in decided:
        if decision.assignee is not None:
            _hand_out(decision, by=by, at=at)
    if meeting.kind == MeetingKind.MDO:
        _move_clocks(item, held_on=held_on, by=by, at=at)


def _adopt(case: Case, meeting: Meeting, *, on: date, by: Viewer, at: datetime) -> None:
    """The plan is adopted in an MDO, by its chair (R131, R147, R172)."""
    if meeting.kind != MeetingKind.MDO:
        raise OnlyMdoAdopts(case.number)
    plan = _plan_of(case, by)
    if plan is None:
        raise NoPlanToAdopt(case.number)
    try:
        adopt_plan(plan=plan, meeting_id=meeting.pk, on=on, by=by, at=at)
    except (PlanNotReady, PhaseNotAllowed) as refused:
        raise ProcessRefused(case.number, str(refused)) from refused


def _hand_out(decision: Decision, *, by: Viewer, at: datetime) -> None:
    """From closing on the action stands in the worklist and the API of its party (users.md 3.10)."""
    assert decision.assignee is not None
    try:
        add_action(
            case=decision.case,
            domain=decision.domain,
            text=decision.text,
            assignee=decision.assignee,
            due_on=decision.due_on,
            decision_id=decision.pk,
            by=by,
            at=at,
        )
    except AssigneeTakesNoPart as left:
        raise AssigneeLeft(decision.case.number) from left


def _move_clocks(item: AgendaItem, *, held_on: date, by: Viewer, at: datetime) -> None:
    """Six weeks from the MDO that was held; the first counts from the adoption of the plan (R149, D8)."""
    case = item.case
    if item.kind == ItemKind.PRE_RELEASE:
        why = f"Ontslag besproken in het MDO van {day_text(held_on)}"
        meet_deadline(case=case, step=Step.PRE_RELEASE_CHECK, on=held_on, by=by, at=at, why=why)
    plan = _plan_of(case, by)
    if plan is None or plan.state != PlanState.ADOPTED:
        return
    restart_mdo_cycle(case=case, held_on=held_on, by=by, at=at)
    if case.phase == Phase.PLAN_ADOPTED and plan.adopted_on != held_on:
        advance_phase(case=case, to=Phase.MONITORING, by=by, at=at, why="MDO gehouden na vaststelling")


def _plan_of(case: Case, by: Viewer) -> Plan | None:
    return Plan.objects.visible_to(by).filter(case=case).first()
