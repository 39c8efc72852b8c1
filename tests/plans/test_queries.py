"""A page costs the same with little and with much on it; the expected statements are named."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Capacity, Case, LifeDomain
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.actions import add_contribution, issue_sheet, record_domain
from plans.models import Plan
from tests.conftest import SignedIn, World
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory
from tests.factories.parties import OrganisationFactory
from tests.factories.plans import ActionFactory, GoalFactory, PlanFactory

Cost = Callable[[Viewer, str], int]


@pytest.fixture
def cost(case: Case, signed_in: SignedIn) -> Cost:
    def _cost(viewer: Viewer, path: str) -> int:
        browser = signed_in(viewer)
        browser.get(f"/zaken/{case.pk}/{path}")  # the session is touched once a minute
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert browser.get(f"/zaken/{case.pk}/{path}").status_code == 200
        return len(made)

    return _cost


def fill(case: Case, world: World, plan: Plan, times: int) -> None:
    for turn in range(times):
        domain = LifeDomain.values[turn % 6]
        goal = GoalFactory(plan=plan, domain=domain)
        ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, domain=domain, goal=goal)


@pytest.mark.parametrize("who", ["casemanager", "coordinator"])
def test_the_plan_costs_the_same_with_two_and_with_twenty_goals(
    who: str, case: Case, world: World, cost: Cost, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    plan = PlanFactory(case=case, owner=world.pi)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    fill(case, world, plan, 2)
    few = cost(viewer, "plan/")

    fill(case, world, plan, 20)

    # session and user, roles, case, 2+2 ledger lines with receipts, parties, sight, goals, actions, plan, parts,
    # reactions, permission, unread
    assert cost(viewer, "plan/") == few
    assert few <= 30


def test_the_screening_costs_the_same_with_little_and_with_much(
    case: Case, casemanager: Viewer, coordinator: Viewer, cost: Cost
) -> None:
    add_contribution(
        case=case, domain=LifeDomain.DEBTS, kind="advies", text="x", by=coordinator, at=timezone.now()
    )
    few = cost(casemanager, "screening/")

    for domain in LifeDomain:
        record_domain(case=case, domain=domain, support_answer="nee", by=casemanager, at=timezone.now())
        add_contribution(case=case, domain=domain, kind="advies", text="x", by=coordinator, at=timezone.now())

    assert cost(casemanager, "screening/") == few


def test_informatiebladen_cost_the_same_for_one_and_for_four_recipients(
    case: Case, world: World, casemanager: Viewer, cost: Cost
) -> None:
    now = timezone.now()
    record_domain(case=case, domain=LifeDomain.HOUSING, support_answer="nee", by=casemanager, at=now)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=now)
    few = cost(casemanager, "informatiebladen/")

    for turn in range(3):
        party = OrganisationFactory(kind=PartyKind.PROBATION, code=f"X{turn}")
        take_part(case, party, Capacity.PROBATION)
        ConsentFactory(case=case, recipient=party, domain=LifeDomain.HOUSING)
        issue_sheet(case=case, recipient=party, by=casemanager, at=timezone.now())

    assert cost(casemanager, "informatiebladen/") == few
