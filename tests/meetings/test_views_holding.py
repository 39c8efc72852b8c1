"""From the first note to the closed meeting in the browser, and what stands on the tab of the case afterwards."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import CaseParty, LifeDomain
from meetings.access import decisions_of
from meetings.actions import invite, record_decision
from meetings.models import Attendance, DecisionKind, Meeting, MeetingState
from plans.models import Action
from reintegratie.lib.dutch import weekday_text
from reintegratie.lib.workdays import AMSTERDAM, day_of
from tests.cases.test_views_worklist import queries_of
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.factories.plans import ActionFactory


@pytest.fixture
def item(today, case, casemanager):
    return on_agenda(today, case, casemanager)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def closing(meeting, item, world, **changes):
    """The form as the page shows it, with one person and one discussed case."""
    began = meeting.starts_at.astimezone(AMSTERDAM)
    return {
        "day": began.date().isoformat(),
        "clock": began.strftime("%H:%M"),
        "version": str(Meeting.objects.get(pk=meeting.pk).version),
        "personen-TOTAL_FORMS": "2",
        "personen-INITIAL_FORMS": "2",
        "personen-0-organisation": str(world.pi.pk),
        "personen-0-person": "Henk Wolters",
        "personen-0-present": "ja",
        "personen-0-reason": "",
        "personen-1-organisation": "",
        "personen-1-person": "",
        "personen-1-present": "ja",
        "personen-1-reason": "",
        f"{item.pk}-discussed": "on",
        f"{item.pk}-detainee_present": "ja",
        f"{item.pk}-absence_reason": "",
        **changes,
    }


def test_a_decision_with_a_standard_sentence_is_noted_and_dropped(item, today, casemanager, world, signed_in):
    browser = signed_in(casemanager)
    address = f"/overleggen/{today.pk}/punten/{item.pk}/"
    noted = {
        "kind": "actie",
        "domain": "onderdak",
        "phrase": "",
        "text": "Inschrijven als woningzoekende",
        "assignee": str(world.zwolle.pk),
        "due_on": (timezone.now() + timedelta(days=10)).date().isoformat(),
    }

    assert browser.post(f"{address}besluiten/", noted).status_code == 302
    (decision,) = decisions_of(casemanager)
    assert (decision.assignee, decision.text) == (world.zwolle, "Inschrijven als woningzoekende")
    assert browser.post(f"{address}besluiten/{decision.pk}/weghalen/").status_code == 302
    assert not decisions_of(casemanager).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "actie", "text": "Iets"}, "Kies wie de actie krijgt."),
        ({"kind": "actie", "text": "Iets"}, "Kies een datum voor de actie."),
        ({"kind": "anders"}, "Schrijf op wat er is besloten"),
        ({"kind": "voortzetten", "due_on": "1901-01-01"}, "Deze dag is al voorbij"),
        ({"kind": "voortzetten", "due_on": "2099-01-01"}, "Kies een dag in de komende drie jaar."),
        ({"kind": "voortzetten", "text": "x" * 401}, "niet meer dan 400 tekens"),
        ({"kind": "voortzetten", "phrase": "eigen zin"}, "geen beschikbare keuze"),
        ({"kind": ""}, "Kies wat er is besloten."),
        ({}, "Kies wat er is besloten."),
    ],
)
def test_a_decision_that_is_not_whole_is_told_in_words(changes, said, item, today, casemanager, signed_in):
    answer = signed_in(casemanager).post(f"/overleggen/{today.pk}/punten/{item.pk}/besluiten/", changes)

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not decisions_of(casemanager).exists()


def test_the_chair_closes_the_meeting(item, today, case, unit_head, casemanager, world, signed_in):
    record_decision(
        item=item,
        kind=DecisionKind.ACTION,
        text="Inschrijven",
        assignee=world.zwolle,
        due_on=timezone.now().date(),
        by=casemanager,
        at=casemanager.at,
    )
    browser = signed_in(unit_head)
    assert browser.get(f"/overleggen/{today.pk}/houden/").status_code == 200

    answer = browser.post(f"/overleggen/{today.pk}/houden/", closing(today, item, world))

    assert answer.status_code == 302
    meeting = Meeting.objects.get(pk=today.pk)
    assert (meeting.state, meeting.chaired_by) == (MeetingState.HELD, unit_head.user)
    assert Attendance.objects.get().person == "Henk Wolters"
    assert Action.objects.unrestricted(reason="test").get().case == case
    page = text_of(browser.get(f"/overleggen/{today.pk}/"))
    for said in ("Henk Wolters", "was erbij", "Actie voor gemeente Zwolle", "besproken"):
        assert said in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ITEM-detainee_present": ""}, "Was de gedetineerde erbij?"),
        ({"ITEM-detainee_present": "nee"}, "Zeg waarom de gedetineerde er niet bij was."),
        ({"ITEM-discussed": ""}, "Geef aan welke zaken zijn besproken."),
        ({"personen-0-present": "nee"}, "Geef bij iedereen die er niet was een reden."),
        ({"personen-0-organisation": ""}, "Kies de organisatie van deze persoon."),
        ({"day": "2099-01-01"}, "ligt in de toekomst"),
        ({"day": "2025-01-01"}, "meer dan een maand vóór de geplande dag"),
        ({"day": "0001-01-01"}, "tussen 1 januari 1900"),
        ({"version": "1"}, "intussen gewijzigd"),
        ({"personen-TOTAL_FORMS": "rubbish"}, "kwam niet goed aan"),
        ({"personen-TOTAL_FORMS": "5000"}, "Vul hoogstens 200 personen in."),
    ],
)
def test_a_mistake_on_the_closing_page_closes_nothing(
    changes, said, item, today, unit_head, casemanager, world, signed_in
):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    wrong = {name.replace("ITEM", str(item.pk)): value for name, value in changes.items()}

    answer = signed_in(unit_head).post(
        f"/overleggen/{today.pk}/houden/", closing(today, item, world, **wrong)
    )

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert Meeting.objects.get(pk=today.pk).state == MeetingState.PLANNED
    assert not Attendance.objects.exists()


def test_a_case_without_a_decision_keeps_the_meeting_open_and_links_to_where_to_note_one(
    item, today, case, unit_head, world, signed_in
):
    answer = signed_in(unit_head).post(f"/overleggen/{today.pk}/houden/", closing(today, item, world))

    page = text_of(answer)
    assert f'<a href="#id_{item.pk}-discussed">Zaak {case.number}: Er staat nog geen besluit.' in page
    assert f'href="/overleggen/{today.pk}/punten/{item.pk}/"' in page
    assert not Attendance.objects.exists()


def test_every_mistake_on_the_closing_page_is_a_link_to_its_field(
    item, today, case, unit_head, casemanager, world, signed_in
):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    wrong = {f"{item.pk}-detainee_present": "", "personen-0-present": "nee"}

    page = text_of(
        signed_in(unit_head).post(f"/overleggen/{today.pk}/houden/", closing(today, item, world, **wrong))
    )

    assert 'href="#id_personen-0-reason">Persoon 1: Geef bij iedereen' in page
    assert f'href="#id_{item.pk}-detainee_present">Zaak {case.number}: Was de gedetineerde erbij?' in page


def test_a_case_with_a_decision_is_ticked_as_discussed(item, today, unit_head, casemanager, signed_in):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)

    page = text_of(signed_in(unit_head).get(f"/overleggen/{today.pk}/houden/"))

    assert re.search(rf'<input[^>]*name="{item.pk}-discussed"[^>]*checked', page)


def test_attendance_is_kept_before_the_meeting_is_closed_and_what_else_was_typed_stays(
    item, today, unit_head, world, signed_in
):
    browser = signed_in(unit_head)
    address = f"/overleggen/{today.pk}/houden/"
    typed = {f"{item.pk}-absence_reason": "was ziek", "stap": "aanwezigheid"}

    answer = browser.post(address, closing(today, item, world, **typed))

    assert "was ziek" in text_of(answer)
    assert "is bewaard" in text_of(answer)
    assert Meeting.objects.get(pk=today.pk).state == MeetingState.PLANNED
    assert Attendance.objects.get().person == "Henk Wolters"
    assert "Henk Wolters" in text_of(browser.get(address))
    renamed = {**typed, "personen-0-person": "Hans Wolters"}
    browser.post(address, closing(today, item, world, **renamed))
    assert Attendance.objects.get().person == "Hans Wolters"


def test_who_may_not_close_keeps_no_attendance(item, today, casemanager, world, signed_in):
    sent = closing(today, item, world, stap="aanwezigheid")

    assert signed_in(casemanager).post(f"/overleggen/{today.pk}/houden/", sent).status_code == 403
    assert not Attendance.objects.exists()


def test_the_page_of_an_item_tells_how_the_case_stands_and_leads_back_to_closing(
    item, today, case, unit_head, casemanager, world, signed_in
):
    DeadlineFactory(case=case, step="mdo_cycle", due_on=timezone.now().date())
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, text="Inschrijven")
    address = f"/overleggen/{today.pk}/punten/{item.pk}/"

    page = text_of(signed_in(unit_head).get(address))

    for said in ("Zo staat de zaak ervoor", "Inschrijven", "Vandaag".lower(), world.probation.name):
        assert said in page
    assert f'href="/overleggen/{today.pk}/houden/#punt-{item.pk}"' in page
    assert "houden/" not in text_of(signed_in(casemanager).get(address))


def test_a_closed_meeting_is_read_and_no_longer_changed(
    item, today, unit_head, casemanager, world, signed_in
):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    browser = signed_in(unit_head)
    browser.post(f"/overleggen/{today.pk}/houden/", closing(today, item, world))
    address = f"/overleggen/{today.pk}/"

    assert browser.get(f"{address}punten/{item.pk}/").status_code == 200
    assert "Besluit noteren" not in text_of(browser.get(f"{address}punten/{item.pk}/"))
    assert browser.get(f"{address}wijzigen/").status_code == 403
    assert browser.post(f"{address}punten/{item.pk}/besluiten/", {"kind": "voortzetten"}).status_code == 403


@pytest.fixture
def held(item, today, unit_head, casemanager, world, signed_in):
    """Held the day before it was planned, with the gemeente Zwolle and a netwerkpartner invited."""
    for organisation in (world.zwolle, world.partner):
        invite(item=item, organisation=organisation, by=casemanager, at=casemanager.at)
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    yesterday = (today.starts_at.astimezone(AMSTERDAM) - timedelta(days=1)).date().isoformat()
    answer = signed_in(unit_head).post(
        f"/overleggen/{today.pk}/houden/", closing(today, item, world, day=yesterday)
    )
    assert answer.status_code == 302
    return Meeting.objects.get(pk=today.pk)


def test_a_held_meeting_prints_a_besluitenlijst_for_who_was_invited(
    held, world, casemanager, coordinator, other_coordinator, signed_in
):
    address = f"/overleggen/{held.pk}/besluitenlijst.pdf"

    assert signed_in(other_coordinator).get(address).status_code == 404
    assert signed_in(coordinator).get(f"{address}?voor={world.partner.pk}").status_code == 403
    for viewer, query in ((coordinator, ""), (casemanager, ""), (casemanager, f"?voor={world.zwolle.pk}")):
        answer = signed_in(viewer).get(f"{address}{query}")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "besluitenlijst-" in answer.headers["Content-Disposition"]


def test_the_agenda_of_a_held_meeting_is_its_besluitenlijst(held, world, casemanager, signed_in):
    answer = signed_in(casemanager).get(f"/overleggen/{held.pk}/agenda.pdf?voor={world.zwolle.pk}")

    assert answer.headers["Location"] == f"/overleggen/{held.pk}/besluitenlijst.pdf?voor={world.zwolle.pk}"


def test_the_page_of_a_held_meeting_is_under_the_day_it_was_held_and_offers_the_list(
    held, world, casemanager, signed_in
):
    page = text_of(signed_in(casemanager).get(f"/overleggen/{held.pk}/"))

    assert f"<h1>{weekday_text(day_of(held.held_at))}" in page
    assert "Was gepland op" in page
    assert "Besluitenlijst afdrukken" in page
    assert "aantekeningen=nee" not in page
    assert "agenda.pdf" not in page


def test_a_guest_who_no_longer_takes_part_is_offered_no_copy(held, case, world, casemanager, signed_in):
    CaseParty.objects.filter(case=case, party=world.partner).update(until=timezone.now())

    page = text_of(signed_in(casemanager).get(f"/overleggen/{held.pk}/"))

    assert f"?voor={world.zwolle.pk}" in page
    assert f"?voor={world.partner.pk}" not in page
    assert "Doet niet meer mee in de zaak" in page


def test_the_guest_reads_on_the_tab_of_the_case_what_is_shared(
    item, today, case, unit_head, casemanager, coordinator, world, signed_in
):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    for domain, text in ((LifeDomain.HOUSING, "kamer zoeken"), (LifeDomain.DEBTS, "KANARIE schuld")):
        record_decision(
            item=item, kind=DecisionKind.OTHER, text=text, domain=domain, by=casemanager, at=casemanager.at
        )
    guest = signed_in(coordinator)
    assert "kamer zoeken" not in text_of(guest.get(f"/zaken/{case.pk}/overleggen/"))

    signed_in(unit_head).post(f"/overleggen/{today.pk}/houden/", closing(today, item, world))

    page = text_of(guest.get(f"/zaken/{case.pk}/overleggen/"))
    assert "kamer zoeken" in page
    assert "KANARIE" not in page
    assert "KANARIE" in text_of(signed_in(unit_head).get(f"/zaken/{case.pk}/overleggen/"))


def test_the_tab_of_a_case_is_for_who_takes_part(item, case, other_coordinator, privacy_officer, signed_in):
    assert signed_in(other_coordinator).get(f"/zaken/{case.pk}/overleggen/").status_code == 404
    assert signed_in(privacy_officer).get(f"/zaken/{case.pk}/overleggen/").status_code == 403


def test_the_tab_costs_the_same_with_two_and_with_ten_meetings(
    case, world, unit_head, casemanager, signed_in
):
    def meet(count):
        for _ in range(count):
            meeting = MeetingFactory(organisation=world.pi, chair=unit_head.user)
            record_decision(
                item=on_agenda(meeting, case, casemanager),
                kind=DecisionKind.CONTINUE,
                by=casemanager,
                at=casemanager.at,
            )

    browser = signed_in(casemanager)
    meet(2)
    browser.get(f"/zaken/{case.pk}/overleggen/")
    with_two = queries_of(browser, f"/zaken/{case.pk}/overleggen/")

    meet(8)

    assert len(queries_of(browser, f"/zaken/{case.pk}/overleggen/")) == len(with_two)
