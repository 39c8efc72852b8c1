"""Closing an MDO: only then its decisions work, and only for the cases that were discussed (D3, D8, R131, R149)."""

from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline, LifeDomain, Phase, Programme
from meetings.access import decisions_of
from meetings.actions import Discussion, Presence, hold_meeting, invite, record_decision
from meetings.actions.attending import AbsenceWithoutReason
from meetings.actions.effects import NoPlanToAdopt, OnlyMdoAdopts, ProcessRefused
from meetings.actions.holding import (
    DecisionMissing,
    DetaineeAbsentWithoutReason,
    HeldInFuture,
    NothingDiscussed,
)
from meetings.models import AgendaItem, Attendance, DecisionKind, Meeting, MeetingKind, MeetingState
from meetings.refusals import MeetingClosed, NotAllowed
from parties.models import RoleKind
from parties.viewer import viewer_for
from plans.models import Action, Plan, PlanState, PlanVersion
from reintegratie.lib.versions import StaleVersion
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MEETING_DAY, MeetingFactory, on_agenda
from tests.factories.plans import PlanFactory

AFTER = MEETING_DAY + timedelta(hours=3)
PRESENT = Discussion(detainee_present=True)


@pytest.fixture
def chair(unit_head, at):
    return at(unit_head, AFTER)


@pytest.fixture
def secretary(casemanager, at):
    return at(casemanager, MEETING_DAY)


@pytest.fixture
def plan(case, world):
    """Discussed with the detainee, regie with the PI: ready to be adopted."""
    Case.objects.filter(pk=case.pk).update(phase=Phase.PLAN_CONCEPT)
    case.refresh_from_db()
    return PlanFactory(
        case=case, owner=world.pi, lead=world.pi, state=PlanState.DISCUSSED, discussed_on=date(2026, 5, 12)
    )


def decide(item, by, kind=DecisionKind.CONTINUE, **more):
    return record_decision(item=item, kind=kind, by=by, at=by.at, **more)


def hold(mdo, chair, *items, **more):
    discussed = {item.pk: PRESENT for item in items}
    return hold_meeting(
        **{"meeting": mdo, "discussed": discussed, "held_at": MEETING_DAY, **more}, by=chair, at=AFTER
    )


def open_terms(case):
    rows = Deadline.objects.filter(case=case).open().order_by("due_on")
    return [(row.step, row.due_on) for row in rows]


def test_closing_records_the_chair_the_moment_and_who_was_there(mdo, item, chair, secretary, world):
    decide(item, secretary)

    people = [
        Presence(world.pi, "Henk Wolters"),
        Presence(world.zwolle, "Yara Özdemir", present=False, reason="ziek"),
    ]
    held = hold(mdo, chair, item, people=people)

    assert (held.state, held.held_at, held.chaired_by) == (MeetingState.HELD, MEETING_DAY, chair.user)
    assert Attendance.objects.filter(meeting=mdo, present=True).get().person == "Henk Wolters"
    assert Attendance.objects.filter(meeting=mdo, present=False).get().reason == "ziek"


def test_the_casemanager_prepares_but_does_not_close(mdo, item, secretary, at):
    decide(item, secretary)

    with pytest.raises(NotAllowed):
        hold(mdo, at(secretary, AFTER), item)


def test_another_afdelingshoofd_does_not_close_the_meeting_of_this_chair(mdo, item, secretary, hire, world):
    decide(item, secretary)
    other = viewer_for(hire(world.pi, RoleKind.UNIT_HEAD), at=AFTER)

    with pytest.raises(NotAllowed):
        hold(mdo, other, item)


def test_the_deputy_closes_and_is_recorded(world, unit_head, director, case, secretary, at):
    mdo = MeetingFactory(organisation=world.pi, chair=unit_head.user, deputy=director.user)
    item = on_agenda(mdo, case, secretary)
    decide(item, secretary)

    held = hold(mdo, at(director, AFTER), item)

    assert held.chaired_by == director.user


