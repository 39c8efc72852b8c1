"""Consents that end soon, over all cases of the PI: seen in time, and renewed in one click."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Capacity, Case, LifeDomain
from consent.models import Answer, Consent, Evidence
from parties.models import ProcessingLine
from parties.viewer import Viewer
from tests.cases.test_views_worklist import queries_of
from tests.conftest import SignedIn, World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.consent import ConsentFactory

DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def browser(casemanager: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(casemanager)


def page(browser: Client, query: str = "") -> str:
    response = browser.get(f"/toestemmingen/{query}")
    assert response.status_code == 200
    return response.content.decode()


def ends(case: Case, world: World, at: datetime, **facts: object) -> Consent:
    row: Consent = ConsentFactory(case=case, recipient=world.zwolle, valid_until=at, **facts)
    return row


def test_what_ends_in_sixty_days_or_ended_in_fourteen_is_listed(
    case: Case, world: World, browser: Client, now: datetime
) -> None:
    ends(case, world, now + 59 * DAY, domain=LifeDomain.HOUSING)
    ends(case, world, now + 61 * DAY, domain=LifeDomain.DEBTS)
    ends(case, world, now - 13 * DAY, domain=LifeDomain.CARE)
    ends(case, world, now - 15 * DAY, domain=LifeDomain.IDENTITY)

    coming, ended = page(browser).split('id="afgelopen"')

    assert "Onderdak" in coming
    assert "Zorg" in ended
    assert "Schulden" not in coming + ended
    assert "Identiteitsbewijs" not in coming + ended
    assert "Toestemmingen die aflopen (1)" in browser.get("/").content.decode()


@pytest.mark.parametrize("facts", [{"answer": Answer.REFUSED}, {"withdrawn_at": timezone.now()}])
def test_a_refusal_and_what_was_withdrawn_do_not_end(
    case: Case, world: World, browser: Client, now: datetime, facts: dict[str, object]
) -> None:
    ends(case, world, now + DAY, **facts)

    assert case.number not in page(browser)


def test_a_case_of_another_pi_and_one_that_was_left_are_not_there(
    case: Case, world: World, other_casemanager: Viewer, signed_in: SignedIn, browser: Client, now: datetime
) -> None:
    ends(case, world, now + DAY)
    left = CaseFactory()
    FacilityStayFactory(case=left, facility=world.pi)
    take_part(left, world.pi, Capacity.PRISON, until=now - DAY)
    ends(left, world, now + DAY)

    assert case.number not in page(signed_in(other_casemanager))
    assert left.number not in page(browser)
    assert case.number in page(browser)


def test_a_role_that_records_nothing_has_no_such_list(
    world: World, director: Viewer, coordinator: Viewer, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    for viewer in (director, coordinator, probation_officer):
        assert signed_in(viewer).get("/toestemmingen/").status_code == 403
        assert "Toestemmingen die aflopen" not in signed_in(viewer).get("/").content.decode()


def test_one_paper_is_one_line_and_is_renewed_with_its_answers_put_ready(
    case: Case, world: World, browser: Client, now: datetime
) -> None:
    for domain in (LifeDomain.HOUSING, LifeDomain.DEBTS):
        ends(case, world, now + DAY, domain=domain, language="Pools", evidence=Evidence.ORAL)
    renew = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/?opnieuw=ja"
    text = page(browser)
    assert text.count(case.number) == 1
    assert "Onderdak, Schulden" in text
    assert renew in text

    form = browser.get(renew).context["form"]

    assert form["antwoord-onderdak"].value() == Answer.GIVEN
    assert form["antwoord-zorg"].value() == ""
    assert form["language"].value() == "Pools"
    assert form["evidence"].value() is None  # a new conversation has its own evidence and moment
    assert form["given_on"].value() == timezone.localdate()


def test_who_takes_no_part_any_more_is_not_asked_about(
    case: Case, world: World, browser: Client, now: datetime
) -> None:
    ConsentFactory(case=case, recipient=world.kampen, valid_until=now + DAY)

    text = page(browser)

    assert "neemt niet meer deel" in text
    assert "Verlengen" not in text


def test_ones_own_cases_are_a_filter(
    case: Case, world: World, casemanager: Viewer, browser: Client, now: datetime
) -> None:
    ends(case, world, now + DAY)
    assert case.number not in page(browser, "?behandelaar=mijn")

    case.parties.filter(party=world.pi).update(worker=casemanager.user)

    assert case.number in page(browser, "?behandelaar=mijn")


def test_the_list_costs_the_same_for_one_and_for_ten_and_stands_in_the_ledger(
    case: Case, world: World, browser: Client, now: datetime
) -> None:
    ends(case, world, now + DAY)
    page(browser)
    few = queries_of(browser, "/toestemmingen/")
    assert ProcessingLine.objects.filter(activity="toestemmingen-inzien", case_id=case.pk).exists()
    for _ in range(9):
        other = CaseFactory()
        take_part(other, world.pi, Capacity.PRISON)
        take_part(other, world.zwolle, Capacity.ORIGIN)
        ends(other, world, now + DAY)

    many = queries_of(browser, "/toestemmingen/")

    assert len(many) == len(few)
    assert page(browser).count("Verlengen<") == 10


def test_a_list_that_is_cut_says_so(
    case: Case, world: World, browser: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends(case, world, now + 5 * DAY, domain=LifeDomain.HOUSING)
    ends(case, world, now + 6 * DAY, domain=LifeDomain.DEBTS)
    assert "Er zijn er meer" not in page(browser)

    monkeypatch.setattr("consent.soon.SHOWN", 1)

    assert "Er zijn er meer" in page(browser)
    assert "Schulden" not in page(browser)
