"""What a party reads of a case: six cards, goals and actions, and its own work."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from cases.models import SIX_DOMAINS, Case, LifeDomain
from parties.viewer import Viewer
from plans.models import Action, ActionState, DomainStatus, SupportAnswer
from plans.querysets import domain_cards, goals_and_actions, open_actions
from tests.conftest import World
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, GoalFactory, PlanFactory


def test_the_casemanager_sees_six_open_cards(case: Case, casemanager: Viewer) -> None:
    cards = domain_cards(case, casemanager, screens=True)

    assert [card.domain for card in cards] == list(SIX_DOMAINS)
    assert all(card.open and card.link == "Invullen" for card in cards)


def test_a_card_tells_status_request_facts_and_open_actions(
    case: Case, world: World, casemanager: Viewer
) -> None:
    DomainRecordFactory(
        case=case,
        owner=world.pi,
        status=DomainStatus.URGENT,
        support_answer=SupportAnswer.REQUEST,
        support_request="Woning dreigt verloren te gaan",
        facts={"woonsituatie": "huur"},
    )
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, state=ActionState.DONE)

    card = next(card for card in domain_cards(case, casemanager) if card.domain == LifeDomain.HOUSING)

    assert (card.status, card.tone, card.note) == ("Actie nodig", "danger", "1 actie open")
    assert card.request == "Woning dreigt verloren te gaan"
    assert [line.value for line in card.lines] == ["huurwoning"]


def test_a_closed_card_is_the_same_whether_or_not_anything_is_recorded(
    case: Case, world: World, coordinator: Viewer
) -> None:
    before = domain_cards(case, coordinator)

    DomainRecordFactory(case=case, owner=world.pi)
    ActionFactory(case=case, owner=world.pi, assignee=world.probation)

    assert domain_cards(case, coordinator) == before
    assert all(card.closed and card.note == "" for card in before)


def test_consent_opens_one_card_and_tells_the_ground(case: Case, world: World, coordinator: Viewer) -> None:
    DomainRecordFactory(case=case, owner=world.pi, support_answer=SupportAnswer.NONE)
    ConsentFactory(case=case, recipient=world.zwolle, declaration_number="TV-7")

    opened = [card for card in domain_cards(case, coordinator) if card.open]

    assert [card.domain for card in opened] == [LifeDomain.HOUSING]
    assert "TV-7" in opened[0].ground
    assert opened[0].request == "Nee, geen hulpvraag"


def test_the_cards_cost_three_statements_however_much_there_is(
    case: Case, world: World, casemanager: Viewer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for domain in SIX_DOMAINS:
        DomainRecordFactory(case=case, owner=world.pi, domain=domain)
        ActionFactory(case=case, owner=world.pi, assignee=world.pi, domain=domain)

    with django_assert_num_queries(3):  # the sight, the records, the open actions
        domain_cards(case, casemanager)


def test_goals_and_actions_are_what_this_party_may_see(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    goal = GoalFactory(plan=PlanFactory(case=case, owner=world.pi))
    own = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, domain=LifeDomain.DEBTS)
    other = ActionFactory(case=case, owner=world.pi, assignee=world.probation, due_on=date(2026, 5, 1))

    assert goals_and_actions(case, coordinator) == ([], [own])
    assert goals_and_actions(case, casemanager) == ([goal], [other, own])


def test_open_actions_are_own_open_ones_the_most_urgent_first(
    case: Case, world: World, coordinator: Viewer
) -> None:
    def action(**values: object) -> Action:
        return ActionFactory(case=case, owner=world.pi, **values)

    later = action(assignee=world.zwolle, due_on=date(2026, 5, 20))
    undated = action(assignee=world.zwolle)
    soon = action(assignee=world.zwolle, due_on=date(2026, 5, 1))
    action(assignee=world.zwolle, state=ActionState.DONE)
    action(assignee=world.probation)

    assert list(open_actions(coordinator)) == [soon, later, undated]
