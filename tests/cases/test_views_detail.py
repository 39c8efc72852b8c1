"""The page of one case, tried as the outsider first."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cases.models import Capacity, Case, LifeDomain, Phase, TaskKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import queries_of, task_for
from tests.conftest import SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, PlanFactory


def test_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(other_coordinator)

    hidden, random = browser.get(f"/zaken/{case.pk}/"), browser.get(f"/zaken/{uuid4()}/")

    assert hidden.status_code == random.status_code == 404
    assert hidden.content == random.content


def test_privacy_officer_of_the_pi_is_refused(
    case: Case, privacy_officer: Viewer, signed_in: SignedIn
) -> None:
    assert signed_in(privacy_officer).get(f"/zaken/{case.pk}/").status_code == 403


def test_casemanager_sees_who_where_and_until_when(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).get(f"/zaken/{case.pk}/").content.decode()

    assert case.detainee.full_name in page
    assert "PI Zwolle" in page
    assert "29 januari 2027" in page


def test_tabs_are_only_the_pages_the_partner_may_open(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    page = signed_in(partner_contact).get(f"/zaken/{case.pk}/").content.decode()

    for tab in ("plan", "screening", "toestemming", "termijnen", "geschiedenis"):
        assert f"/zaken/{case.pk}/{tab}/" not in page


def test_a_partner_with_an_action_reaches_the_plan_from_the_overview(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    ActionFactory(case=case, owner=world.pi, assignee=world.partner)
    browser, plan = signed_in(partner_contact), f"/zaken/{case.pk}/plan/"

    overview, page = browser.get(f"/zaken/{case.pk}/").content.decode(), browser.get(plan).content.decode()

    assert f'href="{plan}"' in overview
    assert "Uw acties" in page
    assert "Niet gedeeld" not in page


def test_who_left_does_not_stay_there(case: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    Case.objects.filter(pk=case.pk).update(
        phase=Phase.AFTERCARE, released_at=datetime(2026, 4, 22, 8, tzinfo=UTC)
    )

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/").content.decode()

    assert "Verbleef in" in page
    assert "tot 22 april 2026" in page


def fill(case: Case, world: World, count: int) -> None:
    """Every table of the page with this many rows, at the PI and at the gemeente."""
    for place in range(count):
        for domain in LifeDomain.values[:3]:
            ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, domain=domain)
        task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)
        task_for(case, world.pi, TaskKind.BSN_UNKNOWN)
        DeadlineFactory(case=case, step="plan_adoption", round=place + 1)
        DeadlineFactory(case=case, step="screening", round=place + 1)


@pytest.mark.parametrize("who", ["casemanager", "coordinator", "probation_officer"])
def test_case_page_costs_the_same_whatever_it_holds(
    case: Case, world: World, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser, url = signed_in(request.getfixturevalue(who)), f"/zaken/{case.pk}/"
    PlanFactory(case=case, owner=world.pi)
    fill(case, world, 1)
    browser.get(url)

    few = queries_of(browser, url)
    DomainRecordFactory(case=case, owner=world.pi)
    for place in range(2, 6):
        fill_round(case, world, place)

    # session, user, roles, case, audit line, processing line, parties, rest in one, terms, sight, records, actions
    assert len(few) == len(queries_of(browser, url)) == 12


def fill_round(case: Case, world: World, place: int) -> None:
    ActionFactory(case=case, owner=world.pi, assignee=world.pi)
    task_for(case, world.pi, TaskKind.TRANSFER_MESSAGE)
    DeadlineFactory(case=case, step="mdo_cycle", round=place)


def test_closed_doors_look_the_same_with_and_without_content(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(coordinator), f"/zaken/{case.pk}/"
    browser.get(url)

    empty = without_token(browser.get(url).content)
    PlanFactory(case=case, owner=world.pi)
    DomainRecordFactory(case=case, owner=world.pi, support_request="Geheim van de PI")
    ActionFactory(case=case, owner=world.pi, assignee=world.pi, text="Alleen PI")
    task_for(case, world.pi, TaskKind.BSN_UNKNOWN)
    DeadlineFactory(case=case, step="reflector_language")

    assert without_token(browser.get(url).content) == empty
    assert empty.count(b"Niet gedeeld met uw organisatie") == 6
    assert "De delen die met u zijn gedeeld" in empty.decode()


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_municipality_does_not_learn_who_supervises(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(coordinator).get(f"/zaken/{case.pk}/").content.decode()

    assert "Reclassering Nederland Noordoost" not in page
    assert "arrestant" not in page


def test_partner_without_consent_sees_a_number_and_the_pi(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    page = signed_in(partner_contact).get(f"/zaken/{case.pk}/").content.decode()

    assert f"Zaak {case.number}" in page
    assert "PI Zwolle" in page
    for hidden in (case.detainee.surname, "1990", "29 januari 2027", "Zwolle</dd>", "Reclassering Nederland"):
        assert hidden not in page


def test_partner_with_a_consent_sees_whom_it_is_about_and_when_he_leaves(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    ConsentFactory(case=case, recipient=world.partner)

    page = signed_in(partner_contact).get(f"/zaken/{case.pk}/").content.decode()

    assert case.detainee.full_name in page
    assert "29 januari 2027" in page
    for hidden in ("1990", "BSN", "Zwolle</dd>", "Reclassering Nederland"):
        assert hidden not in page


def test_contact_person_has_phone_and_mail(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    row = case.parties.get(party=casemanager.organisation)
    row.worker = casemanager.user
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/").content.decode()

    assert casemanager.user is not None
    assert casemanager.user.email in page
    assert casemanager.name in page


def test_buttons_are_drawn_for_who_may(
    case: Case, casemanager: Viewer, director: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    url = f"/zaken/{case.pk}/"

    assert "Reclassering betrekken" in signed_in(casemanager).get(url).content.decode()
    assert "Reclassering betrekken" not in signed_in(director).get(url).content.decode()
    municipal = signed_in(coordinator).get(url).content.decode()
    assert "Reclassering betrekken" not in municipal
    assert "Behandelaar kiezen" in municipal


@pytest.mark.parametrize("pk", ["geen-uuid", "00000000-0000-0000-0000-00000000000g", "%00"])
def test_wrong_address_is_not_found(casemanager: Viewer, signed_in: SignedIn, pk: str) -> None:
    assert signed_in(casemanager).get(f"/zaken/{pk}/").status_code == 404
