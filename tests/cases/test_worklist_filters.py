"""Filters of the worklist: they combine, stay while paging, tell no more than one may know, and their numbers are true."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cases.actions import assign_worker
from cases.models import Capacity, Case, LifeDomain
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from plans.models import DomainStatus
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import due, queries_of
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import AbsenceFactory, CaseFactory, DeadlineFactory, FacilityStayFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory

BY = TestActor()
Make = Callable[..., Case]


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def make(world: World) -> Make:
    """A case in PI Zwolle, of gemeente Zwolle, with a reclassering."""

    def _make(*, worker: Viewer | None = None, unit: str = "", **fields: object) -> Case:
        case = CaseFactory(**{"origin_municipality": world.zwolle, **fields})
        FacilityStayFactory(case=case, facility=world.pi)
        row = take_part(case, world.pi, Capacity.PRISON)
        take_part(case, world.zwolle, Capacity.ORIGIN)
        take_part(case, world.probation, Capacity.PROBATION)
        if worker or unit:
            user = worker.user if worker else None
            assign_worker(row=row, worker=user, unit=unit, by=BY, at=NOW, why="test")
        return case

    return _make


def numbers(browser: Client, query: str) -> set[str]:
    return {line.number for line in browser.get(f"/?{query}").context["lines"]}


@pytest.mark.parametrize(
    ("seed", "query"),
    list(enumerate(("behandelaar=alle", "beurt=wij&behandelaar=alle", "ontslag=8&behandelaar=alle"))),
)
def test_in_any_world_every_number_is_the_length_of_its_list(
    seed: int,
    query: str,
    world: World,
    make: Make,
    colleague: Viewer,
    signed_in: SignedIn,
    request: pytest.FixtureRequest,
) -> None:
    chance, today = random.Random(seed), timezone.localdate()
    for _ in range(8):
        case = make(
            worker=chance.choice([None, colleague]),
            unit=chance.choice(["", "A", "B"]),
            expected_release_on=today + timedelta(days=chance.randrange(-5, 120)),
        )
        for row in case.parties.all():
            days = chance.choice([None, -30, -1, 0, 1, 6, 7, 8, 90])
            due(case, row.party, None if days is None else today + timedelta(days=days))
        if chance.random() < 0.4:
            DeadlineFactory(case=case, status=chance.choice(["open", "opgeschort"]))
        if chance.random() < 0.5:
            parties = [world.pi, world.zwolle, world.probation]
            ActionFactory(case=case, owner=world.pi, assignee=chance.choice(parties))

    for who in ("casemanager", "coordinator", "probation_officer", "unit_head"):
        browser = signed_in(request.getfixturevalue(who))
        page = browser.get(f"/?{query}")
        links = [*page.context["counters"], *page.context["late_per_worker"]]
        told = [counter["number"] for counter in links]
        assert told == [len(browser.get(counter["url"]).context["lines"]) for counter in links]


def test_filters_combine_and_each_has_a_chip_that_takes_it_away(
    make: Make, casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    both, one, _none = make(worker=colleague, unit="A"), make(worker=colleague, unit="B"), make(unit="A")
    browser = signed_in(casemanager)
    person = colleague.user
    assert person is not None

    page = browser.get(f"/?behandelaar={person.pk}&afdeling=A")

    assert [line.number for line in page.context["lines"]] == [both.number]
    chips = {chip.label: chip.url for chip in page.context["active"]}
    assert set(chips) == {f"Zaken van: {person.name}", "Afdeling: A"}
    assert numbers(browser, chips["Afdeling: A"].partition("?")[2]) == {both.number, one.number}


def test_every_filter_stays_while_paging(
    make: Make, casemanager: Viewer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.views.worklist.PAGE_SIZE", 2)
    today = timezone.localdate()
    wanted = {make(unit="A", expected_release_on=today + timedelta(days=5)).number for _ in range(5)}
    for _ in range(3):
        make(unit="B", expected_release_on=today + timedelta(days=5))
    browser, seen, url = signed_in(casemanager), [], "/?afdeling=A&ontslag=2&behandelaar=alle"

    while url:
        page = browser.get(url)
        seen += [line.number for line in page.context["lines"]]
        url = page.context["pager"].next_url and f"/{page.context['pager'].next_url}"

    assert sorted(seen) == sorted(wanted)


def test_a_kind_of_term_is_asked_of_the_terms_one_works_with(
    make: Make, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    case, _other = make(), make()
    DeadlineFactory(case=case, step="screening")
    municipality = signed_in(coordinator).get("/?termijn=screening")

    assert numbers(signed_in(casemanager), "termijn=screening") == {case.number}
    assert "niet toegepast" in municipality.content.decode()
    assert len(municipality.context["lines"]) == 2


def test_release_within_weeks_is_for_who_may_know_the_dates(
    make: Make, world: World, casemanager: Viewer, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    soon = make(expected_release_on=today + timedelta(weeks=4))
    late, unknown = (
        make(expected_release_on=today + timedelta(weeks=4, days=1)),
        make(expected_release_on=None),
    )
    for case in (soon, late, unknown):
        take_part(case, world.partner, Capacity.PARTNER)

    assert numbers(signed_in(casemanager), "ontslag=4") == {soon.number}
    assert numbers(signed_in(partner_contact), "ontslag=4") == set()


def test_a_domain_finds_what_one_may_see_there_and_nothing_else(
    make: Make, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    case, _other = make(), make()
    DomainRecordFactory(case=case, owner=world.pi, domain=LifeDomain.DEBTS, status=DomainStatus.URGENT)
    gemeente = signed_in(coordinator)

    closed = numbers(gemeente, "domein=schulden")
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS)

    assert closed == set()
    assert numbers(gemeente, "domein=schulden") == {case.number}
    assert numbers(gemeente, "domein=zorg") == set()
    assert numbers(signed_in(casemanager), "domein=schulden") == {case.number}


def test_whose_turn_it_is(make: Make, world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    ours, theirs, late, _quiet = make(), make(), make(), make()
    ActionFactory(case=ours, owner=world.pi, assignee=world.pi)
    ActionFactory(case=theirs, owner=world.pi, assignee=world.zwolle)
    yesterday = timezone.localdate() - timedelta(days=1)
    DeadlineFactory(case=late, due_on=yesterday)
    due(late, world.pi, yesterday)
    browser = signed_in(casemanager)

    assert numbers(browser, "beurt=wij") == {ours.number, late.number}
    assert numbers(browser, "beurt=ander") == {theirs.number}


@pytest.mark.parametrize("query", ["gemeente={}", "inrichting={}", "behandelaar={}", "afdeling=Bestaat-niet"])
def test_a_value_that_no_case_has_any_more_is_said_and_can_be_taken_away(
    make: Make, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    make()
    browser = signed_in(casemanager)

    page = browser.get(f"/?{query.format(uuid4())}")

    assert page.context["lines"] == []
    assert "komt in uw zaken niet (meer) voor" in page.content.decode()
    assert len(browser.get(page.context["active"][0].url).context["lines"]) == 1


@pytest.mark.parametrize("query", ["domein=onzin", "ontslag=9999", "beurt=x", "termijn=onzin"])
def test_an_unknown_value_is_left_out_with_a_sentence(
    make: Make, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    make()

    page = signed_in(casemanager).get(f"/?{query}")

    assert len(page.context["lines"]) == 1
    assert "niet toegepast" in page.content.decode()


def test_an_address_of_before_there_was_a_group_of_today_still_means_the_same(
    make: Make, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    now, soon, later = make(), make(), make()
    for case, days in ((now, 0), (soon, 7), (later, 8)):
        due(case, world.pi, today + timedelta(days=days))
    browser = signed_in(casemanager)

    assert numbers(browser, "stand=komende-week") == {now.number, soon.number}
    assert numbers(browser, "stand=vandaag") == {now.number}
    assert numbers(browser, "stand=deze-week") == {soon.number}


def test_my_cases_are_also_those_of_whom_i_stand_in_for(
    make: Make, world: World, casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    mine, theirs = make(worker=casemanager), make(worker=colleague)
    browser = signed_in(casemanager)
    before = numbers(browser, "behandelaar=mijn")
    absence = AbsenceFactory(organisation=world.pi, user=colleague.user, deputy=casemanager.user)

    during = browser.get("/?behandelaar=mijn")
    absence.until = timezone.localdate()
    save_as(absence, by=BY, at=LONG_AGO, why="test")

    assert before == numbers(browser, "behandelaar=mijn") == {mine.number}
    assert {line.number for line in during.context["lines"]} == {mine.number, theirs.number}
    assert [line.number for line in during.context["lines"] if line.standing_in] == [theirs.number]
    assert "waarneming voor" in during.content.decode()


def test_standing_in_opens_no_shielded_case_and_no_other_afdeling(
    make: Make, world: World, casemanager: Viewer, colleague: Viewer, hire: Hire, signed_in: SignedIn
) -> None:
    hidden, other = make(worker=colleague), make(worker=colleague, unit="A")
    row = hidden.parties.get(party=world.pi)
    row.named_only = True
    save_as(row, by=BY, at=LONG_AGO, why="test")
    role = hire(world.pi, RoleKind.UNIT_HEAD)
    role.unit = "B"
    save_as(role, by=BY, at=LONG_AGO, why="test")
    head = viewer_for(role, at=NOW)
    AbsenceFactory(organisation=world.pi, user=colleague.user, deputy=head.user)

    page = signed_in(head).get("/?behandelaar=mijn").content.decode()

    assert hidden.number not in page
    assert other.number not in page


def test_who_arranges_the_work_sees_first_what_has_no_worker_and_what_is_late_per_colleague(
    make: Make, world: World, unit_head: Viewer, casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    late, free = make(worker=colleague), make()
    for case in (late, free):
        due(case, world.pi, date(2026, 1, 2))

    head, worker = (signed_in(who).get("/").context for who in (unit_head, casemanager))

    assert (head["counters"][0]["label"], head["counters"][0]["number"]) == ("zonder behandelaar", 1)
    assert colleague.user is not None
    assert {(one["name"], one["number"]) for one in head["late_per_worker"]} == {
        (colleague.user.name, 1),
        ("zonder behandelaar", 1),
    }
    assert worker["late_per_worker"] == []


def test_filters_cost_no_statement(
    make: Make, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    make(unit="A")
    browser = signed_in(casemanager)
    browser.get("/")
    query = f"afdeling=A&domein=schulden&ontslag=8&termijn=screening&beurt=wij&stand=te-laat&gemeente={world.zwolle.pk}"

    assert len(queries_of(browser, f"/?{query}")) <= 7
