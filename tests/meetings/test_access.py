"""What the PI keeps beside an item, and what is a note still, exists for nobody else: page, history or join."""

import pytest

from cases.models import Capacity, LifeDomain
from consent.knowledge import frame_in
from meetings.access import MeetingNotFound, meeting_for, meetings_of, notes_of
from meetings.actions import change_item, invite, record_decision, remove_item
from meetings.models import Decision, DecisionKind, ItemKind, ItemNote
from meetings.overview import overview_of
from meetings.timeline import timeline_of
from parties.models import AuditLine, ProcessingLine
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda

HIDDEN = "KANARIE"


@pytest.fixture
def care_item(mdo, case, casemanager, world):
    """About care, with a proposal and a note of a decision; the gemeente is invited and has consent for housing."""
    item = on_agenda(mdo, case, casemanager, kind=ItemKind.CARE, proposal=f"{HIDDEN} voorstel")
    change_item(
        item=item,
        kind=ItemKind.CARE,
        proposal=f"{HIDDEN} ander voorstel",
        minutes=10,
        expected_version=1,
        by=casemanager,
        at=casemanager.at,
    )
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    record_decision(
        item=item,
        kind=DecisionKind.OTHER,
        text=f"{HIDDEN} besluit",
        domain=LifeDomain.HOUSING,
        by=casemanager,
        at=casemanager.at,
    )
    return item


def test_the_note_beside_an_item_is_of_the_pi_alone(care_item, coordinator, casemanager):
    assert notes_of(casemanager).get().proposal == f"{HIDDEN} ander voorstel"
    assert not ItemNote.objects.visible_to(coordinator).exists()
    assert not ItemNote.history.visible_to(coordinator).exists()


def test_a_note_of_a_decision_is_of_the_pi_until_the_meeting_is_closed(care_item, coordinator):
    assert not Decision.objects.visible_to(coordinator).exists()
    assert not Decision.history.visible_to(coordinator).exists()


def test_the_item_itself_does_not_tell_that_it_is_about_care(care_item, mdo, coordinator):
    (item,) = meeting_for(coordinator, mdo.pk).items

    assert item.kind == ItemKind.OTHER


def test_the_past_of_the_case_tells_the_gemeente_nothing_of_it(care_item, case, coordinator, casemanager):
    own, theirs = (
        timeline_of(case, casemanager, Capacity.PRISON, frame_in(case, casemanager).knows),
        timeline_of(case, coordinator, Capacity.ORIGIN, frame_in(case, coordinator).knows),
    )

    assert HIDDEN in str(own)
    assert HIDDEN not in str(theirs)
    assert "Zorg" not in str(theirs)


def test_the_case_page_lists_the_meeting_without_its_subject(care_item, case, coordinator):
    (line,) = overview_of(case, coordinator).meetings

    assert line.item == "Bespreking"


def test_what_was_taken_off_the_agenda_is_not_on_the_case_page(mdo, item, case, casemanager):
    remove_item(item=item, by=casemanager, at=casemanager.at)

    assert overview_of(case, casemanager).meetings == []


@pytest.mark.parametrize("persona", ["bij_mandatary", "privacy_officer", "functional_admin"])
def test_roles_without_content_have_no_meetings(persona, care_item, request):
    assert not meetings_of(request.getfixturevalue(persona)).exists()


def test_an_empty_meeting_of_the_pi_exists_for_the_pi_alone(mdo, casemanager, coordinator, other_casemanager):
    assert meeting_for(casemanager, mdo.pk).meeting == mdo
    for outsider in (coordinator, other_casemanager):
        with pytest.raises(MeetingNotFound):
            meeting_for(outsider, mdo.pk)


def test_opening_a_meeting_leaves_a_line_for_every_person_that_was_shown(
    care_item, mdo, case, deventer_case, casemanager, coordinator
):
    on_agenda(mdo, deventer_case, casemanager)

    meeting_for(coordinator, mdo.pk)

    line = AuditLine.objects.get(action="overleg-inzien")
    assert line.organisation == coordinator.organisation
    assert ProcessingLine.objects.get(span_id=line.span_id).subject_id == case.detainee_id


def test_the_queries_for_a_list_of_meetings_do_not_grow(
    world, unit_head, casemanager, coordinator, django_assert_num_queries
):
    MeetingFactory.create_batch(5, organisation=world.pi, chair=unit_head.user)

    with django_assert_num_queries(1):
        assert len(meetings_of(casemanager).with_people().order_by("starts_at")) == 5
