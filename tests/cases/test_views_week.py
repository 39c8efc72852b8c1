"""The overview of the week: figures per worker that equal the lists behind them, of one's own cases of now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.models import Capacity, Case, CaseParty
from parties.models import AuditLine, Organisation, Role
from parties.viewer import Viewer
from tests.cases.test_views_worklist import queries_of
from tests.conftest import SignedIn, World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.parties import UserFactory

URL = "/weekoverzicht/"
TODAY = timezone.now().date()


def a_case(world: World, *, days: int | None = None, worker: object = None, unit: str = "") -> Case:
    case: Case = CaseFactory(origin_municipality=world.zwolle)
    FacilityStayFactory(case=case, facility=world.pi)
    row = take_part(case, world.pi, Capacity.PRISON)
    due = None if days is None else TODAY + timedelta(days=days)
    CaseParty.objects.filter(pk=row.pk).update(next_deadline=due, worker=worker, unit=unit)
    return case


def figures(page: object) -> dict[str, list[str]]:
    """The numbers of the table, by the name of the worker."""
    rows = page.context["figures"]  # type: ignore[attr-defined]  # an answer of the test client
    return {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in rows}


def test_the_figures_stand_per_worker_and_those_without_one_first(
    world: World, unit_head: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for days in (-3, -1, 2, 30):
        a_case(world, days=days, worker=casemanager.user)
    a_case(world, days=-2)

    page = signed_in(unit_head).get(URL)

    assert list(figures(page).items()) == [
        ("Zonder behandelaar", ["1", "0", "0", "0", "1"]),
        (casemanager.user.name, ["2", "1", "0", "0", "4"]),
    ]


def test_every_number_has_that_many_lines_behind_it(
    world: World, unit_head: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for days in (-3, -1, 2, 30, None):
        a_case(world, days=days, worker=casemanager.user)
        a_case(world, days=days)
    browser = signed_in(unit_head)

    for row in browser.get(URL).context["figures"]:
        for cell in row[1:]:
            if cell["url"]:
                assert len(browser.get(URL + cell["url"]).context["lines"]) == int(cell["text"])


def test_a_case_of_another_afdeling_counts_for_nobody_here(
    world: World, unit_head: Viewer, signed_in: SignedIn
) -> None:
    Role.objects.filter(pk=unit_head.role_id).update(unit="A")
    a_case(world, days=-3, unit="A")
    hidden = a_case(world, days=-3, unit="B")
    browser = signed_in(unit_head)

    page = browser.get(URL)
    behind = browser.get(f"{URL}?behandelaar=niemand")

    assert figures(page) == {"Zonder behandelaar": ["1", "0", "0", "0", "1"]}
    assert hidden.number not in behind.content.decode()


def test_a_shielded_case_and_one_that_left_count_for_nobody_here(
    world: World, unit_head: Viewer, signed_in: SignedIn
) -> None:
    shielded, gone = a_case(world, days=-3), a_case(world, days=-3)
    CaseParty.objects.filter(case=shielded).update(named_only=True)
    CaseParty.objects.filter(case=gone).update(until=timezone.now(), is_open=False)

    assert figures(signed_in(unit_head).get(URL)) == {}


def test_a_worker_who_is_not_there_has_no_list_and_no_name(
    world: World, unit_head: Viewer, signed_in: SignedIn
) -> None:
    stranger = UserFactory()
    browser = signed_in(unit_head)

    known, unknown = (browser.get(f"{URL}?behandelaar={who}") for who in (stranger.pk, uuid4()))

    assert known.context["lines"] == unknown.context["lines"] == []
    assert stranger.name not in known.content.decode()


@pytest.mark.parametrize("query", ["?behandelaar=x", "?behandelaar=%00", "?behandelaar=niemand&stand=x"])
def test_a_damaged_address_is_the_page_without_a_list(
    unit_head: Viewer, signed_in: SignedIn, query: str
) -> None:
    answer = signed_in(unit_head).get(URL + query)

    assert answer.status_code == 200
    assert "asked" not in answer.context


def test_the_page_costs_the_same_for_one_and_for_twenty_workers(
    world: World, unit_head: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(unit_head)
    a_case(world, days=-1, worker=UserFactory())
    browser.get(URL)

    few = queries_of(browser, f"{URL}?behandelaar=niemand")
    for _ in range(20):
        a_case(world, days=-1, worker=UserFactory())
        a_case(world, days=-1)

    # session, user, roles, figures, list, bell, audit line, processing lines
    assert len(few) <= len(queries_of(browser, f"{URL}?behandelaar=niemand")) <= 8


def test_looking_is_written_down(world: World, unit_head: Viewer, signed_in: SignedIn) -> None:
    signed_in(unit_head).get(URL)

    assert AuditLine.objects.filter(action="weekoverzicht-inzien", user=unit_head.user).exists()


def test_a_gemeente_counts_its_own_work(
    case: Case, world: World, coordinator: Viewer, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    assert figures(signed_in(coordinator).get(URL)) == {"Zonder behandelaar": ["0", "0", "0", "0", "1"]}
    assert figures(signed_in(other_coordinator).get(URL)) == {}
    assert Organisation.objects.filter(pk=world.deventer.pk).exists()
