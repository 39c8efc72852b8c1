"""Cases to a colleague: all of them or none, within one's own organisation, with what belongs to them."""

from datetime import date

import pytest
from django.test import Client

from cases.actions import CannotReassign, assign_worker, open_task, reassign_cases, shield_case
from cases.models import Capacity, Case, CaseParty, CaseTask, Deadline, TaskKind
from parties.models import ProcessingLine, RoleKind, User
from parties.viewer import Viewer, viewer_for
from plans.models import Action
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, DeadlineFactory, FacilityStayFactory, take_part
from tests.factories.plans import ActionFactory

BY = TestActor()


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def cases(world: World, casemanager: Viewer) -> list[Case]:
    """Three cases of the casemanager, in which the gemeente takes part too."""
    return [case_of(world, casemanager) for _ in range(3)]


def case_of(world: World, worker: Viewer) -> Case:
    case = CaseFactory(origin_municipality=world.zwolle)
    FacilityStayFactory(case=case, facility=world.pi)
    row = take_part(case, world.pi, Capacity.PRISON)
    take_part(case, world.zwolle, Capacity.ORIGIN)
    assign_worker(row=row, worker=worker.user, by=BY, at=NOW, why="test")
    return case


def rows(cases: list[Case], world: World) -> list[CaseParty]:
    return [case.parties.select_related("party").get(party=world.pi) for case in cases]


def workers(cases: list[Case], world: World) -> set[User | None]:
    return {row.worker for row in rows(cases, world)}


def send(browser: Client, asked: list[CaseParty], worker: User | None, reason: str = "ziek") -> str:
    form = {"zaak": [str(row.key) for row in asked], "worker": worker.pk if worker else "", "reason": reason}
    return str(browser.post("/herverdelen/", form, follow=True).content.decode())


def test_ticked_cases_go_to_a_colleague_with_a_reason_in_each_history(
    world: World, cases: list[Case], casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    page = send(signed_in(casemanager), rows(cases[:2], world), colleague.user)

    assert "2 zaken liggen van nu af bij" in page
    assert workers(cases[:2], world) == {colleague.user}
    assert workers(cases[2:], world) == {casemanager.user}
    for row in rows(cases[:2], world):
        assert row.history.first().history_change_reason == "Behandelaar gekozen: ziek"  # type: ignore[attr-defined]
    written = ProcessingLine.objects.filter(activity="zaken-herverdelen")
    assert set(written.values_list("case_id", flat=True)) == {case.pk for case in cases[:2]}


def test_all_cases_of_who_leaves_stand_ready_to_go(
    world: World, cases: list[Case], unit_head: Viewer, casemanager: Viewer, signed_in: SignedIn
) -> None:
    assert casemanager.user is not None
    page = signed_in(unit_head).get(f"/herverdelen/?van={casemanager.user.pk}")

    assert {line.number for line, _why in page.context["lines"]} == {case.number for case in cases}


def test_open_actions_in_his_name_go_along_and_tasks_stay_with_the_organisation(
    world: World, cases: list[Case], casemanager: Viewer, colleague: Viewer, hire: Hire, signed_in: SignedIn
) -> None:
    case, third = cases[0], hire(world.pi, RoleKind.CASEMANAGER).user
    his = ActionFactory(case=case, owner=world.pi, assignee=world.pi, worker=casemanager.user)
    others = [
        ActionFactory(case=case, owner=world.pi, assignee=world.pi, worker=third),
        ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, worker=casemanager.user),
        ActionFactory(case=cases[1], owner=world.pi, assignee=world.pi, worker=casemanager.user),
    ]
    task = open_task(case=case, party=world.pi, kind=TaskKind.BSN_UNKNOWN, by=BY, at=NOW)

    send(signed_in(casemanager), rows([case], world), colleague.user)

    now = {one.pk: one.worker for one in Action.objects.unrestricted(reason="test").select_related("worker")}
    assert now[his.pk] == colleague.user
    assert [now[one.pk] for one in others] == [third, casemanager.user, casemanager.user]
    assert CaseTask.objects.get(pk=task.pk).done_at is None


def test_a_suspended_term_goes_on_standing_still(
    world: World, cases: list[Case], casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    term = DeadlineFactory(
        case=cases[0], status="opgeschort", suspended_on=date(2026, 4, 21), suspended_until=date(2026, 5, 1)
    )
    before = Deadline.objects.filter(pk=term.pk).values().get()

    send(signed_in(casemanager), rows(cases, world), colleague.user)

    assert Deadline.objects.filter(pk=term.pk).values().get() == before


def test_when_one_case_may_not_be_opened_by_him_none_goes_and_it_is_said_which(
    world: World, cases: list[Case], casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    shield_case(case=cases[1], reason="familie", by=casemanager, at=NOW)

    page = send(signed_in(casemanager), rows(cases, world), colleague.user)

    assert workers(cases, world) == {casemanager.user}
    assert "Er is niets gewijzigd" in page
    assert page.count("Kan niet over") == 1
    assert "mag deze zaak niet openen" in page


def test_a_case_of_another_organisation_or_hidden_here_is_not_there(
    world: World, cases: list[Case], casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    elsewhere = cases[0].parties.get(party=world.zwolle)
    shield_case(case=cases[1], reason="familie", by=casemanager, at=NOW)
    hidden = rows([cases[1]], world)[0]
    browser = signed_in(colleague)

    for row in (elsewhere, hidden):
        page = send(browser, [row, *rows(cases[2:], world)], colleague.user)
        assert "er is niets gewijzigd" in page
        assert row.case.number not in page
    assert workers(cases, world) == {casemanager.user}


def test_the_action_itself_refuses_a_row_that_is_not_for_who_asks(
    world: World, cases: list[Case], casemanager: Viewer, coordinator: Viewer, colleague: Viewer
) -> None:
    assert colleague.user is not None
    with pytest.raises(CannotReassign) as refused:
        reassign_cases(rows=rows(cases, world), worker=colleague.user, by=coordinator, at=NOW, why="test")

    assert len(refused.value.refused) == 3


@pytest.mark.parametrize("who", ["director", "partner_contact", "privacy_officer"])
def test_who_does_not_name_workers_cannot_do_so_in_bulk(
    request: pytest.FixtureRequest, who: str, signed_in: SignedIn
) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/herverdelen/").status_code == 403


@pytest.mark.parametrize(
    ("reason", "chosen", "says"),
    [("", True, "Schrijf op wat de reden is"), ("ziek", False, "Kies ten minste een zaak")],
)
def test_bad_input_is_told_and_loses_nothing(
    world: World,
    cases: list[Case],
    casemanager: Viewer,
    colleague: Viewer,
    signed_in: SignedIn,
    reason: str,
    chosen: bool,
    says: str,
) -> None:
    asked = rows(cases, world) if chosen else []

    page = send(signed_in(casemanager), asked, colleague.user, reason)

    assert says in page
    assert workers(cases, world) == {casemanager.user}
