"""Which cases are on the agenda, once each, in an order that two people can change without losing anything."""

import pytest

from cases.access import leave_case
from cases.models import Capacity, CaseParty
from meetings.access import items_of
from meetings.actions import DOWN, UP, add_item, change_item, record_decision, remove_item, reorder
from meetings.actions.agenda import AlreadyOnAgenda, CaseNotOfThisPrison, ItemHasDecisions
from meetings.models import AgendaItem, DecisionKind, ItemKind, Meeting
from meetings.refusals import NotAllowed
from reintegratie.lib.versions import StaleVersion
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part
from tests.factories.meetings import on_agenda


def order(mdo, viewer):
    return [item.case.number for item in items_of(viewer).filter(meeting=mdo)]


def test_a_case_comes_at_the_end_of_the_agenda(mdo, case, deventer_case, casemanager):
    on_agenda(mdo, case, casemanager)
    on_agenda(mdo, deventer_case, casemanager)

    assert order(mdo, casemanager) == [case.number, deventer_case.number]


def test_a_case_is_on_an_agenda_once(mdo, item, case, casemanager):
    with pytest.raises(AlreadyOnAgenda):
        on_agenda(mdo, case, casemanager, kind=ItemKind.PRE_RELEASE)


def test_a_person_is_on_an_agenda_once_also_with_an_older_case(mdo, item, case, casemanager, world):
    older = CaseFactory(detainee=case.detainee, phase="afgesloten")
    take_part(older, world.pi, Capacity.PRISON)

    with pytest.raises(AlreadyOnAgenda):
        on_agenda(mdo, older, casemanager)


def test_a_case_of_another_prison_does_not_come_on_the_agenda(mdo, casemanager, world):
    elsewhere = CaseFactory()
    take_part(elsewhere, world.other_pi, Capacity.PRISON)

    with pytest.raises(CaseNotOfThisPrison):
        on_agenda(mdo, elsewhere, casemanager)


def test_another_party_puts_nothing_on_the_agenda(mdo, case, coordinator):
    with pytest.raises(NotAllowed):
        add_item(meeting=mdo, case=case, kind=ItemKind.REVIEW, by=coordinator, at=coordinator.at)


def test_the_order_changes_by_one_place(mdo, item, deventer_case, case, casemanager):
    second = on_agenda(mdo, deventer_case, casemanager)

    version = Meeting.objects.get(pk=mdo.pk).version
    assert reorder(item=second, direction=UP, expected_version=version, by=casemanager, at=casemanager.at)

    assert order(mdo, casemanager) == [deventer_case.number, case.number]


def test_at_the_end_of_the_list_nothing_moves(mdo, item, casemanager):
    version = Meeting.objects.get(pk=mdo.pk).version

    assert not reorder(item=item, direction=DOWN, expected_version=version, by=casemanager, at=casemanager.at)


def test_an_order_that_somebody_else_changed_first_is_not_changed_twice(
    mdo, item, deventer_case, casemanager
):
    second = on_agenda(mdo, deventer_case, casemanager)
    version = Meeting.objects.get(pk=mdo.pk).version
    reorder(item=second, direction=UP, expected_version=version, by=casemanager, at=casemanager.at)

    with pytest.raises(StaleVersion):
        reorder(item=second, direction=UP, expected_version=version, by=casemanager, at=casemanager.at)


def test_a_change_of_an_item_is_not_overwritten(item, casemanager, unit_head):
    change_item(
        item=item,
        kind=ItemKind.REVIEW,
        proposal="Doorgaan zoals afgesproken",
        minutes=15,
        expected_version=1,
        by=casemanager,
        at=casemanager.at,
    )

    with pytest.raises(StaleVersion) as stale:
        change_item(
            item=item,
            kind=ItemKind.REVIEW,
            proposal="Iets anders",
            minutes=5,
            expected_version=1,
            by=unit_head,
            at=unit_head.at,
        )
    assert stale.value.current.proposal == "Doorgaan zoals afgesproken"


def test_what_is_taken_off_may_come_back(mdo, item, case, casemanager):
    remove_item(item=item, by=casemanager, at=casemanager.at)
    assert order(mdo, casemanager) == []

    on_agenda(mdo, case, casemanager)

    assert order(mdo, casemanager) == [case.number]
    rows = AgendaItem.objects.unrestricted(reason="test").filter(meeting=mdo)
    assert rows.count() == 2


def test_an_item_with_decisions_stays_on_the_agenda(item, casemanager):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)

    with pytest.raises(ItemHasDecisions):
        remove_item(item=item, by=casemanager, at=casemanager.at)


def test_a_case_that_moved_to_another_prison_is_no_longer_seen_on_the_agenda(
    mdo, item, case, casemanager, world
):
    row = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=row, until=casemanager.at, by=TestActor(), at=casemanager.at, why="overgeplaatst")

    assert order(mdo, casemanager) == []
