"""Small forms on the frame: outsider first, then the wrong role, then who may."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from cases.actions.record import save_case
from cases.models import Capacity, Case, CaseTask, TaskKind
from parties.models import Organisation, RoleKind, User
from parties.viewer import Viewer, viewer_for
from tests.cases.test_views_worklist import task_for
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part

PAGES = ("behandelaar", "reclassering", "hervestiging", "herkomst")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn, page: str, method: str
) -> None:
    ask: Callable = getattr(signed_in(other_coordinator), method)

    hidden, random = ask(f"/zaken/{case.pk}/{page}/"), ask(f"/zaken/{uuid4()}/{page}/")

    assert hidden.status_code == random.status_code == 404
    assert hidden.content == random.content


@pytest.mark.parametrize(
    ("who", "page"),
    [
        *[("privacy_officer", page) for page in PAGES],
        *[("director", page) for page in PAGES],
        *[("coordinator", page) for page in PAGES[1:]],
        *[("probation_officer", page) for page in PAGES[1:]],
    ],
)
def test_wrong_role_is_refused(
    case: Case, who: str, page: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get(f"/zaken/{case.pk}/{page}/").status_code == 403
    assert browser.post(f"/zaken/{case.pk}/{page}/", {}).status_code == 403


def test_partner_assigns_nobody(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    assert signed_in(partner_contact).get(f"/zaken/{case.pk}/behandelaar/").status_code == 403


@pytest.mark.parametrize("who", ["casemanager", "unit_head", "coordinator", "probation_officer"])
def test_party_names_its_own_worker(
    case: Case, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    viewer = request.getfixturevalue(who)

    answer = signed_in(viewer).post(f"/zaken/{case.pk}/behandelaar/", {"worker": viewer.user.pk})

    assert answer.headers["Location"] == f"/zaken/{case.pk}/"
    assert case.parties.get(party=viewer.organisation).worker == viewer.user


def test_worker_of_another_organisation_cannot_be_chosen(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    assert coordinator.user is not None

    answer = signed_in(casemanager).post(f"/zaken/{case.pk}/behandelaar/", {"worker": coordinator.user.pk})

    assert answer.status_code == 200
    assert answer.context["form"].errors["worker"]
    assert case.parties.get(party=casemanager.organisation).worker is None


@pytest.mark.parametrize("worker", ["x", "\x00", "0d9f6a5e-3a4b-4c1d-9a55-1f6a2b7c8d90"])
def test_nonsense_worker_is_an_error_at_the_field(
    case: Case, casemanager: Viewer, signed_in: SignedIn, worker: str
) -> None:
    answer = signed_in(casemanager).post(f"/zaken/{case.pk}/behandelaar/", {"worker": worker})

    assert answer.status_code == 200
    assert "worker" in answer.context["form"].errors


def test_probation_is_involved_on_an_assignment(
    case: Case, world: World, casemanager: Viewer, other_probation_officer: Viewer, signed_in: SignedIn
) -> None:
    url, theirs = f"/zaken/{case.pk}/reclassering/", signed_in(other_probation_officer)
    assert theirs.get(f"/zaken/{case.pk}/").status_code == 404
    form = {"organisation": world.other_probation.pk, "assignment": "Advies over toezicht", "on_title": "ja"}

    without = signed_in(casemanager).post(url, {**form, "assignment": "", "on_title": ""})
    answer = signed_in(casemanager).post(url, form)

    assert {"assignment", "on_title"} <= set(without.context["form"].errors)
    assert answer.status_code == 302
    assert theirs.get(f"/zaken/{case.pk}/").status_code == 200


def test_ended_involvement_closes_the_case_at_the_next_click(
    case: Case, world: World, casemanager: Viewer, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    theirs, row = signed_in(probation_officer), case.parties.get(party=world.probation)
    assert theirs.get(f"/zaken/{case.pk}/").status_code == 200
    url = f"/zaken/{case.pk}/betrokken/{row.key}/beeindigen/"

    empty = signed_in(casemanager).post(url, {"reason": ""})
    assert "reason" in empty.context["form"].errors
    signed_in(casemanager).post(url, {"reason": "Opdracht is klaar"})

    assert theirs.get(f"/zaken/{case.pk}/").status_code == 404


def test_nobody_ends_a_municipality_by_hand(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    row = case.parties.get(party=world.zwolle)

    answer = signed_in(casemanager).post(f"/zaken/{case.pk}/betrokken/{row.key}/beeindigen/", {"reason": "x"})

    assert answer.status_code == 403


def test_municipality_cannot_count_who_else_takes_part(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    """The gemeente does not know that the reclassering supervises (C3), so its row answers like none at all."""
    row, browser = case.parties.get(party=world.probation), signed_in(coordinator)

    hidden = browser.get(f"/zaken/{case.pk}/betrokken/{row.key}/beeindigen/")
    nothing = browser.get(f"/zaken/{case.pk}/betrokken/{uuid4()}/beeindigen/")

    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content == nothing.content


def test_row_of_another_case_is_not_there(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    row = take_part(CaseFactory(), world.probation, Capacity.PROBATION)

    answer = signed_in(casemanager).get(f"/zaken/{case.pk}/betrokken/{row.key}/beeindigen/")

    assert answer.status_code == 404


def choice(case: Case, chosen: Organisation) -> dict[str, str]:
    """The form as a browser sends it."""
    return {"organisation": str(chosen.pk), "version": str(case.version)}


def test_resettlement_opens_the_case_for_the_other_municipality(
    case: Case, world: World, casemanager: Viewer, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    signed_in(casemanager).post(f"/zaken/{case.pk}/hervestiging/", choice(case, world.deventer))

    assert signed_in(other_coordinator).get(f"/zaken/{case.pk}/").status_code == 200


@pytest.mark.parametrize("page", ["hervestiging", "herkomst"])
def test_only_a_municipality_can_be_chosen(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn, page: str
) -> None:
    answer = signed_in(casemanager).post(f"/zaken/{case.pk}/{page}/", choice(case, world.probation))

    assert "Kies een organisatie uit de lijst." in answer.content.decode()


def test_unknown_origin_is_set_and_its_task_is_done(
    world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    case = CaseFactory()
    take_part(case, world.pi, Capacity.PRISON)
    task = task_for(case, world.pi, TaskKind.ORIGIN_UNKNOWN)

    signed_in(casemanager).post(f"/zaken/{case.pk}/herkomst/", choice(case, world.zwolle))

    task.refresh_from_db()
    assert task.done_at is not None
    assert signed_in(coordinator).get(f"/zaken/{case.pk}/").status_code == 200


def test_task_is_finished_by_its_own_party_only(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    task = task_for(case, world.zwolle, TaskKind.BEGIN_MESSAGE)
    url = f"/zaken/{case.pk}/taken/{task.pk}/afdoen/"

    assert signed_in(casemanager).post(url, {}).status_code == 404
    assert signed_in(coordinator).get(url).status_code == 200
    assert signed_in(coordinator).post(url, {"note": ""}).status_code == 302

    task.refresh_from_db()
    assert task.done_by == coordinator.user
    assert signed_in(coordinator).post(url, {}).headers["Location"] == f"/zaken/{case.pk}/"


def test_who_changed_role_may_no_longer_change(
    case: Case, world: World, hire: Hire, signed_in: SignedIn
) -> None:
    viewer = viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)
    browser = signed_in(viewer)
    assert browser.get(f"/zaken/{case.pk}/herkomst/").status_code == 200

    assert viewer.user is not None
    User.objects.filter(pk=viewer.user.pk).update(is_active=False)

    assert browser.get(f"/zaken/{case.pk}/herkomst/").status_code in (302, 403)
    assert CaseTask.objects.count() == 0


@pytest.mark.parametrize(
    ("page", "field"),
    [("herkomst", "origin_municipality"), ("hervestiging", "resettlement_municipality")],
)
def test_second_choice_of_a_gemeente_is_told_of_the_first(
    case: Case,
    world: World,
    casemanager: Viewer,
    unit_head: Viewer,
    signed_in: SignedIn,
    page: str,
    field: str,
) -> None:
    """Two people open the form; who saves last sees both choices and decides (quality 3.4)."""
    url, version = f"/zaken/{case.pk}/{page}/", case.version
    signed_in(unit_head).post(url, {"organisation": str(world.deventer.pk), "version": version})
    browser = signed_in(casemanager)

    refused = browser.post(url, {"organisation": str(world.kampen.pk), "version": version})

    case.refresh_from_db()
    text = refused.content.decode()
    assert getattr(case, field) == world.deventer
    assert unit_head.name in text
    assert [(one.theirs, one.mine) for one in refused.context_data["conflict"].fields] == [
        ("Deventer", "Kampen")
    ]
    assert refused.context_data["form"]["organisation"].value() == str(world.kampen.pk)

    again = refused.context_data["form"]["version"].value()
    browser.post(url, {"organisation": str(world.kampen.pk), "version": again})
    case.refresh_from_db()
    assert getattr(case, field) == world.kampen


def test_other_news_about_the_case_stands_in_nobodys_way(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """A message or a phase gives the case another version; the choice of a gemeente is still what it was."""
    save_case(case, by=TestActor(), at=NOW, why="fase")
    version = case.version
    case.programme = "plus"
    save_case(case, by=TestActor(), at=NOW, why="programma")

    signed_in(casemanager).post(
        f"/zaken/{case.pk}/herkomst/", {"organisation": str(world.kampen.pk), "version": version}
    )

    case.refresh_from_db()
    assert case.origin_municipality == world.kampen


def test_a_form_without_its_version_saves_nothing(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    url = f"/zaken/{case.pk}/herkomst/"

    answer = signed_in(casemanager).post(url, {"organisation": str(world.kampen.pk)})

    case.refresh_from_db()
    assert answer.status_code == 200
    assert case.origin_municipality == world.zwolle
