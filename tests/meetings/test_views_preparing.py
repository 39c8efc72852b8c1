"""Planning a meeting and filling its agenda in the browser, with mistakes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Notification
from meetings.access import items_of
from meetings.actions import invite
from meetings.models import AgendaItem, Invitation, ItemKind, ItemNote, Meeting, MeetingState
from reintegratie.lib.workdays import AMSTERDAM
from tests.cases.test_views_worklist import queries_of
from tests.factories.cases import CaseFactory, DeadlineFactory, take_part
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.meetings.worlds import many_cases

NEXT_WEEK = timezone.now().astimezone(AMSTERDAM).date() + timedelta(days=7)


def answers(unit_head, **changes):
    return {
        "kind": "mdo",
        "day": NEXT_WEEK.isoformat(),
        "clock": "09:30",
        "place": "Zaal 3",
        "link": "",
        "minutes_per_item": "10",
        "chair": str(unit_head.user.pk),
        "deputy": "",
        "secretary": "",
        **changes,
    }


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_casemanager_plans_a_meeting(casemanager, unit_head, world, signed_in):
    answer = signed_in(casemanager).post("/overleggen/nieuw/", answers(unit_head))

    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/overleggen/{meeting.pk}/")
    assert (meeting.organisation, meeting.chair) == (world.pi, unit_head.user)
    assert meeting.starts_at.astimezone(AMSTERDAM).strftime("%H:%M") == "09:30"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("chair", "", "Dit veld is vereist."),
        ("chair", "rubbish", "geen geldige UUID"),
        ("day", "31-31-2026", "geldige datum"),
        ("day", "1901-01-01", "Kies een dag tussen"),
        ("day", "2199-12-31", "Kies een dag tussen"),
        ("clock", "99:99", "geldige tijd"),
        ("minutes_per_item", "0", "minstens 1 is"),
        ("link", "javascript:alert(1)", "geldige URL"),
        ("kind", "feest", "geen beschikbare keuze"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(
    field, value, said, casemanager, unit_head, signed_in
):
    answer = signed_in(casemanager).post("/overleggen/nieuw/", answers(unit_head, **{field: value}))

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not Meeting.objects.exists()


def test_a_deputy_without_mandate_is_refused_in_words(casemanager, unit_head, hire, world, signed_in):
    colleague = hire(world.pi, "casemanager").user

    answer = signed_in(casemanager).post("/overleggen/nieuw/", answers(unit_head, deputy=str(colleague.pk)))

    assert "kan alleen door het afdelingshoofd worden aangewezen" in text_of(answer)
    assert not Meeting.objects.exists()


def test_who_changes_after_somebody_else_sees_both(coming, casemanager, unit_head, signed_in):
    browser = signed_in(casemanager)
    first = browser.post(f"/overleggen/{coming.pk}/wijzigen/", answers(unit_head, version="1"))
    assert first.status_code == 302

    second = browser.post(
        f"/overleggen/{coming.pk}/wijzigen/", answers(unit_head, version="1", place="Zaal 9")
    )

    text = text_of(second)
    assert "heeft dit intussen gewijzigd" in text
    assert "Zaal 3" in text
    assert "Zaal 9" in text
    assert Meeting.objects.get(pk=coming.pk).place == "Zaal 3"
    again = browser.post(
        f"/overleggen/{coming.pk}/wijzigen/", answers(unit_head, version="2", place="Zaal 9")
    )
    assert again.status_code == 302


def test_calling_off_asks_for_a_reason(coming, casemanager, signed_in):
    browser = signed_in(casemanager)

    assert "Dit veld is vereist." in text_of(browser.post(f"/overleggen/{coming.pk}/afgelasten/", {}))
    assert browser.post(f"/overleggen/{coming.pk}/afgelasten/", {"reason": "ziek"}).status_code == 302
    assert Meeting.objects.get(pk=coming.pk).state == MeetingState.CANCELLED


def test_a_proposal_warns_for_another_open_meeting(coming, case, casemanager, unit_head, world, signed_in):
    other = MeetingFactory(
        organisation=world.pi, chair=unit_head.user, starts_at=timezone.now() + timedelta(days=3)
    )
    on_agenda(other, case, casemanager)
    DeadlineFactory(case=case, step="plan_adoption", due_on=NEXT_WEEK)

    page = text_of(signed_in(casemanager).get(f"/overleggen/{coming.pk}/"))

    assert "Let op: staat al op het overleg van" in page


@pytest.mark.parametrize("number", ["Z-0000-00000", "", "x" * 21, "Z-2026\x00"])
def test_a_number_that_is_not_ours_is_told_at_the_field(number, coming, casemanager, signed_in):
    answer = signed_in(casemanager).post(
        f"/overleggen/{coming.pk}/punten/", {"number": number, "kind": ItemKind.REVIEW}
    )

    assert answer.status_code == 200
    assert "Nog niet opgeslagen" in text_of(answer)


def test_the_number_of_a_case_elsewhere_reads_as_a_number_that_does_not_exist(
    coming, casemanager, world, signed_in
):
    elsewhere = CaseFactory()
    take_part(elsewhere, world.other_pi, "inrichting")
    browser = signed_in(casemanager)

    def answer(number):
        page = browser.post(f"/overleggen/{coming.pk}/punten/", {"number": number, "kind": ItemKind.REVIEW})
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert answer(elsewhere.number) == answer("Z-0000-00000")


def test_a_person_twice_is_told_at_the_field(coming, case, casemanager, signed_in):
    on_agenda(coming, case, casemanager)

    answer = signed_in(casemanager).post(
        f"/overleggen/{coming.pk}/punten/", {"number": case.number, "kind": ItemKind.REVIEW}
    )

    assert "Deze persoon staat al op deze agenda." in text_of(answer)


def test_the_order_changes_with_a_button(coming, case, deventer_case, casemanager, signed_in):
    on_agenda(coming, case, casemanager)
    second = on_agenda(coming, deventer_case, casemanager)
    browser = signed_in(casemanager)
    address = f"/overleggen/{coming.pk}/punten/{second.pk}/volgorde/"

    browser.post(address, {"richting": "omhoog", "version": "3"})
    assert [item.case for item in items_of(casemanager)] == [deventer_case, case]

    stale = browser.post(address, {"richting": "omlaag", "version": "3"}, follow=True)
    assert "Iemand anders heeft de agenda intussen gewijzigd" in text_of(stale)
    assert [item.case for item in items_of(casemanager)] == [deventer_case, case]
    assert browser.post(address, {"richting": "?", "version": "\u0663"}).status_code == 302


def test_an_item_is_changed_and_taken_off(coming, case, casemanager, signed_in):
    item = on_agenda(coming, case, casemanager)
    browser = signed_in(casemanager)
    address = f"/overleggen/{coming.pk}/punten/{item.pk}/"
    changed = {"kind": "zorg", "minutes": "15", "proposal": "Wachtlijst bespreken", "version": "1"}

    assert browser.post(f"{address}wijzigen/", changed).status_code == 302
    stale = browser.post(f"{address}wijzigen/", {**changed, "proposal": "Iets anders"})
    assert "heeft dit intussen gewijzigd" in text_of(stale)
    note = ItemNote.objects.visible_to(casemanager).get()
    assert (note.kind, note.proposal) == ("zorg", "Wachtlijst bespreken")
    assert browser.post(f"{address}weghalen/").status_code == 302
    assert not items_of(casemanager).exists()


def test_a_party_is_invited_and_answers(coming, case, casemanager, coordinator, world, signed_in):
    item = on_agenda(coming, case, casemanager)
    address = f"/overleggen/{coming.pk}/punten/{item.pk}/"

    invited = signed_in(casemanager).post(
        f"{address}uitnodigen/", {"organisation": str(world.zwolle.pk), "expected_at": "10:15"}
    )
    assert invited.status_code == 302
    invitation = Invitation.objects.get()
    guest = signed_in(coordinator)
    page = text_of(guest.get(f"/overleggen/{coming.pk}/"))
    assert "10.15 uur" in page
    answered = guest.post(
        f"/overleggen/{coming.pk}/uitnodigingen/{invitation.pk}/antwoord/",
        {f"{invitation.pk}-answer": "komt"},
    )

    assert answered.status_code == 302
    assert Invitation.objects.get().answer == "komt"
    assert Notification.objects.filter(organisation=world.zwolle, kind="uitnodiging").exists()


def test_an_invitation_is_taken_back(coming, case, casemanager, partner_contact, world, signed_in):
    item = on_agenda(coming, case, casemanager)
    invitation = invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)
    guest = signed_in(partner_contact)
    assert guest.get(f"/overleggen/{coming.pk}/").status_code == 200

    signed_in(casemanager).post(
        f"/overleggen/{coming.pk}/punten/{item.pk}/uitnodigingen/{invitation.pk}/intrekken/"
    )

    assert guest.get(f"/overleggen/{coming.pk}/").status_code == 404
    assert guest.get(f"/zaken/{case.pk}/").status_code == 404


def test_a_stranger_is_not_among_the_choices(coming, case, casemanager, world, signed_in):
    item = on_agenda(coming, case, casemanager)

    answer = signed_in(casemanager).post(
        f"/overleggen/{coming.pk}/punten/{item.pk}/uitnodigen/", {"organisation": str(world.deventer.pk)}
    )

    assert "geldige keuze" in text_of(answer)
    assert not Invitation.objects.exists()


def test_the_page_of_a_meeting_costs_the_same_with_two_and_with_twenty_cases(
    coming, casemanager, unit_head, world, signed_in
):
    browser = signed_in(unit_head)
    many_cases(coming, casemanager, world, 2)
    browser.get("/overleggen/")
    with_two = queries_of(browser, f"/overleggen/{coming.pk}/")

    many_cases(coming, casemanager, world, 18)
    with_twenty = queries_of(browser, f"/overleggen/{coming.pk}/")

    assert AgendaItem.objects.unrestricted(reason="test").count() == 20
    assert len(with_twenty) == len(with_two)


def test_the_list_of_meetings_costs_the_same_with_two_and_with_twenty(
    world, unit_head, casemanager, signed_in
):
    browser = signed_in(casemanager)
    soon = timezone.now() + timedelta(days=2)
    MeetingFactory.create_batch(2, organisation=world.pi, chair=unit_head.user, starts_at=soon)
    browser.get("/overleggen/")
    with_two = queries_of(browser, "/overleggen/")

    MeetingFactory.create_batch(18, organisation=world.pi, chair=unit_head.user, starts_at=soon)

    assert len(queries_of(browser, "/overleggen/")) == len(with_two)


@pytest.mark.parametrize(
    "moment",
    [
        "rubbish",
        "2026-13-45T00:00:00Z",
        "2026-01-01",
        "9999-12-31T00:00:00Z",
        "9999-12-31T23:59:59-23:00_x",
        "2026-01-01T00:00:00Z_x",
    ],
)
def test_a_moment_that_is_none_shows_the_list(moment, coming, casemanager, signed_in):
    assert signed_in(casemanager).get(f"/overleggen/?voor={moment}").status_code == 200


@pytest.mark.parametrize(
    ("state", "name"), [(MeetingState.CANCELLED, "voor"), (MeetingState.PLANNED, "vanaf")]
)
def test_no_meeting_is_lost_at_the_edge_of_a_page_though_all_are_at_the_same_minute(
    state, name, world, unit_head, casemanager, signed_in
):
    moment = timezone.now() + timedelta(days=2)
    made = MeetingFactory.create_batch(
        30, organisation=world.pi, chair=unit_head.user, state=state, starts_at=moment
    )
    browser = signed_in(casemanager)

    page = text_of(browser.get("/overleggen/"))
    further = re.search(rf'href="(\?{name}=[^"]+)"', page)
    assert further is not None
    rest = text_of(browser.get(f"/overleggen/{further[1]}"))

    shown = [re.findall(r'href="/overleggen/([0-9a-f-]{36})/"', leaf) for leaf in (page, rest)]
    assert [len(leaf) for leaf in shown] == [25, 5]
    assert {one for leaf in shown for one in leaf} == {str(one.pk) for one in made}
