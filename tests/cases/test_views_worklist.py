"""The start page: what must I do today. Seven statements whatever the list holds (quality Q1)."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Capacity, Case, CaseTask, LifeDomain, TaskKind
from parties.models import Organisation, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import CaseFactory, DeadlineFactory, DetaineeFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory


def due(case: Case, party: Organisation, on: date | None) -> None:
    """Let this be the next term of the party's row, as the deadline actions keep it."""
    row = case.parties.get(party=party)
    row.next_deadline = on
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")


def queries_of(browser: Client, url: str) -> list[str]:
    """The statements of one page, without the savepoints that only a test has."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


def many_cases(world: World, count: int) -> list[Case]:
    places = {"origin_municipality": world.zwolle, "resettlement_municipality": world.deventer}
    cases = [CaseFactory(**places) for _ in range(count)]
    for case in cases:
        take_part(case, world.pi, Capacity.PRISON)
        take_part(case, world.zwolle, Capacity.ORIGIN)
        ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
        task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)
    return cases


def task_for(case: Case, party: Organisation, kind: TaskKind) -> CaseTask:
    task = CaseTask(case=case, party=party, kind=kind, opened_at=timezone.now() - timedelta(days=1))
    save_as(task, by=TestActor(), at=LONG_AGO, why="test")
    return task


def test_outsider_sees_an_empty_list(case: Case, other_coordinator: Viewer, signed_in: SignedIn) -> None:
    page = signed_in(other_coordinator).get("/").content.decode()

    assert case.number not in page
    assert "Uw werkvoorraad is leeg" in page


def test_functional_admin_goes_to_beheer(functional_admin: Viewer, signed_in: SignedIn) -> None:
    assert signed_in(functional_admin).get("/").headers["Location"] == "/beheer/"


def test_privacy_officer_goes_to_the_list(privacy_officer: Viewer, signed_in: SignedIn) -> None:
    assert signed_in(privacy_officer).get("/").headers["Location"] == "/zaken/"


def test_bij_mandatary_has_no_cases(case: Case, bij_mandatary: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(bij_mandatary)

    assert browser.get("/").headers["Location"] == "/bijzondere-meldingen/"
    assert case.number not in browser.get("/bijzondere-meldingen/").content.decode()


@pytest.mark.parametrize("who", ["casemanager", "coordinator"])
def test_start_page_costs_the_same_for_2_and_for_20_cases(
    world: World, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    many_cases(world, 2)
    browser.get("/")  # the session is touched once a minute

    few = queries_of(browser, "/")
    many_cases(world, 18)
    many = queries_of(browser, "/")

    # session, user, roles, desk, rows, audit line, processing lines
    assert len(few) == len(many) == 7, "\n".join(many)


def test_rendering_costs_no_query(world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    many_cases(world, 3)
    browser = signed_in(casemanager)
    browser.get("/")

    statements = queries_of(browser, "/")

    assert "parties_processingline" in statements[-1]  # the last statement is the ledger, before the template


def test_every_person_on_the_page_has_a_ledger_line(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    cases = many_cases(world, 5)

    signed_in(casemanager).get("/")

    lines = ProcessingLine.objects.filter(activity="werkvoorraad-inzien")
    assert set(lines.values_list("subject_id", flat=True)) == {case.detainee_id for case in cases}
    assert lines.count() == 5


def test_numbers_equal_the_lists_behind_them(world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    today = timezone.localdate()
    late, now, soon, later, unknown = many_cases(world, 5)
    due(late, world.pi, today - timedelta(days=2))
    due(now, world.pi, today)
    due(soon, world.pi, today + timedelta(days=7))
    due(later, world.pi, today + timedelta(days=40))
    due(unknown, world.pi, None)
    DeadlineFactory(case=later, status="opgeschort")
    browser = signed_in(casemanager)

    page = browser.get("/").content.decode()

    numbers = [int(n) for n in re.findall(r'counter__number">(\d+)<', page)]
    lists = [browser.get(counter["url"]) for counter in browser.get("/").context["counters"]]
    assert numbers == [len(answer.context["lines"]) for answer in lists] == [1, 1, 1, 5, 1, 5]


@pytest.mark.parametrize(("step", "number"), [("screening", 0), ("plan_adoption", 1)])
def test_the_number_of_suspended_cases_counts_no_term_of_another_party(
    case: Case, coordinator: Viewer, signed_in: SignedIn, step: str, number: int
) -> None:
    """The screening is a term of the PI; of the adoption of the plan the gemeente is told."""
    DeadlineFactory(case=case, step=step, step_valid_from=date(2021, 7, 1), status="opgeschort")

    browser = signed_in(coordinator)

    [_nobody, *_, counted] = re.findall(r'counter__number">(\d+)<', browser.get("/").content.decode())
    assert int(counted) == len(browser.get("/?stand=opgeschort").context["lines"]) == number


def test_list_is_ordered_by_the_next_term_and_says_it_in_words(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    unknown, later, late = many_cases(world, 3)
    due(late, world.pi, today - timedelta(days=2))
    due(later, world.pi, today + timedelta(days=3))

    page = signed_in(casemanager).get("/").content.decode()

    assert page.rindex(late.number) < page.rindex(later.number) < page.rindex(unknown.number)
    assert "2 dagen te laat" in page
    assert "Nog 3 dagen" in page


def test_pages_follow_each_other_without_gap_or_double(
    world: World, casemanager: Viewer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.views.worklist.PAGE_SIZE", 3)
    today = timezone.localdate()
    for place, case in enumerate(many_cases(world, 8)):
        due(case, world.pi, today + timedelta(days=place // 3) if place < 6 else None)
    browser, seen, url = signed_in(casemanager), [], "/"

    while url:
        answer = browser.get(url)
        seen += [line.number for line in answer.context["lines"]]
        url = answer.context["pager"].next_url and f"/{answer.context['pager'].next_url}"
        back = answer.context["pager"].previous_url

    assert len(seen) == len(set(seen)) == 8
    before = browser.get(f"/{back}")
    assert [line.number for line in before.context["lines"]] == seen[3:6]


def test_mine_shows_only_my_cases(world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    mine, _other = many_cases(world, 2)
    row = mine.parties.get(party=world.pi)
    row.worker = casemanager.user
    save_as(row, by=TestActor(), at=LONG_AGO, why="test")

    answer = signed_in(casemanager).get("/?behandelaar=mijn")

    assert [line.number for line in answer.context["lines"]] == [mine.number]


@pytest.mark.parametrize(
    "query",
    [
        "?stand=onzin",
        "?behandelaar=iedereen",
        "?gemeente=geen-uuid",
        "?na=%00",
        "?na=2026-13-40.1",
        "?voor=2026-01-01.99999999999999999999999",
        "?na=geen.²",
        "?na=2026-01-01.12",
    ],
)
def test_unknown_filter_is_ignored_with_a_notice(
    world: World, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    many_cases(world, 1)

    answer = signed_in(casemanager).get(f"/{query}")

    assert answer.status_code == 200
    assert len(answer.context["lines"]) == 1
    assert "niet toegepast" in answer.content.decode()


def test_municipality_sees_begin_messages_on_top(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)

    page = signed_in(coordinator).get("/").content.decode()

    assert page.index("Nieuwe beginberichten") < page.index("te laat")
    assert "Begin van detentie" in page


def test_tasks_and_actions_of_another_party_stay_away(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    task_for(case, world.pi, TaskKind.BSN_UNKNOWN)
    ActionFactory(case=case, owner=world.pi, assignee=world.pi, text="Alleen voor de PI")
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, text="Voor de gemeente")

    page = signed_in(coordinator).get("/").content.decode()

    assert "BSN is onbekend" not in page
    assert "Alleen voor de PI" not in page
    assert "Voor de gemeente" in page


def waiting(browser: Client) -> int:
    counters = browser.get("/").context["counters"]
    return next(counter["number"] for counter in counters if counter["label"] == "wacht op andere partij")


def test_waiting_on_others_counts_only_what_one_may_see(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    ActionFactory(case=case, owner=world.pi, assignee=world.pi, domain=LifeDomain.DEBTS)
    browser = signed_in(coordinator)

    hidden = waiting(browser)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS)

    assert hidden == 0
    assert waiting(browser) == 1


def test_partner_sees_name_and_number_only(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    page = signed_in(partner_contact).get("/").content.decode()

    assert case.number in page
    assert "17-05-1990" not in page
    assert "PI Zwolle" not in page


def test_partner_learns_no_gemeente_or_inrichting_from_the_filters(
    world: World, casemanager: Viewer, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    for municipality in (world.zwolle, world.deventer):
        case = CaseFactory(origin_municipality=municipality)
        take_part(case, world.pi, Capacity.PRISON)
        take_part(case, world.partner, Capacity.PARTNER)
    partner = signed_in(partner_contact)

    answers = [
        partner.get(f"/?{field}={place.pk}").context["lines"]
        for field in ("gemeente", "inrichting")
        for place in (world.zwolle, world.deventer, world.kampen, world.pi)
    ]

    assert "Deventer" not in partner.get("/").content.decode()
    assert answers == [[]] * 8
    assert len(signed_in(casemanager).get(f"/?gemeente={world.zwolle.pk}").context["lines"]) == 1


def test_longest_name_stands_whole(world: World, casemanager: Viewer, signed_in: SignedIn) -> None:
    longest = "Bönninghausen tot Herinckhave-Özdemiroğlu-Nguyễn"
    case = CaseFactory(detainee=DetaineeFactory(first_names="Wilhelmina", prefix="van", surname=longest))
    take_part(case, world.pi, Capacity.PRISON)

    assert f"{longest}, Wilhelmina van" in signed_in(casemanager).get("/").content.decode()
