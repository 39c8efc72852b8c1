"""Within ten working days the casemanager asks gemeente and reclassering what they know (R139, C4 info_request)."""

import pytest

from cases.actions import start_deadline
from cases.models import Capacity, Case, Deadline, DeadlineStatus, Notification
from cases.steps import Step
from parties.viewer import Viewer
from plans.actions import NobodyToAsk, ask_for_contributions, complete_screening
from reintegratie.lib.workdays import day_of
from tests.conftest import NOW, World
from tests.factories.cases import CaseFactory, take_part
from tests.plans.test_actions_screening import answer_six, ask_about_children


@pytest.fixture
def asked_by(case: Case, casemanager: Viewer) -> Deadline:
    assert case.entered_at is not None
    return start_deadline(
        case=case, step=Step.INFO_REQUEST, since=day_of(case.entered_at), by=casemanager, at=NOW
    )


def told(case: Case) -> set[str]:
    rows = Notification.objects.filter(case=case, kind="informatie-gevraagd", channel="gebeurtenis")
    return set(rows.values_list("organisation__code", flat=True))


def test_asking_tells_gemeente_and_reclassering_and_ends_the_term(
    case: Case, casemanager: Viewer, asked_by: Deadline
) -> None:
    ask_for_contributions(case=case, by=casemanager, at=NOW)

    assert told(case) == {"0193", "RN-NO"}
    asked_by.refresh_from_db()
    assert asked_by.status == DeadlineStatus.MET


def test_asking_twice_tells_nobody_twice(case: Case, casemanager: Viewer, asked_by: Deadline) -> None:
    ask_for_contributions(case=case, by=casemanager, at=NOW)
    before = Notification.objects.count()

    ask_for_contributions(case=case, by=casemanager, at=NOW)

    assert Notification.objects.count() == before


def test_without_a_party_there_is_nobody_to_ask(world: World, casemanager: Viewer) -> None:
    alone = CaseFactory()
    take_part(alone, world.pi, Capacity.PRISON)

    with pytest.raises(NobodyToAsk):
        ask_for_contributions(case=alone, by=casemanager, at=NOW)


def test_a_finished_screening_needs_no_question_any_more(
    case: Case, casemanager: Viewer, asked_by: Deadline
) -> None:
    answer_six(case, casemanager, geldig_aanwezig="ja")
    ask_about_children(case, casemanager)

    complete_screening(case=case, by=casemanager, at=NOW)

    asked_by.refresh_from_db()
    assert asked_by.status == DeadlineStatus.LAPSED
