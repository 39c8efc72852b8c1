"""The terms of a case, and the feed that says that something happened."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.access import leave_case
from cases.actions import notify, start_deadline
from cases.models import Capacity, Case, CaseParty, LifeDomain
from cases.steps import Step
from parties.models import Organisation, RoleKind
from reintegratie.lib.history import save_as
from tests.api.conftest import Api, Connect
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ContentTermFactory


def test_a_term_tells_why_its_date_is_what_it_is(case: Case, pi_api: Api) -> None:
    DeadlineFactory(case=case, skipped_days=[date(2026, 4, 27), date(2026, 5, 5)])

    (row,) = pi_api.get(f"/trajecten/{case.pk}/termijnen").json()["resultaten"]

    assert row["code"] == "screening"
    assert (row["start"], row["vervaldatum"]) == ("2026-04-20", "2026-05-06")
    assert row["overgeslagenDagen"] == ["2026-04-27", "2026-05-05"]
    assert row["status"] == "te-laat"
    assert row["regel"].startswith("10 werkdagen")
    assert "R146" in row["bron"]
    assert row["uitleg"] == "10 werkdagen na 20 april 2026; Koningsdag en 5 mei niet geteld"


def test_a_party_sees_the_terms_it_works_with(case: Case, pi_api: Api, probation_api: Api) -> None:
    DeadlineFactory(case=case)
    DeadlineFactory(
        case=case, step="plan_adoption", step_valid_from=date(2021, 7, 1), due_on=date(2100, 1, 1)
    )

    ours = probation_api.get(f"/trajecten/{case.pk}/termijnen").json()["resultaten"]

    assert [(row["code"], row["status"]) for row in ours] == [("plan_adoption", "open")]
    assert len(pi_api.get(f"/trajecten/{case.pk}/termijnen").json()["resultaten"]) == 2


def test_a_term_of_content_is_there_for_who_may_see_it_now(
    case: Case, world: World, pi_api: Api, municipality_api: Api
) -> None:
    ContentTermFactory(case=case, owner=world.pi)
    address = f"/trajecten/{case.pk}/termijnen"
    hidden = municipality_api.get(address).content

    (ours,) = pi_api.get(address).json()["resultaten"]
    assert (ours["code"], ours["leefgebied"]) == ("search_period_start", "werk-en-inkomen")
    assert municipality_api.get(address).json() == {"resultaten": []}
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.WORK_INCOME)
    (theirs,) = municipality_api.get(address).json()["resultaten"]
    assert theirs == ours
    consent.withdrawn_at = timezone.now()
    save_as(consent, by=TestActor(), at=consent.withdrawn_at, why="test")
    assert municipality_api.get(address).content == hidden


def test_a_partner_has_no_terms_and_an_outsider_no_case(
    case: Case, world: World, outsider_api: Api, connect: Connect
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    partner = connect(world.partner, RoleKind.PARTNER_CONTACT)

    assert partner.get(f"/trajecten/{case.pk}/termijnen").status_code == 403
    assert outsider_api.get(f"/trajecten/{case.pk}/termijnen").status_code == 404


def tell(case: Case, organisation: Organisation, event: str) -> None:
    notify(case=case, organisation=organisation, kind="actie-toegewezen", event=event, at=timezone.now())


def test_the_feed_says_that_something_happened_and_nothing_more(
    case: Case, world: World, probation_api: Api, municipality_api: Api
) -> None:
    tell(case, world.probation, "a")

    (row,) = probation_api.get("/gebeurtenissen").json()["resultaten"]

    assert set(row) == {"soort", "resource", "id", "moment"}
    assert (row["soort"], row["resource"], row["id"]) == ("actie-toegewezen", "trajecten", str(case.pk))
    assert municipality_api.get("/gebeurtenissen").json()["resultaten"] == []


def test_reading_on_gives_only_what_came_after(case: Case, world: World, probation_api: Api) -> None:
    tell(case, world.probation, "a")
    first = probation_api.get("/gebeurtenissen").json()
    assert first["volgende"] is None
    assert probation_api.get(first["hervatten"]).json()["resultaten"] == []

    tell(case, world.probation, "b")
    second = probation_api.get(first["hervatten"]).json()

    assert len(second["resultaten"]) == 1
    assert len(probation_api.get("/gebeurtenissen").json()["resultaten"]) == 2


def test_a_feed_in_pages_has_no_gap(
    case: Case, world: World, probation_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reintegratie.lib.rest.pages.PAGE_SIZE", 2)
    for name in "abcde":
        tell(case, world.probation, name)

    found, url = 0, "/gebeurtenissen"
    while url:
        body = probation_api.get(url).json()
        found, url = found + len(body["resultaten"]), body["volgende"]

    assert found == 5


def test_a_case_that_is_not_yours_any_more_leaves_the_feed(
    case: Case, world: World, probation_api: Api
) -> None:
    tell(case, world.probation, "a")
    row = CaseParty.objects.get(case=case, party=world.probation)

    leave_case(row=row, until=timezone.now(), by=TestActor(), at=timezone.now(), why="klaar")

    assert probation_api.get("/gebeurtenissen").json()["resultaten"] == []


def test_a_reclassering_without_a_title_gets_no_terms_since_they_tell_the_dates(
    case: Case, world: World, connect: Connect
) -> None:
    start_deadline(case=case, step=Step.PLAN_ADOPTION, since=date(2026, 4, 20), by=TestActor(), at=NOW)
    take_part(case, world.other_probation, Capacity.PROBATION, on_title=False)

    without, on_title = (
        connect(party, RoleKind.PROBATION_OFFICER).get(f"/trajecten/{case.pk}/termijnen").json()["resultaten"]
        for party in (world.other_probation, world.probation)
    )

    assert (without, len(on_title)) == ([], 1)


def test_a_suspended_term_says_until_when_to_who_may_know_why(
    case: Case, pi_api: Api, probation_api: Api, connect: Connect, world: World
) -> None:
    today = timezone.localdate()
    DeadlineFactory(
        case=case,
        step="plan_adoption",
        step_valid_from=date(2019, 7, 1),
        due_on=today + timedelta(days=20),
        suspended_on=today,
        suspended_until=today + timedelta(days=7),
        suspension_reason="wacht op een andere partij",
    )
    url = f"/trajecten/{case.pk}/termijnen"
    coordinator = connect(world.zwolle, RoleKind.AFTERCARE_COORDINATOR)

    rows = [api.get(url).json()["resultaten"][0] for api in (pi_api, probation_api, coordinator)]

    assert [row["status"] for row in rows] == ["opgeschort"] * 3
    told = [(row["opgeschortTot"], row["redenOpschorting"]) for row in rows]
    known = (str(today + timedelta(days=7)), "wacht op een andere partij")
    assert told == [known, known, (None, "")]
