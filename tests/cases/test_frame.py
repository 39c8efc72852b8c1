"""What the law lets each party know of the frame of a case (C3, R21-R24)."""

from datetime import date

import pytest

from cases.frame import CaseFrame, frame_of
from cases.models import Capacity, Case, Phase
from parties.viewer import Viewer
from tests.conftest import World
from tests.factories.cases import take_part


def of(case: Case, viewer: Viewer, capacity: Capacity | None) -> CaseFrame:
    return frame_of(case, viewer, capacity)


def test_the_pi_knows_the_whole_frame(case: Case, casemanager: Viewer, world: World) -> None:
    frame = of(case, casemanager, Capacity.PRISON)

    assert (frame.inflow_type, frame.custody_title, frame.programme) == (
        "arrestant",
        "gevangenisstraf",
        "basis",
    )
    assert frame.probation == (world.probation,)
    assert frame.facility == world.pi
    assert frame.entered_on == date(2026, 4, 20)


def test_a_gemeente_knows_who_where_and_until_when_and_not_why(
    case: Case, coordinator: Viewer, world: World
) -> None:
    frame = of(case, coordinator, Capacity.ORIGIN)

    assert (frame.bsn, frame.facility, frame.expected_release_on) == (
        case.detainee.bsn,
        world.pi,
        date(2027, 1, 29),
    )
    assert (frame.inflow_type, frame.custody_title, frame.programme, frame.post_release_title) == (
        "",
        "",
        "",
        "",
    )
    assert frame.probation == ()


@pytest.mark.parametrize(
    ("phase", "told"),
    [
        (Phase.RELEASED_WITH_TITLE, "ontslagen"),
        (Phase.RELEASED_NO_TITLE, "ontslagen"),
        (Phase.ABSENT, "in-detentie"),
        (Phase.SUSPENDED_CUSTODY, "in-detentie"),
        (Phase.EXTRAMURAL, "in-detentie"),
        (Phase.PLAN_ADOPTED, "plan-vastgesteld"),
    ],
)
def test_a_gemeente_reads_no_title_and_no_course_of_the_detention_from_the_phase(
    case: Case, coordinator: Viewer, casemanager: Viewer, phase: Phase, told: str
) -> None:
    case.phase = phase

    assert of(case, coordinator, Capacity.ORIGIN).phase == told
    assert of(case, casemanager, Capacity.PRISON).phase == phase


@pytest.mark.parametrize("capacity", [Capacity.PARTNER, Capacity.GUEST, Capacity.SAFETY_HOUSE, None])
def test_a_partner_or_guest_knows_a_name_and_a_number(
    case: Case, partner_contact: Viewer, world: World, capacity: Capacity | None
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    assert of(case, partner_contact, capacity) == CaseFrame(
        case.number, case.detainee.full_name, case.detainee.sorted_name
    )
