"""Every page of a meeting, tried as the outsider first, then as the guest and as the wrong role."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from meetings.actions import cancel_meeting, invite, record_decision
from meetings.models import DecisionKind
from tests.factories.meetings import on_agenda

READ = ("", "agenda.pdf", "besluitenlijst.pdf", "overleg.ics")
PREPARE = ("wijzigen/", "afgelasten/")
POSTED = ("punten/",)
ON_ITEM = ("volgorde/", "weghalen/", "wijzigen/", "uitnodigen/", "besluiten/")


@pytest.fixture
def guests_item(coming, case, casemanager, world):
    """The gemeente is invited to this one."""
    item = on_agenda(coming, case, casemanager, proposal="KANARIE voorstel")
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    return item


@pytest.fixture
def hidden_item(coming, deventer_case, casemanager, world):
    """The gemeente is not invited to this one."""
    item = on_agenda(coming, deventer_case, casemanager, proposal="KANARIE voorstel")
    invite(item=item, organisation=world.deventer, by=casemanager, at=casemanager.at)
    return item


@pytest.mark.parametrize("page", [*READ, *PREPARE, "houden/"])
@pytest.mark.parametrize("persona", ["other_coordinator", "other_casemanager", "partner_contact"])
def test_an_outsider_gets_the_answer_of_a_random_id(page, persona, guests_item, coming, signed_in, request):
    browser = signed_in(request.getfixturevalue(persona))

    hidden = browser.get(f"/overleggen/{coming.pk}/{page}")
    random = browser.get(f"/overleggen/{uuid4()}/{page}")

    assert hidden.status_code == random.status_code == 404
    assert hidden.content == random.content


@pytest.mark.parametrize("page", [*POSTED, *(f"punten/ITEM/{page}" for page in ON_ITEM)])
def test_an_outsider_posts_into_nothing(page, guests_item, coming, other_coordinator, signed_in):
    browser = signed_in(other_coordinator)

    answer = browser.post(f"/overleggen/{coming.pk}/{page.replace('ITEM', str(guests_item.pk))}")

    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["/overleggen/", "/overleggen/nieuw/", "/overleggen/ONE/"])
@pytest.mark.parametrize("persona", ["bij_mandatary", "privacy_officer", "functional_admin"])
def test_a_role_without_meetings_is_refused(page, persona, guests_item, coming, signed_in, request):
    browser = signed_in(request.getfixturevalue(persona))

    assert browser.get(page.replace("ONE", str(coming.pk))).status_code == 403


def test_a_guest_sees_his_own_item_and_no_trace_of_another(
    guests_item, coming, case, coordinator, casemanager, deventer_case, world, signed_in
):
    browser = signed_in(coordinator)
    alone = browser.get(f"/overleggen/{coming.pk}/").content

    other = on_agenda(coming, deventer_case, casemanager, proposal="KANARIE voorstel")
    invite(item=other, organisation=world.deventer, by=casemanager, at=casemanager.at)
    record_decision(item=other, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    invite(item=guests_item, organisation=world.probation, by=casemanager, at=casemanager.at)
    crowded = browser.get(f"/overleggen/{coming.pk}/").content

    assert case.number in alone.decode()
    assert "KANARIE" not in alone.decode()
    assert without_tokens(crowded) == without_tokens(alone)


def without_tokens(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())


@pytest.mark.parametrize("page", [*PREPARE, "houden/", "punten/ITEM/"])
def test_a_guest_prepares_nothing(page, guests_item, coming, coordinator, signed_in):
    browser = signed_in(coordinator)

    assert (
        browser.get(f"/overleggen/{coming.pk}/{page.replace('ITEM', str(guests_item.pk))}").status_code == 403
    )


@pytest.mark.parametrize("page", ON_ITEM)
def test_a_guest_changes_nothing(page, guests_item, coming, coordinator, signed_in):
    browser = signed_in(coordinator)

    assert browser.post(f"/overleggen/{coming.pk}/punten/{guests_item.pk}/{page}").status_code == 403


@pytest.mark.parametrize("page", ["", *ON_ITEM])
def test_the_item_of_another_is_a_random_id_to_a_guest(
    page, guests_item, hidden_item, coming, coordinator, signed_in
):
    browser = signed_in(coordinator)
    call = browser.get if page == "" else browser.post

    hidden = call(f"/overleggen/{coming.pk}/punten/{hidden_item.pk}/{page}")
    random = call(f"/overleggen/{coming.pk}/punten/{uuid4()}/{page}")

    assert hidden.status_code == random.status_code
    assert hidden.content == random.content


def test_the_casemanager_does_not_close_the_meeting(guests_item, coming, casemanager, signed_in):
    page = signed_in(casemanager).get(f"/overleggen/{coming.pk}/")

    assert "Overleg afsluiten" not in page.content.decode()
    assert signed_in(casemanager).get(f"/overleggen/{coming.pk}/houden/").status_code == 403


def test_the_directeur_reads_and_prints_but_does_not_prepare(guests_item, coming, director, signed_in):
    browser = signed_in(director)

    assert browser.get(f"/overleggen/{coming.pk}/").status_code == 200
    assert browser.get(f"/overleggen/{coming.pk}/agenda.pdf").status_code == 200
    assert browser.get(f"/overleggen/{coming.pk}/punten/{guests_item.pk}/").status_code == 200
    assert browser.get(f"/overleggen/{coming.pk}/wijzigen/").status_code == 403


def test_a_guest_prints_his_own_copy_and_nobody_elses(guests_item, coming, coordinator, world, signed_in):
    browser = signed_in(coordinator)
    address = f"/overleggen/{coming.pk}/agenda.pdf"

    own = browser.get(address)

    assert (own.status_code, own["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in own["Cache-Control"]
    assert browser.get(f"{address}?voor={world.zwolle.pk}").status_code == 200
    assert browser.get(f"{address}?voor={world.pi.pk}").status_code == 403
    assert browser.get(f"{address}?voor={world.probation.pk}").status_code == 403


@pytest.mark.parametrize("reader", ["rubbish", "00000000-0000-4000-8000-000000000000", "%00"])
def test_a_copy_for_nobody_does_not_exist(reader, guests_item, coming, casemanager, signed_in):
    address = f"/overleggen/{coming.pk}/agenda.pdf?voor={reader}"

    assert signed_in(casemanager).get(address).status_code == 404


def test_a_copy_for_who_is_not_invited_does_not_exist(guests_item, coming, casemanager, world, signed_in):
    address = f"/overleggen/{coming.pk}/agenda.pdf?voor={world.probation.pk}"

    assert signed_in(casemanager).get(address).status_code == 404


def test_the_calendar_file_holds_numbers_and_no_name(
    guests_item, hidden_item, coming, case, coordinator, signed_in
):
    text = signed_in(coordinator).get(f"/overleggen/{coming.pk}/overleg.ics").content.decode()

    assert case.number in text
    assert case.detainee.surname not in text
    assert hidden_item.case.number not in text


def test_the_calendar_of_a_guest_tells_nothing_of_the_length_of_the_agenda(
    coming, case, casemanager, coordinator, world, signed_in
):
    item = on_agenda(coming, case, casemanager, minutes=60)
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    def lasts(viewer):
        (event,) = Calendar.from_ical(
            signed_in(viewer).get(f"/overleggen/{coming.pk}/overleg.ics").content
        ).walk("VEVENT")
        return event["DTEND"].dt - event["DTSTART"].dt

    assert lasts(coordinator) == timedelta(minutes=30)
    assert lasts(casemanager) == timedelta(minutes=60)


def test_why_a_meeting_was_called_off_is_read_by_the_pi_only(
    guests_item, coming, coordinator, casemanager, unit_head, signed_in
):
    cancel_meeting(meeting=coming, reason="KANARIE zit in isolatie", by=unit_head, at=unit_head.at)
    page = f"/overleggen/{coming.pk}/"

    assert "KANARIE" in signed_in(casemanager).get(page).content.decode()
    assert "KANARIE" not in signed_in(coordinator).get(page).content.decode()
