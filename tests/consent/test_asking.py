"""Consent does not travel: the system leaves the question at the PI of stay, once per cause, and takes it away again."""

from datetime import timedelta

import pytest

from cases.access import leave_case
from cases.actions import choose_resettlement, finish_task
from cases.models import Capacity, Case, CaseTask, LifeDomain, TaskKind
from consent import actions
from consent.models import Answer, Evidence
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part
from tests.factories.consent import ConsentFactory

LATER = NOW + timedelta(hours=1)


def open_asks(case: Case) -> list[CaseTask]:
    tasks = CaseTask.objects.filter(case=case, kind=TaskKind.ASK_CONSENT, done_at=None)
    return list(tasks.order_by("explanation"))


def ask_everywhere() -> int:
    return actions.keep_asking(at=LATER)


def say(case: Case, recipient: Organisation, by: Viewer, answer: Answer = Answer.GIVEN) -> None:
    actions.decide(
        case=case,
        recipient=recipient,
        answers={LifeDomain.HOUSING: answer},
        given_at=NOW,
        evidence=Evidence.SIGNED,
        by=by,
        at=LATER,
    )


@pytest.fixture
def yes(case: Case, world: World) -> Case:
    """Zwolle has a yes, and the reclassering was asked as well."""
    for recipient in (world.zwolle, world.probation):
        ConsentFactory(case=case, recipient=recipient, recorded_for=world.pi)
    return case


def test_a_new_gemeente_of_resettlement_is_asked_about_once(
    yes: Case, world: World, casemanager: Viewer
) -> None:
    """C6.6."""
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)

    assert ask_everywhere() == 1
    assert ask_everywhere() == 0

    [task] = open_asks(yes)
    assert (task.party, task.about) == (world.pi, world.deventer)
    assert "gemeente Deventer (gemeente van hervestiging)" in task.explanation


@pytest.mark.parametrize("answer", [Answer.GIVEN, Answer.REFUSED])
def test_the_question_is_gone_at_once_when_it_was_asked_whatever_the_answer(
    yes: Case, world: World, casemanager: Viewer, answer: Answer
) -> None:
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)
    ask_everywhere()

    say(yes, world.deventer, casemanager, answer)

    assert open_asks(yes) == []
    assert ask_everywhere() == 0


def test_without_a_yes_for_anybody_nothing_is_asked(case: Case, world: World, casemanager: Viewer) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, answer=Answer.REFUSED)
    choose_resettlement(case=case, municipality=world.deventer, by=casemanager, at=NOW)

    assert ask_everywhere() == 0


def test_a_merged_gemeente_leaves_a_question_about_its_successor(
    case: Case, world: World, casemanager: Viewer
) -> None:
    """C6.28: not silently widened."""
    ConsentFactory(case=case, recipient=world.kampen, recorded_for=world.pi)
    world.kampen.successor = world.zwolle
    save_as(world.kampen, by=TestActor(), at=NOW, why="opgegaan")

    ask_everywhere()

    [task] = open_asks(case)
    assert task.about == world.zwolle
    assert "Er was toestemming voor Kampen" in task.explanation


def test_a_new_detention_asks_anew_about_everybody(case: Case, world: World) -> None:
    """C6.4."""
    before = NOW - timedelta(days=90)
    earlier = CaseFactory(detainee=case.detainee, entered_at=before, released_at=before + timedelta(days=9))
    ConsentFactory(case=earlier, recipient=world.zwolle)
    case.previous = earlier
    save_as(case, by=TestActor(), at=NOW, why="gekoppeld")

    ask_everywhere()

    assert {task.about for task in open_asks(case)} == {world.zwolle, world.probation}
    assert all("eerdere detentie geldt niet meer" in task.explanation for task in open_asks(case))


def test_after_a_transfer_the_new_pi_goes_through_what_was_given(
    yes: Case, world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    """C6.12: advice; the consents stay valid and the old PI is asked nothing."""
    stay = yes.parties.get(party=world.pi)
    leave_case(row=stay, until=NOW, by=TestActor(), at=NOW, why="overgeplaatst")
    take_part(yes, world.other_pi, Capacity.PRISON, since=NOW)

    ask_everywhere()

    [task] = open_asks(yes)
    assert (task.party, task.about) == (world.other_pi, None)
    assert "blijven geldig" in task.explanation
    say(yes, world.zwolle, other_casemanager)
    assert open_asks(yes) == []


def test_what_a_person_closed_stays_closed(yes: Case, world: World, casemanager: Viewer) -> None:
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)
    ask_everywhere()
    finish_task(task=open_asks(yes)[0], by=casemanager, at=LATER)

    assert ask_everywhere() == 0
    assert open_asks(yes) == []


def test_who_left_is_not_asked_about(yes: Case, world: World, casemanager: Viewer) -> None:
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)
    ask_everywhere()
    leave_case(row=yes.parties.get(party=world.deventer), until=LATER, by=TestActor(), at=LATER, why="test")

    ask_everywhere()

    assert open_asks(yes) == []


def test_the_consent_page_says_so_before_any_task_was_opened(
    yes: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)
    address = f"/zaken/{yes.pk}/toestemming/"

    assert "Over gemeente Deventer" in signed_in(casemanager).get(address).content.decode()
    assert "nog niets gevraagd" not in signed_in(coordinator).get(address).content.decode()


def test_the_task_leads_to_the_consent_page(
    yes: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    choose_resettlement(case=yes, municipality=world.deventer, by=casemanager, at=NOW)
    ask_everywhere()

    text = signed_in(casemanager).get("/").content.decode()

    assert "Toestemming vragen" in text
    assert f"/zaken/{yes.pk}/toestemming/" in text
