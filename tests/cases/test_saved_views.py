"""Filters under a name: mine, at this organisation, and never more than I asked."""

import pytest
from django.test import Client
from django.utils import timezone

from cases.actions import save_view
from cases.models import SavedView
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from tests.cases.test_views_worklist import due, many_cases
from tests.conftest import NOW, Hire, SignedIn, World


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


def keep(browser: Client, name: str, query: str = "stand=te-laat", **form: str) -> str:
    answer = browser.post(f"/weergaven/?{query}", {"name": name, **form}, follow=True)
    return str(answer.content.decode())


def test_a_view_is_kept_and_stands_above_the_list_as_a_link(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)

    keep(browser, "Achterstand", "stand=te-laat&behandelaar=alle&onbekend=1")

    [view] = browser.get("/?stand=te-laat&behandelaar=alle").context["views"]
    assert (view["label"], view["current"]) == ("Achterstand", True)
    assert SavedView.objects.get().filters == {"behandelaar": "alle", "stand": "te-laat"}


def test_the_start_view_is_what_the_list_begins_with(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    late, _other = many_cases(world, 2)
    due(late, world.pi, timezone.localdate().replace(year=2020))
    browser = signed_in(casemanager)

    keep(browser, "Achterstand", start="on")

    begun, everything = browser.get("/", follow=True), browser.get("/?weergave=alles")
    assert [line.number for line in begun.context["lines"]] == [late.number]
    assert len(everything.context["lines"]) == 2


def test_there_is_one_start_view_and_it_can_be_given_up(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    keep(browser, "Een", start="on")
    keep(browser, "Twee", start="on")

    assert list(SavedView.objects.filter(is_start=True).values_list("name", flat=True)) == ["Twee"]
    browser.post(f"/weergaven/{SavedView.objects.get(name='Twee').pk}/", {"wat": "geen-begin"})
    assert browser.get("/").status_code == 200


def test_a_view_is_renamed_and_deleted(world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(casemanager)
    keep(browser, "Een")
    page = f"/weergaven/{SavedView.objects.get().pk}/"

    browser.post(page, {"name": "Anders"})
    assert SavedView.objects.get().name == "Anders"
    assert "Geef de weergave een naam" in browser.post(page, {"name": ""}, follow=True).content.decode()
    browser.post(page, {"wat": "verwijderen"})
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_and_there_are_twenty_at_most(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    for place in range(19):
        save_view(name=f"Weergave {place}", filters={}, by=casemanager)

    assert "al een weergave met deze naam" in keep(browser, "Weergave 3")
    keep(browser, "De twintigste")
    assert "al 20 weergaven" in keep(browser, "Nog een")
    assert SavedView.objects.count() == 20


def test_nobody_else_sees_or_changes_a_view(
    world: World, casemanager: Viewer, colleague: Viewer, other_casemanager: Viewer, signed_in: SignedIn
) -> None:
    keep(signed_in(casemanager), "Van mij", start="on")
    page = f"/weergaven/{SavedView.objects.get().pk}/"

    for other in (colleague, other_casemanager):
        browser = signed_in(other)
        assert "Van mij" not in browser.get("/").content.decode()
        assert "Van mij" not in browser.get("/weergaven/").content.decode()
        assert browser.post(page, {"wat": "verwijderen"}).status_code == 404
    assert SavedView.objects.exists()


def test_a_view_of_one_organisation_does_not_stand_at_another(
    world: World, casemanager: Viewer, hire: Hire, signed_in: SignedIn
) -> None:
    save_view(name="Bij Zwolle", filters={"stand": "te-laat"}, by=casemanager)
    role = hire(world.other_pi, RoleKind.CASEMANAGER)
    elsewhere = viewer_for(role, at=NOW)
    SavedView.objects.update(organisation=world.other_pi)

    assert "Bij Zwolle" not in signed_in(casemanager).get("/weergaven/").content.decode()
    assert "Bij Zwolle" not in signed_in(elsewhere).get("/weergaven/").content.decode()


def test_a_view_with_a_value_that_is_gone_says_so(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    many_cases(world, 1)
    save_view(name="Oud", filters={"termijn": "vervallen-stap"}, by=casemanager)
    save_view(name="Ouder", filters={"afdeling": "Opgeheven"}, by=casemanager)
    browser = signed_in(casemanager)

    first, second = (browser.get(view["url"]) for view in browser.get("/").context["views"])

    assert "niet toegepast" in first.content.decode()
    assert "komt in uw zaken niet (meer) voor" in second.content.decode()
