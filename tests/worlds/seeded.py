"""A world in which every text that somebody might not see carries a mark of its own.

It is built through the real actions, so that what they write beside a row (history, messages, tasks, ledgers, frozen
copies) is there as well. One person is shared by all parties; one is of another gemeente; one sits in another PI.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from cases.actions import choose_resettlement, open_task
from cases.models import Capacity, Case, CaseParty, LifeDomain, TaskKind
from consent.actions import decide, withdraw_consent
from consent.models import Answer, Consent, Evidence
from meetings.actions import (
    Discussion,
    Presence,
    answer_invitation,
    hold_meeting,
    invite,
    plan_meeting,
    record_decision,
)
from meetings.models import AgendaItem, DecisionKind, InvitationAnswer, ItemKind, Meeting
from parties.models import Organisation, PartyKind
from parties.viewer import Viewer
from plans.actions import (
    add_action,
    add_contribution,
    add_goal,
    change_goal,
    close_action,
    complete_screening,
    discuss_plan,
    issue_sheet,
    react_to_plan,
    record_child_check,
    record_child_contact,
    record_domain,
    record_instrument,
    report_bij,
    report_risk,
    save_plan,
    start_plan,
)
from plans.models import (
    ActionState,
    ChildCheckAnswer,
    ContributionKind,
    DetaineeView,
    GoalKind,
    GoalState,
    InstrumentKind,
    InstrumentOutcome,
    Occasion,
    Plan,
    ReactionAnswer,
    SupportAnswer,
)
from reintegratie.lib.history import save_as
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.cases import (
    CaseFactory,
    DeadlineFactory,
    DetaineeFactory,
    FacilityStayFactory,
    SuspensionFactory,
    take_part,
)
from tests.factories.meetings import on_agenda
from tests.factories.parties import OrganisationFactory
from tests.worlds.people import know_addresses, know_people, law, write_notes

BUILT = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
"""When everything was written. Meetings were held an hour later."""
READ = BUILT + timedelta(hours=3)
"""When everybody looks."""

MARK = re.compile(r"KAN\d{4}RIE")
_numbers = count(1)

HOUSING, WORK, DEBTS, CARE = (
    LifeDomain.HOUSING,
    LifeDomain.WORK_INCOME,
    LifeDomain.DEBTS,
    LifeDomain.CARE,
)
WRITTEN = ("", HOUSING, WORK, DEBTS, CARE)
"""In which domains parties bring something in and plan something: shared with this one, that one, or nobody."""
TEXT_QUESTIONS = {HOUSING: "plek_bij_ontslag", WORK: "werkgever", CARE: "zorgaanbieder"}
"""The questions that are answered with a text."""

SHARED = {
    "zwolle": (HOUSING, WORK),
    "kampen": (WORK,),
    "probation": (HOUSING, CARE, LifeDomain.NETWORK),
    "partner": (HOUSING,),
}
"""For which domains the detainee said yes, to whom. All else he refused or was not asked."""
EXPIRED = {"zwolle": (LifeDomain.IDENTITY,)}
"""A yes for a period that is over."""


def mark() -> str:
    """A text that stands nowhere else."""
    return f"KAN{next(_numbers):04d}RIE"


def marks_in(text: str) -> set[str]:
    return set(MARK.findall(text))


@dataclass
class Seeded:
    """The three cases and the rows that addresses name."""

    world: World
    shared: Case
    deventer: Case
    elsewhere: Case
    held: Meeting
    coming: Meeting
    items: list[AgendaItem]
    casemanager: Viewer
    newcomers: list[Organisation]
    """A reclassering, a partner and a gemeente that take part in nothing yet."""

    @property
    def cases(self) -> list[Case]:
        return [self.shared, self.deventer, self.elsewhere]


@dataclass(frozen=True)
class Team:
    """Who does the work in this world."""

    casemanager: Viewer
    unit_head: Viewer
    other_casemanager: Viewer
    coordinator: Viewer
    other_coordinator: Viewer
    kampen_coordinator: Viewer
    probation_officer: Viewer
    risk_officer: Viewer
    bij_mandatary: Viewer


def seed(world: World, case: Case, team: Team) -> Seeded:
    """Build the world. ``case`` is of PI Zwolle, gemeente Zwolle and Reclassering Nederland."""
    _frame(case)
    deventer = _another_case(world.pi, world.deventer)
    elsewhere = _another_case(world.other_pi, world.zwolle)
    take_part(case, world.partner, Capacity.PARTNER)
    choose_resettlement(case=case, municipality=world.kampen, by=team.casemanager, at=BUILT)
    _consents(case, world, team.casemanager)
    for one, by in (
        (case, team.casemanager),
        (deventer, team.casemanager),
        (elsewhere, team.other_casemanager),
    ):
        _screen(one, by)
    law()
    write_notes(case, (team.casemanager, team.probation_officer), mark, BUILT)
    know_people(case, world, team.casemanager, mark, BUILT)
    know_addresses(case, team.casemanager, mark, BUILT)
    _contribute(case, team.coordinator, team.probation_officer, team.kampen_coordinator)
    _contribute(deventer, team.other_coordinator)
    _tasks(case, world)
    plan = _plan(case, world, team)
    _plan(deventer, world, team, mixed=False)
    for party in (world.zwolle, world.kampen, world.probation):
        issue_sheet(case=case, recipient=party, by=team.casemanager, at=BUILT)
    held, item = _hold(case, world, team)
    _after(plan, case, team)
    _tell_beside(case, world, team)
    coming, items = _announce(case, deventer, world, team)
    return Seeded(
        world, case, deventer, elsewhere, held, coming, [item, *items], team.casemanager, _newcomers()
    )


def _newcomers() -> list[Organisation]:
    kinds = (PartyKind.PROBATION, PartyKind.PARTNER, PartyKind.MUNICIPALITY)
    return [OrganisationFactory(kind=kind, code="0001", name="Aaa") for kind in kinds]


def _frame(case: Case) -> None:
    """Marks in what only some may know of the frame."""
    person = case.detainee
    person.surname, person.bsn = mark(), "999990019"
    save_as(person, by=TestActor(), at=BUILT, why="test")
    case.post_release_title = mark()
    save_as(case, by=TestActor(), at=BUILT, why="test")
    row = CaseParty.objects.get(case=case, capacity=Capacity.PROBATION)
    row.assignment = mark()
    save_as(row, by=TestActor(), at=BUILT, why="test")
    screening = DeadlineFactory(case=case, suspended_on=BUILT.date(), suspended_until=date(2026, 5, 1))
    SuspensionFactory(
        case=case,
        deadline=screening,
        party=_prison_of(case),
        state="verleend",
        until=date(2026, 5, 1),
        note=mark(),
    )
    DeadlineFactory(
        case=case, step="plan_adoption", step_valid_from=date(2021, 7, 1), due_on=date(2026, 5, 18)
    )


def _prison_of(case: Case) -> Organisation:
    return CaseParty.objects.get(case=case, capacity=Capacity.PRISON).party


def _another_case(prison: Organisation, origin: Organisation) -> Case:
    person = DetaineeFactory(surname=mark(), bsn="999990020" if origin.code == "0150" else None)
    case = CaseFactory(detainee=person, origin_municipality=origin, post_release_title=mark())
    FacilityStayFactory(case=case, facility=prison)
    take_part(case, prison, Capacity.PRISON)
    take_part(case, origin, Capacity.ORIGIN)
    DeadlineFactory(case=case)
    return case


def _consents(case: Case, world: World, by: Viewer) -> None:
    """What he agreed to, one that is over, and a no with its explanation."""
    for name, domains in SHARED.items():
        _decided(case, getattr(world, name), dict.fromkeys(domains, Answer.GIVEN), by)
    _decided(case, world.probation, {DEBTS: Answer.REFUSED}, by)
    for name, domains in EXPIRED.items():
        until = READ - timedelta(minutes=1)
        _decided(case, getattr(world, name), dict.fromkeys(domains, Answer.GIVEN), by, valid_until=until)
    _decided(case, world.zwolle, {LifeDomain.NETWORK: Answer.GIVEN}, by)
    taken_back = Consent.objects.get(case=case, recipient=world.zwolle, domain=LifeDomain.NETWORK)
    withdraw_consent(consent=taken_back, reason=mark(), by=by, at=BUILT)


def _decided(
    case: Case,
    recipient: Organisation,
    answers: dict[LifeDomain, Answer],
    by: Viewer,
    valid_until: datetime | None = None,
) -> None:
    decide(
        case=case,
        recipient=recipient,
        answers=answers,
        given_at=BUILT - timedelta(minutes=30),
        evidence=Evidence.SIGNED,
        explained_how=mark(),
        representative=mark(),
        valid_until=valid_until,
        by=by,
        at=BUILT,
    )


def _screen(case: Case, by: Viewer) -> None:
    """Every domain with a request and, where the questions ask for one, a text; the instruments and the kind-check."""
    for domain in LifeDomain:
        facts: dict[str, object] = {TEXT_QUESTIONS[domain]: mark()} if domain in TEXT_QUESTIONS else {}
        record_domain(
            case=case,
            domain=domain,
            support_answer=SupportAnswer.REQUEST,
            support_request=mark(),
            facts=facts | ({"geldig_aanwezig": "ja"} if domain == LifeDomain.IDENTITY else {}),
            by=by,
            at=BUILT,
        )
    for kind in InstrumentKind:
        record_instrument(
            case=case, kind=kind, outcome=InstrumentOutcome.LOW, taken_on=by.on, note=mark(), by=by, at=BUILT
        )
    check = record_child_check(
        case=case, answer=ChildCheckAnswer.YES, is_urgent=True, asked_on=by.on, by=by, at=BUILT
    )
    record_child_contact(
        check=check,
        contacted_on=by.on,
        contacted_who=mark(),
        expected_version=check.version,
        by=by,
        at=BUILT,
    )
    complete_screening(case=case, by=by, at=BUILT)


def _contribute(case: Case, *parties: Viewer) -> None:
    """Each of these brings something in, with a domain and without one."""
    for by in parties:
        for domain in WRITTEN:
            add_contribution(
                case=case, domain=domain, kind=ContributionKind.ADVICE, text=mark(), by=by, at=BUILT
            )


def _tasks(case: Case, world: World) -> None:
    for party in (world.pi, world.zwolle, world.probation, world.partner):
        open_task(
            case=case,
            party=party,
            kind=TaskKind.MEETING_FOLLOW_UP,
            explanation=mark(),
            by=TestActor(),
            at=BUILT,
        )


def _plan(case: Case, world: World, team: Team, *, mixed: bool = True) -> Plan:
    """Three inner parts, goals and actions; ``mixed``: actions for other parties and their reactions."""
    by = team.casemanager
    plan = start_plan(case=case, by=by, at=BUILT)
    save_plan(
        plan=plan,
        lead=world.pi,
        care_part=mark(),
        security_part=mark(),
        reintegration_part=mark(),
        by=by,
        at=BUILT,
    )
    for domain in WRITTEN:
        kind = GoalKind.REINTEGRATION if domain else GoalKind.BEHAVIOUR
        goal = add_goal(plan=plan, domain=domain, kind=kind, text=mark(), by=by, at=BUILT)
        due = date(2026, 6, 1)
        add_action(
            case=case, domain=domain, text=mark(), assignee=world.pi, due_on=due, goal=goal, by=by, at=BUILT
        )
    if mixed:
        for party in (world.zwolle, world.kampen, world.probation, world.partner):
            _action_for(case, party, by)
    discuss_plan(plan=plan, on=by.on, view=DetaineeView.AGREED, note=mark(), by=by, at=BUILT)
    return plan


def _action_for(case: Case, party: Organisation, by: Viewer) -> None:
    """One that is open and one that is done, in a domain that is shared with nobody."""
    for done in (False, True):
        action = add_action(
            case=case, domain=DEBTS, text=mark(), assignee=party, due_on=date(2026, 5, 1), by=by, at=BUILT
        )
        if done:
            close_action(
                action=action,
                state=ActionState.DONE,
                result=mark(),
                expected_version=action.version,
                by=by,
                at=BUILT,
            )


def _hold(case: Case, world: World, team: Team) -> tuple[Meeting, AgendaItem]:
    """An MDO that adopted the plan, with gemeente Zwolle and the reclassering at the table."""
    at = BUILT + timedelta(hours=1)
    chair = replace(team.unit_head, at=at)
    assert chair.user is not None
    meeting = plan_meeting(starts_at=at, chair=chair.user, place="Overlegkamer 2", by=chair, at=BUILT)
    item = on_agenda(meeting, case, replace(chair, at=BUILT), ItemKind.ADOPTION, proposal=mark())
    for party in (world.zwolle, world.probation):
        invite(item=item, organisation=party, by=chair, at=BUILT)
    record_decision(item=item, kind=DecisionKind.ADOPT_PLAN, text=mark(), by=chair, at=at)
    for domain in (*LifeDomain,):
        record_decision(item=item, kind=DecisionKind.OTHER, text=mark(), domain=domain, by=chair, at=at)
    record_decision(
        item=item,
        kind=DecisionKind.ACTION,
        text=mark(),
        domain=DEBTS,
        assignee=world.kampen,
        due_on=date(2026, 6, 1),
        by=chair,
        at=at,
    )
    absent = Presence(world.probation, "Ina de Wit", present=False, reason=mark())
    discussion = Discussion(detainee_present=False, absence_reason=mark())
    hold_meeting(meeting=meeting, discussed={item.pk: discussion}, people=[absent], by=chair, at=at)
    return meeting, item


def _after(plan: Plan, case: Case, team: Team) -> None:
    """Reactions to the plan, and a goal that was worded otherwise before."""
    for by in (team.coordinator, team.probation_officer):
        react_to_plan(case=case, answer=ReactionAnswer.OBJECT, note=mark(), by=by, at=BUILT)
    for domain in (HOUSING, DEBTS):
        goal = add_goal(
            plan=plan, domain=domain, kind=GoalKind.REINTEGRATION, text=mark(), by=team.casemanager, at=BUILT
        )
        change_goal(
            goal=goal,
            domain=domain,
            kind=GoalKind.REINTEGRATION,
            text=mark(),
            state=GoalState.OPEN,
            by=team.casemanager,
            at=BUILT,
        )


def _tell_beside(case: Case, world: World, team: Team) -> None:
    """A leave for the mayor of Zwolle, and risk information for him and for the reclassering."""
    assert team.bij_mandatary.user is not None
    report_bij(
        case=case,
        recipient=world.zwolle,
        occasion=Occasion.LEAVE,
        expected_on=date(2026, 6, 1),
        address=mark(),
        offence=mark(),
        conditions=mark(),
        by=team.casemanager,
        at=BUILT,
    )
    for recipient in (world.zwolle, world.probation):
        report_risk(
            case=case,
            recipient=recipient,
            address=mark(),
            risk=mark(),
            request=mark(),
            by=team.risk_officer,
            at=BUILT,
        )


def _announce(case: Case, deventer: Case, world: World, team: Team) -> tuple[Meeting, list[AgendaItem]]:
    """The next MDO: two persons on one agenda, each gemeente invited to its own."""
    chair = replace(team.unit_head, at=BUILT)
    assert chair.user is not None
    meeting = plan_meeting(
        starts_at=BUILT + timedelta(days=20), chair=chair.user, place="Zaal 1", by=chair, at=BUILT
    )
    items = [on_agenda(meeting, one, chair, ItemKind.PROMOTION, proposal=mark()) for one in (deventer, case)]
    invite(item=items[0], organisation=world.deventer, by=chair, at=BUILT)
    for party in (world.zwolle, world.partner):
        invitation = invite(item=items[1], organisation=party, by=chair, at=BUILT)
    answer_invitation(
        invitation=invitation,
        answer=InvitationAnswer.ACCEPTED,
        by=Viewer(world.partner, "contact-partner", BUILT),
        at=BUILT,
    )
    return meeting, items
