"""The agenda of a PI is read by each of its people as far as a case is for him (C3 rule 8, C6.37)."""

import io

import pytest
from pypdf import PdfReader

from cases.actions import assign_worker, shield_case
from cases.models import Case, CaseParty
from meetings.access import items_of, meeting_for
from meetings.models import AgendaItem, Meeting
from meetings.proposals import proposals_for
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from tests.conftest import NOW, SignedIn, World
from tests.factories.cases import DeadlineFactory
from tests.factories.meetings import on_agenda
from tests.factories.parties import RoleFactory, UserFactory


@pytest.fixture
def head_of_a(world: World) -> Viewer:
    role = RoleFactory(user=UserFactory(), organisation=world.pi, kind=RoleKind.UNIT_HEAD, unit="A")
    return viewer_for(role, at=NOW)


@pytest.fixture
def two_afdelingen(
    world: World, case: Case, deventer_case: Case, coming: Meeting, casemanager: Viewer
) -> tuple[AgendaItem, AgendaItem]:
    """One agenda with a case of afdeling A and one of afdeling B."""
    for one, unit in ((case, "A"), (deventer_case, "B")):
        row = CaseParty.objects.get(case=one, party=world.pi)
        assign_worker(row=row, worker=None, unit=unit, by=casemanager, at=NOW, why="afdeling")
    return on_agenda(coming, case, casemanager), on_agenda(coming, deventer_case, casemanager)


def test_the_head_of_one_afdeling_reads_no_item_of_another(
    two_afdelingen: tuple[AgendaItem, AgendaItem], coming: Meeting, head_of_a: Viewer, casemanager: Viewer
) -> None:
    ours, theirs = two_afdelingen

    assert list(items_of(head_of_a)) == [ours]
    assert meeting_for(head_of_a, coming.pk).items == (ours,)
    assert set(items_of(casemanager)) == {ours, theirs}


def test_nor_prints_it_nor_opens_it(
    two_afdelingen: tuple[AgendaItem, AgendaItem], coming: Meeting, head_of_a: Viewer, signed_in: SignedIn
) -> None:
    ours, theirs = two_afdelingen
    browser, address = signed_in(head_of_a), f"/overleggen/{coming.pk}/"

    page = browser.get(address).content.decode()
    file = browser.get(f"{address}overleg.ics").content.decode()
    paper = browser.get(f"{address}agenda.pdf").content
    printed = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages)

    for text in (page, file, printed):
        assert ours.case.number in text
        assert theirs.case.number not in text
    assert browser.get(f"{address}punten/{theirs.pk}/").status_code == 404


def test_a_case_of_another_afdeling_is_not_proposed(
    two_afdelingen: tuple[AgendaItem, AgendaItem],
    world: World,
    head_of_a: Viewer,
    casemanager: Viewer,
    mdo: Meeting,
) -> None:
    for item in two_afdelingen:
        DeadlineFactory(case=item.case, step="plan_adoption", due_on=NOW.date())

    assert {one.case for one in proposals_for(mdo, head_of_a)} == {two_afdelingen[0].case}
    assert len(proposals_for(mdo, casemanager)) == 2


def test_a_shielded_case_stands_on_the_agenda_of_named_people_only(
    two_afdelingen: tuple[AgendaItem, AgendaItem], unit_head: Viewer, director: Viewer
) -> None:
    ours, theirs = two_afdelingen

    shield_case(case=theirs.case, reason="familie van een collega", by=unit_head, at=NOW)

    assert set(items_of(unit_head)) == {ours, theirs}
    assert list(items_of(director)) == [ours]