def test_the_first_mdo_adopts_the_plan_and_starts_the_six_weeks(mdo, item, case, plan, chair, secretary):
    DeadlineFactory(case=case, step="plan_adoption", due_on=date(2026, 5, 18))
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    hold(mdo, chair, item)

    case.refresh_from_db()
    plan = Plan.objects.unrestricted(reason="test").get(pk=plan.pk)
    assert (plan.state, plan.adopted_on) == (PlanState.ADOPTED, date(2026, 5, 18))
    assert PlanVersion.objects.unrestricted(reason="test").get().meeting_id == mdo.pk
    assert case.phase == Phase.PLAN_ADOPTED
    assert open_terms(case) == [("mdo_cycle", date(2026, 6, 29))]


def test_the_six_weeks_count_from_the_day_it_was_held_and_not_from_when_it_was_written(
    mdo, item, case, plan, chair, secretary, at
):
    decide(item, secretary, DecisionKind.ADOPT_PLAN)
    much_later = AFTER + timedelta(days=3)

    hold_meeting(
        meeting=mdo,
        discussed={item.pk: PRESENT},
        held_at=MEETING_DAY,
        by=at(chair, much_later),
        at=much_later,
    )

    assert ("mdo_cycle", date(2026, 6, 29)) in open_terms(case)


def test_a_plan_is_not_adopted_before_the_meeting_is_closed(mdo, item, case, plan, secretary):
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    assert Plan.objects.unrestricted(reason="test").get(pk=plan.pk).state == PlanState.DISCUSSED
    case.refresh_from_db()
    assert case.last_mdo_held_on is None


def test_an_mdo_before_the_plan_is_adopted_starts_no_six_weeks(mdo, item, case, plan, chair, secretary):
    DeadlineFactory(case=case, step="plan_adoption", due_on=date(2026, 5, 18))
    decide(item, secretary, DecisionKind.OTHER, text="Plan nog aanvullen")

    hold(mdo, chair, item)

    assert open_terms(case) == [("plan_adoption", date(2026, 5, 18))]


def test_the_next_mdo_restarts_the_six_weeks_and_brings_the_case_to_monitoring(
    mdo, item, case, plan, chair, secretary, unit_head, world, at
):
    decide(item, secretary, DecisionKind.ADOPT_PLAN)
    hold(mdo, chair, item)
    second_day = MEETING_DAY + timedelta(days=35)
    second = MeetingFactory(organisation=world.pi, chair=unit_head.user, starts_at=second_day)
    later = at(secretary, second_day)
    next_item = on_agenda(second, case, later)
    decide(next_item, later)

    hold_meeting(
        meeting=second,
        discussed={next_item.pk: PRESENT},
        held_at=second_day,
        by=at(chair, second_day),
        at=second_day,
    )

    case.refresh_from_db()
    assert case.phase == Phase.MONITORING
    assert open_terms(case) == [("mdo_cycle", date(2026, 8, 3))]


def test_a_case_that_was_not_discussed_keeps_its_term(mdo, item, case, deventer_case, chair, secretary, plan):
    other = on_agenda(mdo, deventer_case, secretary)
    DeadlineFactory(case=deventer_case, step="mdo_cycle", due_on=date(2026, 5, 20))
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    hold(mdo, chair, item)

    assert open_terms(deventer_case) == [("mdo_cycle", date(2026, 5, 20))]
    assert not AgendaItem.objects.unrestricted(reason="test").get(pk=other.pk).discussed


def test_only_an_mdo_adopts_a_plan(world, unit_head, case, plan, chair, secretary):
    other = MeetingFactory(organisation=world.pi, chair=unit_head.user, kind=MeetingKind.INFLOW)
    item = on_agenda(other, case, secretary)
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    with pytest.raises(OnlyMdoAdopts):
        hold(other, chair, item)


def test_another_kind_of_meeting_moves_no_six_weeks(
    world, unit_head, case, plan, mdo, item, chair, secretary, at
):
    decide(item, secretary, DecisionKind.ADOPT_PLAN)
    hold(mdo, chair, item)
    other = MeetingFactory(
        organisation=world.pi,
        chair=unit_head.user,
        kind=MeetingKind.DTB,
        starts_at=MEETING_DAY + timedelta(days=7),
    )
    later = at(secretary, AFTER)
    other_item = on_agenda(other, case, later)
    decide(other_item, later)

    hold_meeting(
        meeting=other,
        discussed={other_item.pk: PRESENT},
        by=at(chair, AFTER + timedelta(days=8)),
        at=AFTER + timedelta(days=8),
    )

    assert open_terms(case) == [("mdo_cycle", date(2026, 6, 29))]


