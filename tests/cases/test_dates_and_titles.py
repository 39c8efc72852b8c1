"""A reclassering without a title knows no dates (C3), and a term, a message or a list would tell them (ADR 0013)."""

from datetime import date

import pytest

from cases.actions import refresh_next_deadlines, start_deadline
from cases.actions.circle import Circle
from cases.models import Capacity, Case, CaseParty
from cases.steps import Step
from parties.models import RoleKind
from parties.viewer import Viewer
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part

TOLD = ("29 januari 2027", "29-01-2027", "2027-01-29", "20 april 2026", "20-04-2026", "2026-04-20")
"""The day of release and the day of entry, as pages and programs write them."""


@pytest.fixture
def adviser(case: Case, world: World, hire: Hire) -> Viewer:
    take_part(case, world.other_probation, Capacity.PROBATION, since=NOW, on_title=False)
    start_deadline(case=case, step=Step.PLAN_ADOPTION, since=date(2026, 4, 20), by=TestActor(), at=NOW)
    refresh_next_deadlines(case=case, at=NOW)
    role = hire(world.other_probation, RoleKind.PROBATION_OFFICER)
    return Viewer(world.other_probation, RoleKind.PROBATION_OFFICER, NOW, user=role.user, role_id=role.pk)


@pytest.mark.parametrize("page", ["", "termijnen/", "geschiedenis/", "plan/", "overleggen/"])
def test_no_page_of_the_case_tells_it_the_dates(
    case: Case, adviser: Viewer, signed_in: SignedIn, page: str
) -> None:
    told = signed_in(adviser).get(f"/zaken/{case.pk}/{page}").content.decode()

    assert [day for day in TOLD if day in told] == []


@pytest.mark.parametrize("page", ["/", "/zaken/", "/ontslag/", "/berichten/", "/rapportage/"])
def test_no_list_tells_it_the_dates(adviser: Viewer, signed_in: SignedIn, page: str) -> None:
    told = signed_in(adviser).get(page).content.decode()

    assert [day for day in TOLD if day in told] == []


def test_its_row_on_the_worklist_holds_no_day(case: Case, adviser: Viewer, world: World) -> None:
    assert CaseParty.objects.get(case=case, party=world.probation).next_deadline is not None
    assert CaseParty.objects.get(case=case, party=world.other_probation).next_deadline is None


def test_it_is_not_told_of_dates_and_places(case: Case, adviser: Viewer, world: World) -> None:
    told = Circle.of(case, NOW).told_dates(Capacity.PROBATION)

    assert [row.party for row in told] == [world.probation]
