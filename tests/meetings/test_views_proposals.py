"""Filling an agenda from what is due: several cases with one button, each for what it is due for (R147, R149, R150)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.access import items_of, notes_of
from meetings.models import ItemKind
from tests.factories.cases import DeadlineFactory
from tests.factories.meetings import on_agenda
from tests.meetings.test_views_holding import text_of


@pytest.fixture
def due(case, deventer_case):
    """One case waits for its plan and is late, the other for its six-weekly MDO."""
    DeadlineFactory(case=deventer_case, step="mdo_cycle", due_on=timezone.now().date() + timedelta(days=7))
    DeadlineFactory(case=case, step="plan_adoption", due_on=date(2026, 5, 18))


@pytest.fixture
def address(coming):
    return f"/overleggen/{coming.pk}/punten/aan-de-beurt/"


def kinds(viewer):
    return {note.case_id: note.kind for note in notes_of(viewer)}


def test_who_does_not_prepare_puts_nothing_on_the_agenda(
    due, case, address, director, other_casemanager, coordinator, casemanager, signed_in
):
    for stranger in (other_casemanager, coordinator):
        assert signed_in(stranger).post(address, {"zaak": [case.number]}).status_code == 404
    assert signed_in(director).post(address, {"zaak": [case.number]}).status_code == 403

    assert not items_of(casemanager).exists()


def test_late_is_first_and_what_is_ticked_goes_on_the_agenda_at_once(
    due, case, deventer_case, coming, address, casemanager, signed_in
):
    browser = signed_in(casemanager)
    page = text_of(browser.get(f"/overleggen/{coming.pk}/"))
    assert page.index(case.number) < page.index(deventer_case.number)
    assert "1 zaak is te laat" in page

    answer = browser.post(address, {"zaak": [deventer_case.number, case.number]})

    assert answer.headers["Location"] == f"/overleggen/{coming.pk}/#aan-de-beurt"
    assert kinds(casemanager) == {case.pk: ItemKind.ADOPTION, deventer_case.pk: ItemKind.REVIEW}


def test_nothing_ticked_or_not_due_adds_nothing(due, case, coming, address, casemanager, signed_in):
    on_agenda(coming, case, casemanager)
    browser = signed_in(casemanager)

    for sent in ({}, {"zaak": [case.number]}, {"zaak": ["Z-0000-00000", "\x00"]}):
        page = text_of(browser.post(address, sent, follow=True))
        assert "Vink eerst aan welke zaken" in page

    assert items_of(casemanager).count() == 1


def test_a_case_that_is_added_by_its_number_is_there_for_what_it_is_due_for(
    due, case, deventer_case, coming, casemanager, signed_in
):
    browser = signed_in(casemanager)

    browser.post(f"/overleggen/{coming.pk}/punten/", {"number": case.number})
    browser.post(f"/overleggen/{coming.pk}/punten/", {"number": deventer_case.number, "kind": ItemKind.CARE})

    assert kinds(casemanager) == {case.pk: ItemKind.ADOPTION, deventer_case.pk: ItemKind.CARE}


def test_the_time_of_an_invitation_is_offered_from_the_agenda(
    case, deventer_case, coming, casemanager, signed_in
):
    on_agenda(coming, case, casemanager, minutes=25)
    item = on_agenda(coming, deventer_case, casemanager)
    starts = timezone.localtime(coming.starts_at) + timedelta(minutes=25)

    page = text_of(signed_in(casemanager).get(f"/overleggen/{coming.pk}/punten/{item.pk}/"))

    assert f'value="{starts:%H:%M}"' in page
