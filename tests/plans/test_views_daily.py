"""The daily round: from domain to domain, whom was asked, what is still open, and only the actions one asks for."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import SIX_DOMAINS, Capacity, Case, DeadlineStatus, LifeDomain, Phase
from cases.steps import Step
from consent.models import Consent
from parties.viewer import Viewer
from plans.models import ActionState, ChildCheckAnswer, DomainStatus, SupportAnswer
from tests.conftest import NOW, SignedIn, World
from tests.factories.cases import DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, GoalFactory, PlanFactory
from tests.plans.test_actions_screening import answer_six, ask_about_children

ANSWER = {"version": 0, "support_answer": SupportAnswer.NONE, "status": DomainStatus.IN_ORDER}


@pytest.mark.parametrize(
    ("path", "button", "then"),
    [
        ("onderdak", {"verder": "1"}, "screening/werk-en-inkomen/"),
        ("onderdak", {}, "screening/"),
        ("sociaal-netwerk", {"verder": "1"}, "screening/"),
    ],
)
def test_a_saved_domain_leads_on_to_the_next(
    case: Case, casemanager: Viewer, signed_in: SignedIn, path: str, button: dict[str, str], then: str
) -> None:
    url = f"/zaken/{case.pk}/screening/{path}/"

    answer = signed_in(casemanager).post(url, {**ANSWER, **button})

    assert answer.headers["Location"] == f"/zaken/{case.pk}/{then}"


def test_the_button_names_the_next_domain(case: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    browser, base = signed_in(casemanager), f"/zaken/{case.pk}/screening/"

    assert "Opslaan en naar Onderdak" in browser.get(f"{base}identiteitsbewijs/").content.decode()
    assert "Opslaan en naar" not in browser.get(f"{base}sociaal-netwerk/").content.decode()


def test_a_finished_screening_points_on_and_warns_of_what_is_unknown(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    answer_six(case, casemanager, geldig_aanwezig="ja")
    ask_about_children(case, casemanager, ChildCheckAnswer.NO)

    page = signed_in(casemanager).post(f"/zaken/{case.pk}/screening/afronden/", follow=True).content.decode()

    assert "Leg nu de toestemming vast" in page
    assert f"nog onbekend bij: {', '.join(str(domain.label) for domain in SIX_DOMAINS)}" in page


def test_who_was_asked_and_did_not_answer_yet(case: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    DeadlineFactory(case=case, step=Step.INFO_REQUEST, status=DeadlineStatus.MET, closed_on=date(2026, 4, 22))

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/screening/").content.decode()

    assert "Gevraagd op 22 april 2026 aan gemeente Zwolle en " in page
    assert "Nog niets ingebracht" not in page


def test_nobody_to_ask_is_no_button(case: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    DeadlineFactory(case=case, step=Step.INFO_REQUEST)
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/screening/"

    before = browser.get(url).content.decode()
    case.parties.exclude(capacity=Capacity.PRISON).update(until=NOW)

    assert "Vraag gemeente en reclassering" in before
    assert "Vraag gemeente en reclassering" not in browser.get(url).content.decode()


def test_sharing_says_who_keeps_it_open_and_the_button_goes_when_it_is_done(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    term = DeadlineFactory(case=case, step=Step.SHARE_REQUESTS)
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/informatiebladen/"

    page = browser.get(url).content.decode()
    for row in case.parties.exclude(capacity=Capacity.PRISON):
        ConsentFactory(case=case, recipient=row.party, domain=LifeDomain.HOUSING, answer="geweigerd")
    ready = browser.get(url).content.decode()
    type(term).objects.filter(pk=term.pk).update(status=DeadlineStatus.MET, closed_on=NOW.date())
    done = browser.get(url).content.decode()

    assert "gemeente Zwolle is niet gevraagd" in page
    assert "Delen afronden" not in page
    assert "Delen afronden" in ready
    assert "Delen afronden" not in done


def test_a_plan_shows_only_the_open_actions_of_one_party(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    goal = GoalFactory(plan=PlanFactory(case=case, owner=world.pi))
    for party, state, text in (
        (world.zwolle, ActionState.OPEN, "Open bij de gemeente"),
        (world.zwolle, ActionState.DROPPED, "Vervallen bij de gemeente"),
        (world.pi, ActionState.OPEN, "Open bij de inrichting"),
    ):
        ActionFactory(
            case=case,
            owner=world.pi,
            goal=goal,
            assignee=party,
            state=state,
            text=text,
            closed_at=None if state == ActionState.OPEN else NOW,
        )

    page = (
        signed_in(casemanager)
        .get(f"/zaken/{case.pk}/plan/?stand=open&partij={world.zwolle.pk}")
        .content.decode()
    )

    assert "Open bij de gemeente" in page
    assert "Vervallen bij de gemeente" not in page
    assert "Open bij de inrichting" not in page


def test_own_actions_stand_once(case: Case, world: World, coordinator: Viewer, signed_in: SignedIn) -> None:
    for domain, text in (
        (LifeDomain.HOUSING, "In een open leefgebied"),
        (LifeDomain.DEBTS, "Achter een deur"),
    ):
        ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, domain=domain, text=text)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/plan/").content.decode()

    assert (
        page.count("In een open leefgebied") == 1 + 1
    )  # the action, and its name in the link to tick it off
    assert page.index("Uw acties") < page.index("Achter een deur") < page.index("In een open leefgebied")


def test_the_answers_for_another_recipient_of_today_are_put_ready_and_not_saved(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(
        case=case,
        recipient=world.zwolle,
        domain=LifeDomain.DEBTS,
        recorded_at=timezone.now(),
        language="Engels",
    )
    take_part(case, world.deventer, Capacity.RESETTLEMENT)
    browser, url = (
        signed_in(casemanager),
        f"/zaken/{case.pk}/toestemming/ontvanger/{world.deventer.pk}/vastleggen/",
    )

    plain, ready = browser.get(url).content.decode(), browser.get(f"{url}?zoals={world.zwolle.pk}")

    assert "Begin met de antwoorden voor gemeente Zwolle" in plain
    assert ready.context["form"]["antwoord-schulden"].value() == "gegeven"
    assert ready.context["form"]["language"].value() == "Engels"
    assert Consent.objects.filter(recipient=world.deventer).count() == 0


def test_the_first_step_that_is_not_finished_always_stands_in_what_now(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    Case.objects.filter(pk=case.pk).update(phase=Phase.SCREENED)
    for step in (Step.PLAN_ADOPTION, Step.SHARE_REQUESTS):
        DeadlineFactory(case=case, step=step, due_on=date(2027, 6, 1), raw_due_on=date(2027, 6, 1))

    answer = signed_in(casemanager).get(f"/zaken/{case.pk}/")

    assert [item["url"] for item in answer.context["pressing"]] == [f"/zaken/{case.pk}/informatiebladen/"]


@pytest.mark.parametrize(
    ("came_from", "then"),
    [
        ("werkvoorraad", "/"),
        ("overzicht", "/zaken/{}/"),
        ("//elders.test", "/zaken/{}/plan/"),
        ("", "/zaken/{}/plan/"),
    ],
)
def test_after_ticking_off_an_action_one_is_back_where_one_came_from(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn, came_from: str, then: str
) -> None:
    action = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
    url = f"/zaken/{case.pk}/plan/acties/{action.pk}/afdoen/?terug={came_from}"

    answer = signed_in(coordinator).post(url, {"version": 1, "state": ActionState.DONE, "result": ""})

    assert answer.headers["Location"] == then.format(case.pk)