def test_without_a_plan_nothing_is_adopted(mdo, item, chair, secretary):
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    with pytest.raises(NoPlanToAdopt):
        hold(mdo, chair, item)


def test_a_plan_that_was_not_discussed_with_the_detainee_is_refused_with_the_case_number(
    mdo, item, case, chair, secretary, world
):
    PlanFactory(case=case, owner=world.pi, lead=world.pi)
    decide(item, secretary, DecisionKind.ADOPT_PLAN)

    with pytest.raises(ProcessRefused, match=case.number):
        hold(mdo, chair, item)


def test_one_case_that_refuses_leaves_the_whole_meeting_open(
    mdo, item, case, plan, deventer_case, chair, secretary, world
):
    other = on_agenda(mdo, deventer_case, secretary)
    decide(item, secretary, DecisionKind.ADOPT_PLAN)
    decide(other, secretary, DecisionKind.ADOPT_PLAN)

    with pytest.raises(NoPlanToAdopt):
        hold(mdo, chair, item, other)

    assert Meeting.objects.get(pk=mdo.pk).state == MeetingState.PLANNED
    assert Plan.objects.unrestricted(reason="test").get(pk=plan.pk).state == PlanState.DISCUSSED


def test_advice_on_promotion_changes_nothing(mdo, item, case, chair, secretary):
    decide(item, secretary, DecisionKind.PROMOTION_ADVICE)

    hold(mdo, chair, item)

    case.refresh_from_db()
    assert case.programme == Programme.BASIC


def test_a_decision_becomes_the_work_of_its_party(mdo, item, case, chair, secretary, coordinator, world, at):
    decision = decide(
        item,
        secretary,
        DecisionKind.ACTION,
        text="Inschrijven als woningzoekende",
        domain=LifeDomain.HOUSING,
        assignee=world.zwolle,
        due_on=date(2026, 6, 1),
    )

    hold(mdo, chair, item)

    action = Action.objects.visible_to(at(coordinator, AFTER)).get()
    assert (action.text, action.assignee, action.due_on) == (
        "Inschrijven als woningzoekende",
        world.zwolle,
        date(2026, 6, 1),
    )
    assert action.decision_id == decision.pk


@pytest.mark.parametrize("invited", [True, False])
@pytest.mark.parametrize("consented", [True, False])
def test_the_gemeente_reads_decisions_of_its_own_item_in_a_domain_with_a_ground(
    invited, consented, mdo, item, case, chair, secretary, coordinator, world, at
):
    if invited:
        invite(item=item, organisation=world.zwolle, by=secretary, at=secretary.at)
    if consented:
        ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    decision = decide(item, secretary, text="Zo doorgaan", domain=LifeDomain.HOUSING)
    decide(item, secretary, text="Over iets anders", domain=LifeDomain.DEBTS)
    decide(item, secretary, text="Zonder leefgebied")

    hold(mdo, chair, item)

    expected = [decision] if invited and consented else []
    assert list(decisions_of(at(coordinator, AFTER))) == expected


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"held_at": AFTER + timedelta(minutes=1)}, HeldInFuture),
        ({"discussed": {}}, NothingDiscussed),
        ({"expected_version": 1}, StaleVersion),
    ],
)
def test_what_cannot_be_closed(wrong, refusal, mdo, item, chair, secretary):
    decide(item, secretary)

    with pytest.raises(refusal):
        hold(mdo, chair, item, **wrong)


def test_a_discussed_case_has_a_decision(mdo, item, chair):
    with pytest.raises(DecisionMissing):
        hold(mdo, chair, item)


def test_an_absent_detainee_has_a_reason(mdo, item, chair, secretary):
    decide(item, secretary)

    with pytest.raises(DetaineeAbsentWithoutReason):
        hold(mdo, chair, item, discussed={item.pk: Discussion(detainee_present=False, absence_reason=" ")})


def test_an_absent_person_has_a_reason(mdo, item, chair, secretary, world):
    decide(item, secretary)

    with pytest.raises(AbsenceWithoutReason):
        hold(mdo, chair, item, people=[Presence(world.zwolle, "Yara Özdemir", present=False)])


def test_a_meeting_is_closed_once(mdo, item, chair, secretary):
    decide(item, secretary)
    hold(mdo, chair, item)

    with pytest.raises(MeetingClosed):
        hold(mdo, chair, item)
