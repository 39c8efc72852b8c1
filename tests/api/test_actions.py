"""`/acties`: tick off your own, never over what somebody else saved."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.access import leave_case
from cases.models import Case, CaseParty, LifeDomain
from parties.viewer import Viewer
from plans.actions import close_action
from plans.models import Action, ActionState
from tests.api.conftest import Api
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, GoalFactory, PlanFactory

ALL = "test"


@pytest.fixture
def action(case: Case, world: World) -> Action:
    return ActionFactory(
        case=case, owner=world.pi, assignee=world.probation, domain=LifeDomain.DEBTS, due_on=date(2026, 12, 1)
    )


def stored(action: Action) -> Action:
    found: Action = Action.objects.unrestricted(reason=ALL).get(pk=action.pk)
    return found


def test_the_goal_of_an_own_action_is_told_only_when_it_may_be_seen(
    case: Case, world: World, probation_api: Api
) -> None:
    plan = PlanFactory(case=case, owner=world.pi)
    goal = GoalFactory(plan=plan, domain=LifeDomain.HOUSING)
    action = ActionFactory(
        case=case, owner=world.pi, assignee=world.probation, domain=LifeDomain.HOUSING, goal=goal
    )
    roads = (f"/acties/{action.pk}", "/acties", f"/trajecten/{case.pk}/plan")

    hidden = [probation_api.get(road).content.decode() for road in roads]
    ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)

    assert not [answer for answer in hidden if str(goal.pk) in answer]
    assert all(str(goal.pk) in probation_api.get(road).content.decode() for road in roads)


def test_an_own_action_is_listed_read_and_ticked_off(action: Action, case: Case, probation_api: Api) -> None:
    (row,) = probation_api.get("/acties?status=open").json()["resultaten"]
    detail = probation_api.get(f"/acties/{action.pk}")
    assert detail.json() == row
    assert row["traject"] == str(case.pk)
    assert detail.headers["ETag"] == '"1"'

    done = probation_api.patch(
        f"/acties/{action.pk}",
        {"status": "gedaan", "resultaat": "intake op 3 december"},
        **{"If-Match": '"1"'},
    )

    assert done.status_code == 200
    assert done.headers["ETag"] == '"2"'
    assert (done.json()["status"], done.json()["resultaat"]) == ("gedaan", "intake op 3 december")
    assert probation_api.get(f"/acties/{action.pk}").content == done.content
    assert probation_api.get("/acties?status=open").json()["resultaten"] == []
    line = Action.history.unrestricted(reason=ALL).filter(id=action.pk).latest("history_date")
    assert line.history_user_id == f"client:{probation_api.client.pk}@{probation_api.client.organisation_id}"


@pytest.mark.parametrize("header", [None, "", "*"])
def test_without_a_version_nothing_is_changed(action: Action, probation_api: Api, header: str | None) -> None:
    headers = {} if header is None else {"If-Match": header}

    answer = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **headers)

    assert answer.status_code == 428
    assert stored(action).state == ActionState.OPEN


@pytest.mark.parametrize("header", ["1", '"1', "'1'", '"1" "2"', '"1",', "W/1"])
def test_a_header_that_is_no_etag_is_refused(action: Action, probation_api: Api, header: str) -> None:
    answer = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **{"If-Match": header})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["location"] == {"name": "If-Match"}


@pytest.mark.parametrize(
    "header", ['"7"', '"0"', '""', '"abc"', 'W/"1"', '"2", "3"', '"99999999999999999999"']
)
def test_a_stale_version_is_refused_with_the_current_one(
    action: Action, probation_api: Api, header: str
) -> None:
    answer = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **{"If-Match": header})

    assert answer.status_code == 412
    assert answer.headers["ETag"] == '"1"'
    assert answer.json()["huidig"] == probation_api.get(f"/acties/{action.pk}").json()
    assert stored(action).state == ActionState.OPEN


def test_one_of_several_versions_may_be_the_current_one(action: Action, probation_api: Api) -> None:
    answer = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **{"If-Match": '"0", "1"'})

    assert answer.status_code == 200


def test_who_comes_second_sees_what_the_first_saved(
    action: Action, casemanager: Viewer, probation_api: Api
) -> None:
    close_action(
        action=action,
        state=ActionState.DROPPED,
        result="niet meer nodig",
        expected_version=1,
        by=casemanager,
        at=timezone.now(),
    )

    answer = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **{"If-Match": '"1"'})

    assert answer.status_code == 412
    assert answer.json()["huidig"]["resultaat"] == "niet meer nodig"


def test_a_repeat_gives_the_first_answer_also_after_a_later_change(
    action: Action, probation_api: Api
) -> None:
    call = {"If-Match": '"1"', "Idempotency-Key": "afdoen-1"}
    first = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call)
    probation_api.patch(f"/acties/{action.pk}", {"resultaat": "aangevuld"}, **{"If-Match": '"2"'})

    again = probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert stored(action).version == 3


def test_a_repeat_shows_nothing_to_who_may_not_see_it_any_more(
    action: Action, case: Case, world: World, probation_api: Api
) -> None:
    call = {"If-Match": '"1"', "Idempotency-Key": "afdoen-1"}
    probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call)
    row = CaseParty.objects.get(case=case, party=world.probation)
    leave_case(row=row, until=timezone.now(), by=TestActor(), at=timezone.now(), why="klaar")

    assert probation_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {""}),
        ({"status": "klaar"}, {"/status"}),
        ({"status": None}, {"/status"}),
        ({"resultaat": None}, {"/resultaat"}),
        ({"resultaat": "x" * 4001}, {"/resultaat"}),
        (
            {"status": "gedaan", "omschrijving": "x", "versie": 1, "nieuw": 1},
            {"/omschrijving", "/versie", "/nieuw"},
        ),
    ],
)
def test_only_status_and_result_may_be_changed(
    action: Action, probation_api: Api, body: object, pointers: set[str]
) -> None:
    answer = probation_api.patch(f"/acties/{action.pk}", body, **{"If-Match": '"1"'})

    assert answer.status_code == 400
    assert {error["location"]["pointer"] for error in answer.json()["errors"]} == pointers
    assert stored(action).version == 1


def test_a_merge_patch_is_read_as_well(action: Action, probation_api: Api) -> None:
    answer = probation_api.patch(
        f"/acties/{action.pk}",
        {"status": "vervallen"},
        **{"If-Match": '"1"', "Content-Type": "application/merge-patch+json"},
    )

    assert answer.status_code == 200


def test_an_action_of_another_party_may_be_seen_and_not_closed(
    action: Action, case: Case, world: World, municipality_api: Api, outsider_api: Api
) -> None:
    assert municipality_api.get(f"/acties/{action.pk}").status_code == 404

    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS)

    assert municipality_api.get(f"/acties/{action.pk}").status_code == 200
    assert municipality_api.get("/acties").json()["resultaten"] == []
    call = {"If-Match": '"1"'}
    assert municipality_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call).status_code == 403
    hidden = outsider_api.patch(f"/acties/{action.pk}", {"status": "gedaan"}, **call)
    absent = outsider_api.patch(f"/acties/{uuid4()}", {"status": "gedaan"}, **call)
    assert (
        (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("?status=open", 1),
        ("?status=gedaan", 0),
        ("?vervaltVoor=2026-12-01", 0),
        ("?vervaltVoor=2026-12-02", 1),
    ],
)
def test_filters_of_actions(action: Action, probation_api: Api, query: str, found: int) -> None:
    assert len(probation_api.get(f"/acties{query}").json()["resultaten"]) == found


def test_bad_filters_of_actions(probation_api: Api) -> None:
    answer = probation_api.get("/acties?status=klaar&vervaltVoor=nu&traject=x")

    assert {error["location"]["name"] for error in answer.json()["errors"]} == {
        "status",
        "vervaltVoor",
        "traject",
    }
