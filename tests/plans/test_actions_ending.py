"""What the actions of screening, sheets and plan refuse once the detention is over or the case is closed (C2)."""

from datetime import date

import pytest

from cases.ending import CaseIsClosed, DetentionIsOver
from cases.models import Case, LifeDomain, Phase
from parties.viewer import Viewer
from plans import actions
from plans.models import (
    ActionState,
    ChildCheckAnswer,
    ContributionKind,
    DetaineeView,
    GoalKind,
    GoalState,
    InstrumentKind,
    InstrumentOutcome,
    Plan,
    ReactionAnswer,
    SupportAnswer,
)
from tests.conftest import NOW, World
from tests.factories.plans import ActionFactory, GoalFactory, PlanFactory

TODAY = date(2026, 4, 22)


@pytest.fixture
def plan(case: Case, world: World) -> Plan:
    return PlanFactory(case=case, owner=world.pi, lead=world.pi)


def bring_to(case: Case, phase: Phase) -> None:
    Case.objects.filter(pk=case.pk).update(phase=phase)


def record_housing(case: Case, by: Viewer) -> None:
    answer = SupportAnswer.NONE
    actions.record_domain(case=case, domain=LifeDomain.HOUSING, support_answer=answer, by=by, at=NOW)


def take_reflector(case: Case, by: Viewer) -> None:
    kind, outcome = InstrumentKind.REFLECTOR, InstrumentOutcome.REFUSED
    actions.record_instrument(case=case, kind=kind, outcome=outcome, taken_on=TODAY, by=by, at=NOW)


def ask_about_children(case: Case, by: Viewer) -> None:
    actions.record_child_check(case=case, answer=ChildCheckAnswer.NO, asked_on=TODAY, by=by, at=NOW)


def finish_screening(case: Case, by: Viewer) -> None:
    actions.complete_screening(case=case, by=by, at=NOW)


def ask_the_others(case: Case, by: Viewer) -> None:
    actions.ask_for_contributions(case=case, by=by, at=NOW)


def begin_plan(case: Case, by: Viewer) -> None:
    actions.start_plan(case=case, by=by, at=NOW)


DETENTION = [
    record_housing,
    take_reflector,
    ask_about_children,
    finish_screening,
    ask_the_others,
    begin_plan,
]


@pytest.mark.parametrize("write", DETENTION)
@pytest.mark.parametrize("phase", [Phase.RELEASED_NO_TITLE, Phase.AFTERCARE])
def test_after_release_nobody_screens_or_begins_a_plan(
    case: Case, casemanager: Viewer, write: object, phase: Phase
) -> None:
    bring_to(case, phase)

    assert callable(write)
    with pytest.raises(DetentionIsOver):
        write(case, casemanager)


def test_after_release_goals_are_finished_and_no_goal_is_added(plan: Plan, casemanager: Viewer) -> None:
    goal = GoalFactory(plan=plan)
    bring_to(plan.case, Phase.RELEASED_NO_TITLE)
    words = {"domain": goal.domain, "kind": GoalKind.REINTEGRATION, "text": goal.text}

    with pytest.raises(DetentionIsOver):
        actions.add_goal(plan=plan, **words, by=casemanager, at=NOW)
    with pytest.raises(DetentionIsOver):
        actions.discuss_plan(plan=plan, on=TODAY, view=DetaineeView.AGREED, note="", by=casemanager, at=NOW)

    row = actions.change_goal(goal=goal, **words, state=GoalState.REACHED, by=casemanager, at=NOW)
    assert row.state == GoalState.REACHED


def test_after_release_actions_and_regie_are_handed_over(
    plan: Plan, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    action = ActionFactory(case=plan.case, owner=world.pi, assignee=world.pi)
    bring_to(plan.case, Phase.RELEASED_NO_TITLE)

    handed = actions.change_action(
        action=action,
        domain=action.domain,
        text=action.text,
        assignee=world.zwolle,
        due_on=None,
        by=casemanager,
        at=NOW,
    )
    led = actions.save_plan(
        plan=plan,
        lead=world.zwolle,
        care_part="",
        security_part="",
        reintegration_part="",
        by=casemanager,
        at=NOW,
    )
    reaction = actions.react_to_plan(
        case=plan.case, answer=ReactionAnswer.AGREE, note="", by=coordinator, at=NOW
    )

    assert handed.assignee == led.lead == reaction.owner == world.zwolle


def test_a_closed_case_takes_no_goal_no_action_no_sheet_and_no_reaction(
    plan: Plan, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    case = plan.case
    bring_to(case, Phase.CLOSED)

    with pytest.raises(CaseIsClosed):
        actions.add_action(
            case=case,
            domain="",
            text="bellen",
            assignee=world.pi,
            due_on=None,
            by=casemanager,
            at=NOW,
        )
    with pytest.raises(CaseIsClosed):
        actions.issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW)
    with pytest.raises(CaseIsClosed):
        actions.react_to_plan(case=case, answer=ReactionAnswer.AGREE, note="", by=coordinator, at=NOW)
    with pytest.raises(CaseIsClosed):
        actions.add_contribution(
            case=case,
            domain=LifeDomain.HOUSING,
            kind=ContributionKind.values[0],
            text="x",
            by=coordinator,
            at=NOW,
        )


def test_an_action_that_stands_open_is_ticked_off_in_a_closed_case(
    case: Case, world: World, coordinator: Viewer
) -> None:
    action = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
    bring_to(case, Phase.CLOSED)

    row = actions.close_action(
        action=action, state=ActionState.DROPPED, result="", expected_version=1, by=coordinator, at=NOW
    )

    assert row.state == ActionState.DROPPED
