"""How the frame of a case reads for a party that knows these parts of it (C3, R21-R24)."""

from datetime import date

import pytest

from cases.frame import CaseFrame, Knowledge, Part, frame_of
from cases.models import Case, Phase
from parties.viewer import Viewer
from tests.conftest import World

ALL = frozenset(Part)
GEMEENTE = frozenset({Part.NAME, Part.IDENTITY, Part.DETENTION})


def of(case: Case, viewer: Viewer, knows: Knowledge) -> CaseFrame:
    return frame_of(case, viewer, knows, case.parties.active(viewer.at).with_people())


def test_with_every_part_the_whole_frame_is_told(case: Case, casemanager: Viewer, world: World) -> None:
    frame = of(case, casemanager, ALL)

    assert (frame.inflow_type, frame.custody_title, frame.programme) == (
        "arrestant",
        "gevangenisstraf",
        "basis",
    )
    assert frame.probation == (world.probation,)
    assert frame.facility == world.pi
    assert frame.entered_on == date(2026, 4, 20)


def test_without_the_course_it_tells_who_where_and_until_when_and_not_why(
    case: Case, coordinator: Viewer, world: World
) -> None:
    frame = of(case, coordinator, GEMEENTE)

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
def test_without_the_course_no_title_and_no_escape_is_read_from_the_phase(
    case: Case, coordinator: Viewer, casemanager: Viewer, phase: Phase, told: str
) -> None:
    case.phase = phase

    assert of(case, coordinator, GEMEENTE).phase == told
    assert of(case, casemanager, ALL).phase == phase


def test_name_and_dates_hold_no_identity(case: Case, partner_contact: Viewer) -> None:
    frame = of(case, partner_contact, frozenset({Part.NAME, Part.DETENTION}))

    assert frame.name == case.detainee.full_name
    assert frame.expected_release_on == date(2027, 1, 29)
    assert (frame.bsn, frame.birth_date, frame.origin_municipality) == (None, None, None)


def test_without_any_part_it_is_a_number(case: Case, partner_contact: Viewer) -> None:
    name = f"Zaak {case.number}"

    assert of(case, partner_contact, frozenset()) == CaseFrame(case.number, name, name, is_open=False)
