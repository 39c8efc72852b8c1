"""Who goes home soon, and how terms went: dates for who may know them, figures without persons."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.figures import timeliness
from cases.models import Capacity, Case, DeadlineStatus
from parties.models import ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import many_cases, queries_of
from tests.conftest import SignedIn, World
from tests.factories.base import LONG_AGO, TestActor
from tests.factories.cases import CaseFactory, DeadlineFactory, take_part


def released_on(case: Case, expected: date | None) -> Case:
    case.expected_release_on = expected
    save_as(case, by=TestActor(), at=LONG_AGO, why="test")
    return case


@pytest.mark.parametrize("page", ["/ontslag/", "/rapportage/"])
@pytest.mark.parametrize("who", ["partner_contact", "bij_mandatary", "functional_admin"])
def test_role_without_dates_is_refused(
    page: str, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(page).status_code == 403


def test_outsider_sees_nobody(case: Case, other_coordinator: Viewer, signed_in: SignedIn) -> None:
    released_on(case, timezone.localdate())

    assert case.number not in signed_in(other_coordinator).get("/ontslag/").content.decode()


def test_releases_stand_by_week_and_unknown_dates_are_shown(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    soon, unknown, far, past = many_cases(world, 4)
    released_on(soon, today + timedelta(days=7))
    released_on(unknown, None)
    released_on(far, today + timedelta(days=200))
    released_on(past, today - timedelta(days=1))

    answer = signed_in(casemanager).get("/ontslag/")

    shown = {week.title: [line.number for line in week.lines] for week in answer.context["weeks"]}
    assert list(shown.values()) == [[past.number], [soon.number], [unknown.number]]
    assert "Einddatum onbekend" in shown
    assert "Week " in list(shown)[1]
    assert ProcessingLine.objects.filter(activity="ontslagen-inzien").count() == 3


def test_release_list_costs_the_same(world: World, coordinator: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(coordinator)
    for case in many_cases(world, 2):
        released_on(case, timezone.localdate())
    browser.get("/ontslag/")

    few = queries_of(browser, "/ontslag/")
    for case in many_cases(world, 10):
        released_on(case, None)

    assert len(few) == len(queries_of(browser, "/ontslag/")) == 7


def test_report_counts_on_time_late_and_lapsed_and_hides_small_numbers(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    due = today - timedelta(days=1)
    for number in range(12):
        case = CaseFactory()
        take_part(case, world.pi, Capacity.PRISON)
        DeadlineFactory(case=case, due_on=due, status=DeadlineStatus.MET, closed_on=due)
        if number < 3:
            DeadlineFactory(case=case, step="plan_adoption", due_on=due)

    page = signed_in(casemanager).get("/rapportage/").content.decode()

    assert ">12<" in page.replace("\n", "").replace(" ", "")
    assert "minder dan 10" in page
    assert ">3<" not in page.replace("\n", "").replace(" ", "")


def test_report_counts_only_own_cases(
    world: World, casemanager: Viewer, other_casemanager: Viewer, signed_in: SignedIn
) -> None:
    due = timezone.localdate() - timedelta(days=1)
    for _ in range(11):
        case = CaseFactory()
        take_part(case, world.other_pi, Capacity.PRISON)
        DeadlineFactory(case=case, due_on=due, status=DeadlineStatus.MET, closed_on=due)

    assert "Nog geen termijnen afgelopen" in signed_in(casemanager).get("/rapportage/").content.decode()
    assert "Screening" in signed_in(other_casemanager).get("/rapportage/").content.decode()


def test_privacy_officer_reads_the_figures(privacy_officer: Viewer, signed_in: SignedIn) -> None:
    assert signed_in(privacy_officer).get("/rapportage/").status_code == 200
    assert signed_in(privacy_officer).get("/ontslag/").status_code == 403


@pytest.mark.parametrize(
    ("status", "days_late", "counted_as"),
    [
        (DeadlineStatus.MET, 0, "on_time"),
        (DeadlineStatus.MET, 1, "late"),
        (DeadlineStatus.LAPSED, 0, "lapsed"),
        (DeadlineStatus.LAPSED, 19, "late"),
    ],
)
def test_term_that_was_missed_stays_missed_however_it_was_closed(
    case: Case, casemanager: Viewer, status: DeadlineStatus, days_late: int, counted_as: str
) -> None:
    """Before its day a term lapses and is not missed (C6.20); after it the release makes nothing undone."""
    due = date(2026, 4, 1)
    DeadlineFactory(case=case, due_on=due, status=status, closed_on=due + timedelta(days=days_late))

    (line,) = timeliness(casemanager, since=date(2026, 3, 1))

    counts = {"on_time": line.on_time, "late": line.late, "lapsed": line.lapsed}
    assert counts == {**dict.fromkeys(counts, 0), counted_as: 1}
