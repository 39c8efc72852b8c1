"""What happens between two parties moves the feed of no third one (quality 2.3)."""

from datetime import datetime

import pytest

from cases.actions import assign_worker, end_involvement
from cases.models import Case, CaseParty, LifeDomain
from consent.actions import decide, withdraw_consent
from consent.models import Answer, Consent, Evidence
from parties.viewer import Viewer
from tests.conftest import NOW, World
from tests.factories.consent import ConsentFactory


@pytest.fixture
def moved(case: Case, world: World) -> "Moved":
    return Moved(case, world)


class Moved:
    """Whose feed offers the case again since the world was built."""

    def __init__(self, case: Case, world: World) -> None:
        self.case, self.world = case, world
        self.before = self._moments()

    def _moments(self) -> dict[str, datetime]:
        rows = CaseParty.objects.filter(case=self.case).select_related("party")
        return {row.party.kind: row.changed_at for row in rows}

    def __call__(self) -> set[str]:
        return {kind for kind, moment in self._moments().items() if moment != self.before[kind]}


def answered(case: Case, world: World, by: Viewer, answer: Answer) -> None:
    decide(
        case=case,
        recipient=world.probation,
        answers={LifeDomain.HOUSING: answer},
        given_at=NOW,
        evidence=Evidence.SIGNED,
        by=by,
        at=NOW,
    )


def test_a_yes_is_noticed_by_whom_it_is_for(
    case: Case, world: World, casemanager: Viewer, moved: Moved
) -> None:
    answered(case, world, casemanager, Answer.GIVEN)

    assert moved() == {"pi", "reclassering"}


def test_a_no_where_nothing_was_open_is_noticed_by_the_pi_alone(
    case: Case, world: World, casemanager: Viewer, moved: Moved
) -> None:
    answered(case, world, casemanager, Answer.REFUSED)

    assert moved() == {"pi"}


def test_a_no_that_ends_a_yes_is_noticed_by_who_had_it(
    case: Case, world: World, casemanager: Viewer, moved: Moved
) -> None:
    ConsentFactory(case=case, recipient=world.probation)
    answered(case, world, casemanager, Answer.REFUSED)

    assert moved() == {"pi", "reclassering"}


def test_a_withdrawal_is_noticed_by_who_had_the_yes(
    case: Case, world: World, casemanager: Viewer, moved: Moved
) -> None:
    consent: Consent = ConsentFactory(case=case, recipient=world.probation)
    withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    assert moved() == {"pi", "reclassering"}


def test_who_does_the_work_is_noticed_within_the_party(
    case: Case, world: World, probation_officer: Viewer, moved: Moved
) -> None:
    row = CaseParty.objects.get(case=case, party=world.probation)
    assign_worker(row=row, worker=probation_officer.user, by=probation_officer, at=NOW, why="test")

    assert moved() == {"reclassering"}


def test_an_assignment_that_ends_is_not_noticed_by_a_gemeente(
    case: Case, world: World, casemanager: Viewer, moved: Moved
) -> None:
    row = CaseParty.objects.get(case=case, party=world.probation)
    end_involvement(row=row, by=casemanager, at=NOW, why="test")

    assert moved() == {"pi", "reclassering"}
