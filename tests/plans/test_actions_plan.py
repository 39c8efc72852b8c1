"""The D&R-plan: concept, discussed, adopted and frozen; goals and actions, and who may tick them off (R147, R171-R172)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from cases.actions import PhaseNotAllowed
from cases.models import Case, CaseParty, Deadline, DeadlineStatus, LifeDomain, Notification, Phase
from cases.steps import Step
from parties.viewer import Viewer
from plans.actions import (
    AssigneeTakesNoPart,
    LeadTakesNoPart,
    PlanNotReady,
    WorkerElsewhere,
    add_action,
    add_goal,
    adopt_plan,
    change_action,
    change_goal,
    close_action,
    discuss_plan,
    react_to_plan,
    save_plan,
    start_plan,
)
from plans.models import (
    Action,
    ActionState,
    DetaineeView,
    Goal,
    GoalKind,
    GoalState,
    Plan,
    PlanReaction,
    PlanState,
    PlanVersion,
    PlanVersionPart,
    ReactionAnswer,
)
from plans.versions import ADDED, CHANGED, DROPPED, SAME, compare, parts_of_version, visible_versions
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory

TODAY = date(2026, 4, 22)


@pytest.fixture
def plan(case: Case, casemanager: Viewer) -> Plan:
    case.phase = Phase.SCREENED
    Case.objects.filter(pk=case.pk).update(phase=Phase.SCREENED)
    return start_plan(case=case, by=casemanager, at=NOW)


@pytest.fixture
def goal(plan: Plan, casemanager: Viewer) -> Goal:
    return add_goal(
        plan=plan,
        domain=LifeDomain.HOUSING,
        kind=GoalKind.REINTEGRATION,
        text="Een kamer op de dag van ontslag",
        by=casemanager,
        at=NOW,
    )


@pytest.fixture
def action(plan: Plan, goal: Goal, world: World, casemanager: Viewer) -> Action:
    return add_action(
        case=plan.case,
        domain=LifeDomain.HOUSING,
        text="Urgentie aanvragen",
        assignee=world.zwolle,
        due_on=date(2026, 5, 20),
        goal=goal,
        by=casemanager,
        at=NOW,
    )


def discuss(plan: Plan, by: Viewer) -> Plan:
    return discuss_plan(plan=plan, on=TODAY, view=DetaineeView.COULD_NOT, note="ziek", by=by, at=NOW)


def adopt(plan: Plan, by: Viewer) -> PlanVersion:
    return adopt_plan(plan=plan, meeting_id=uuid4(), on=TODAY, by=by, at=NOW)


def test_there_is_one_plan_per_case_and_starting_again_gives_the_same(
    plan: Plan, casemanager: Viewer
) -> None:
    assert start_plan(case=plan.case, by=casemanager, at=NOW) == plan
    assert (plan.state, plan.lead) == (PlanState.CONCEPT, casemanager.organisation)


def test_a_plan_begins_after_the_screening(case: Case, casemanager: Viewer) -> None:
    with pytest.raises(PhaseNotAllowed):
        start_plan(case=case, by=casemanager, at=NOW)


def test_the_second_of_two_editors_of_the_plan_is_refused(
    plan: Plan, casemanager: Viewer, unit_head: Viewer
) -> None:
    def save(by: Viewer, text: str) -> Plan:
        return save_plan(
            plan=plan,
            lead=casemanager.organisation,
            care_part=text,
            security_part="",
            reintegration_part="",
            expected_version=1,
            by=by,
            at=NOW,
        )

    save(casemanager, "eerst")

    with pytest.raises(StaleVersion):
        save(unit_head, "daarna")
    assert Plan.objects.visible_to(casemanager).get().care_part == "eerst"


def test_the_regie_lies_with_a_party_of_the_case(plan: Plan, world: World, casemanager: Viewer) -> None:
    with pytest.raises(LeadTakesNoPart):
        save_plan(
            plan=plan,
            lead=world.deventer,
            care_part="",
            security_part="",
            reintegration_part="",
            by=casemanager,
            at=NOW,
        )


def test_a_plan_that_was_not_discussed_cannot_be_adopted(plan: Plan, casemanager: Viewer) -> None:
    with pytest.raises(PlanNotReady) as refused:
        adopt(plan, casemanager)

    assert refused.value.missing == ["Het plan is nog niet besproken met de gedetineerde."]


def test_that_the_detainee_could_not_react_is_an_answer_and_the_plan_can_be_adopted(
    plan: Plan, action: Action, casemanager: Viewer
) -> None:
    DeadlineFactory(case=plan.case, step=Step.PLAN_ADOPTION)
    discuss(plan, casemanager)

    version = adopt(plan, casemanager)

    plan.case.refresh_from_db()
    stored = Plan.objects.visible_to(casemanager).get()
    assert (version.number, stored.state, plan.case.phase) == (1, PlanState.ADOPTED, Phase.PLAN_ADOPTED)
    assert Deadline.objects.get(case=plan.case).status == DeadlineStatus.MET
    assert version.inner_part["toelichting_gedetineerde"] == "ziek"


def test_adopting_twice_in_one_meeting_gives_one_version(plan: Plan, casemanager: Viewer) -> None:
    discuss(plan, casemanager)
    meeting = uuid4()

    first = adopt_plan(plan=plan, meeting_id=meeting, on=TODAY, by=casemanager, at=NOW)
    again = adopt_plan(plan=plan, meeting_id=meeting, on=TODAY, by=casemanager, at=NOW)

    assert first == again
    assert PlanVersion.objects.visible_to(casemanager).count() == 1


def test_an_adopted_version_keeps_its_words_when_the_plan_lives_on(
    plan: Plan, goal: Goal, action: Action, casemanager: Viewer
) -> None:
    discuss(plan, casemanager)
    adopt(plan, casemanager)

    change_goal(
        goal=goal,
        domain=goal.domain,
        kind=goal.kind,
        text="Terug naar de eigen woning",
        state=GoalState.OPEN,
        by=casemanager,
        at=NOW,
    )

    frozen = parts_of_version(plan.case, casemanager, 1)[LifeDomain.HOUSING]
    assert frozen["doelen"][0]["tekst"] == "Een kamer op de dag van ontslag"


def test_versions_differ_in_words(plan: Plan, goal: Goal, action: Action, casemanager: Viewer) -> None:
    discuss(plan, casemanager)
    adopt(plan, casemanager)
    change_goal(
        goal=goal, domain=goal.domain, kind=goal.kind, text="Anders", state=goal.state, by=casemanager, at=NOW
    )
    add_goal(plan=plan, domain=goal.domain, kind=GoalKind.BEHAVIOUR, text="Nieuw", by=casemanager, at=NOW)
    adopt(plan, casemanager)
    older = parts_of_version(plan.case, casemanager, 1)[LifeDomain.HOUSING]
    newer = parts_of_version(plan.case, casemanager, 2)[LifeDomain.HOUSING]

    assert {line.change for line in compare(newer, older, "doelen")} == {CHANGED, ADDED}
    assert [line.change for line in compare(newer, older, "acties")] == [SAME]
    assert [line.change for line in compare(None, older, "acties")] == [DROPPED]


def test_a_party_reads_of_a_version_only_the_domains_it_may_see(
    plan: Plan, goal: Goal, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    add_goal(plan=plan, domain=LifeDomain.CARE, kind=GoalKind.BEHAVIOUR, text="x", by=casemanager, at=NOW)
    discuss(plan, casemanager)
    adopt(plan, casemanager)

    assert visible_versions(plan.case, coordinator) == []
    ConsentFactory(case=plan.case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    assert set(parts_of_version(plan.case, coordinator, 1)) == {LifeDomain.HOUSING}
    assert not PlanVersion.objects.visible_to(coordinator).exists()
    assert PlanVersionPart.objects.visible_to(casemanager).count() == 2


def test_work_goes_to_a_party_of_the_case_only(plan: Plan, world: World, casemanager: Viewer) -> None:
    with pytest.raises(AssigneeTakesNoPart):
        add_action(
            case=plan.case, domain="", text="x", assignee=world.deventer, due_on=None, by=casemanager, at=NOW
        )


def test_the_worker_works_at_the_party_that_must_do_it(
    plan: Plan, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    with pytest.raises(WorkerElsewhere):
        add_action(
            case=plan.case,
            domain="",
            text="x",
            assignee=world.pi,
            worker=coordinator.user,
            due_on=None,
            by=casemanager,
            at=NOW,
        )


def test_the_assignee_is_told_once_and_again_when_the_work_moves(
    plan: Plan, action: Action, world: World, casemanager: Viewer
) -> None:
    def move(to: object) -> None:
        change_action(
            action=action,
            domain=action.domain,
            text=action.text,
            assignee=to,
            due_on=action.due_on,
            by=casemanager,
            at=NOW,
        )

    move(world.zwolle)
    move(world.probation)

    told = Notification.objects.filter(kind="actie-toegewezen", channel="gebeurtenis")
    assert [row.organisation for row in told.order_by("pk")] == [world.zwolle, world.probation]


def test_ticking_off_tells_the_pi_and_keeps_who_did_it(
    action: Action, world: World, coordinator: Viewer
) -> None:
    done = close_action(
        action=action, state=ActionState.DONE, result="Toegekend", expected_version=1, by=coordinator, at=NOW
    )

    assert (done.state, done.closed_at, done.version) == (ActionState.DONE, NOW, 2)
    assert world.zwolle.name in done.closed_by
    assert Notification.objects.filter(kind="actie-afgedaan", organisation=world.pi).exists()


def test_a_stale_tick_is_refused(action: Action, casemanager: Viewer, coordinator: Viewer) -> None:
    close_action(
        action=action, state=ActionState.DROPPED, result="", expected_version=1, by=casemanager, at=NOW
    )

    with pytest.raises(StaleVersion):
        close_action(
            action=action, state=ActionState.DONE, result="", expected_version=1, by=coordinator, at=NOW
        )


def test_an_action_can_be_opened_again(action: Action, coordinator: Viewer) -> None:
    for state, version in ((ActionState.DONE, 1), (ActionState.OPEN, 2)):
        row = close_action(
            action=action, state=state, result="", expected_version=version, by=coordinator, at=NOW
        )

    assert (row.state, row.closed_at, row.closed_by) == (ActionState.OPEN, None, "")


def test_a_reaction_names_the_version_this_party_could_read(
    plan: Plan, goal: Goal, world: World, casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer
) -> None:
    ConsentFactory(case=plan.case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    discuss(plan, casemanager)
    adopt(plan, casemanager)

    reactions = [
        react_to_plan(case=plan.case, answer=ReactionAnswer.OBJECT, note="", by=by, at=NOW)
        for by in (coordinator, probation_officer)
    ]

    assert [row.plan_version_number for row in reactions] == [1, 0]
    assert PlanReaction.objects.visible_to(casemanager).count() == 2
    assert list(PlanReaction.objects.visible_to(coordinator)) == [reactions[0]]


def test_work_in_a_hidden_domain_is_noticed_in_the_feed_by_its_assignee_alone(
    plan: Plan, world: World, casemanager: Viewer
) -> None:
    later = NOW + timedelta(hours=1)

    add_action(
        case=plan.case,
        domain=LifeDomain.DEBTS,
        text="Schulden inventariseren",
        assignee=world.zwolle,
        due_on=None,
        by=casemanager,
        at=later,
    )

    noticed = CaseParty.objects.filter(case=plan.case, changed_at=later)
    assert {row.party for row in noticed} == {world.pi, world.zwolle}
