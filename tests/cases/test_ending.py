"""What a released and what a closed case may still change (C2, R150, R154)."""

import pytest

from cases import actions, rules
from cases.ending import CaseIsClosed, DetentionIsOver, is_inside, is_running, require_inside, require_running
from cases.models import ENDED_PHASES, RELEASED_PHASES, Capacity, Case, CaseParty, Phase
from parties.viewer import Viewer
from tests.conftest import NOW, World

INSIDE = [phase for phase in Phase if phase not in (*ENDED_PHASES, *RELEASED_PHASES)]


@pytest.mark.parametrize("phase", INSIDE)
def test_inside_everything_goes_on_interrupted_or_not(phase: Phase) -> None:
    assert is_inside(phase)
    assert is_running(phase)


@pytest.mark.parametrize("phase", RELEASED_PHASES)
def test_after_release_the_work_of_the_detention_ends_and_handing_over_goes_on(phase: Phase) -> None:
    require_running(phase)

    with pytest.raises(DetentionIsOver):
        require_inside(phase)


@pytest.mark.parametrize("phase", ENDED_PHASES)
def test_a_closed_case_is_only_read(phase: Phase) -> None:
    for rule in (require_inside, require_running):
        with pytest.raises(CaseIsClosed):
            rule(phase)


@pytest.mark.parametrize(("phase", "expected"), [(Phase.AFTERCARE, True), (Phase.CLOSED, False)])
def test_points_of_contact_and_parties_change_until_the_case_is_closed(
    casemanager: Viewer, coordinator: Viewer, phase: Phase, expected: bool
) -> None:
    assert rules.may_assign_worker(coordinator, works=True, phase=phase) is expected
    assert rules.may_involve_probation(casemanager, manages=True, phase=phase) is expected
    assert rules.may_choose_municipality(casemanager, manages=True, phase=phase) is expected


def test_an_involvement_is_ended_in_a_closed_case_too(casemanager: Viewer) -> None:
    row = CaseParty(capacity=Capacity.PROBATION, party=casemanager.organisation)

    assert rules.may_end_involvement(casemanager, row, manages=True)


def test_the_frame_of_a_closed_case_takes_no_other_party(
    case: Case, world: World, casemanager: Viewer
) -> None:
    Case.objects.filter(pk=case.pk).update(phase=Phase.CLOSED)
    row = case.parties.get(party=world.pi)

    with pytest.raises(CaseIsClosed):
        actions.assign_worker(row=row, worker=casemanager.user, by=casemanager, at=NOW, why="test")
    with pytest.raises(CaseIsClosed):
        actions.involve_probation(
            case=case,
            organisation=world.probation,
            assignment="toezicht",
            on_title=True,
            by=casemanager,
            at=NOW,
        )
    for choose in (actions.set_origin, actions.choose_resettlement):
        with pytest.raises(CaseIsClosed):
            choose(case=case, municipality=world.kampen, by=casemanager, at=NOW)
