"""What the pages of screening and plan still offer when the plan has not begun, and when the detention is over (C2)."""

import pytest

from cases.models import Case, DeadlineStatus, Phase
from parties.viewer import Viewer
from tests.conftest import NOW, SignedIn, World
from tests.factories.cases import DeadlineFactory
from tests.factories.plans import GoalFactory, PlanFactory


def bring_to(case: Case, phase: Phase) -> None:
    Case.objects.filter(pk=case.pk).update(phase=phase, released_at=NOW)


def test_goals_are_offered_only_once_there_is_a_plan(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/plan/"

    before = browser.get(url).content.decode()
    PlanFactory(case=case, owner=world.pi)
    after = browser.get(url).content.decode()

    assert "Plan beginnen" in before
    assert "Doel toevoegen" not in before
    assert after.count("doelen/nieuw/?leefgebied=") == 7


def test_after_release_the_plan_is_finished_and_not_begun(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/plan/"
    bring_to(case, Phase.RELEASED_NO_TITLE)
    without = browser.get(url).content.decode()
    GoalFactory(plan=PlanFactory(case=case, owner=world.pi))
    page = browser.get(url).content.decode()
    refused = browser.post(f"{url}beginnen/")

    assert "Plan beginnen" not in without
    assert "Doel toevoegen" not in page
    assert "Doel wijzigen" in page
    assert "Actie toevoegen" in page
    assert refused.status_code == 403
    assert "De detentie is voorbij" in refused.content.decode()


@pytest.mark.parametrize("path", ["onderdak/", "kind-check/", "instrumenten/reflector/"])
def test_after_release_no_form_of_the_screening_opens(
    case: Case, casemanager: Viewer, signed_in: SignedIn, path: str
) -> None:
    browser, base = signed_in(casemanager), f"/zaken/{case.pk}/screening/"
    bring_to(case, Phase.AFTERCARE)

    assert browser.get(f"{base}{path}").status_code == 403
    assert path not in browser.get(base).content.decode()


def test_a_case_that_ended_without_a_screening_does_not_say_it_was_finished(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/screening/"
    term = DeadlineFactory(case=case, status=DeadlineStatus.LAPSED, closed_on=NOW.date())
    bring_to(case, Phase.CLOSED)

    without = browser.get(url).content.decode()
    type(term).objects.filter(pk=term.pk).update(status=DeadlineStatus.MET)

    assert "afgerond" not in without
    assert "afgerond op 22 april 2026" in browser.get(url).content.decode()


def test_a_closed_case_is_read_and_offers_nothing(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, base = signed_in(casemanager), f"/zaken/{case.pk}/"
    GoalFactory(plan=PlanFactory(case=case, owner=world.pi))
    bring_to(case, Phase.CLOSED)

    overview, plan = browser.get(base).content.decode(), browser.get(f"{base}plan/").content.decode()

    for offer in ("Behandelaar kiezen", "Reclassering betrekken"):
        assert offer not in overview
    for offer in ("Doel wijzigen", "Actie toevoegen", "interne-delen"):
        assert offer not in plan
    assert browser.get(f"{base}plan/interne-delen/").status_code == 403
