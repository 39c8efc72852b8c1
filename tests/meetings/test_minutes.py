"""The besluitenlijst of a held meeting: per reader what it may see now; numbered, in the ledger, and a disclosure."""

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from cases.models import LifeDomain
from consent.actions import withdraw_consent
from consent.models import Disclosure
from meetings.actions import (
    Discussion,
    Presence,
    hold_meeting,
    invite,
    plan_meeting,
    print_agenda,
    print_minutes,
    record_decision,
)
from meetings.actions.prints import HeldAlready, NothingForThisReader, NotYetHeld
from meetings.minutes import minutes_for
from meetings.models import AgendaPrint, DecisionKind, Meeting, Paper
from meetings.printing import render_minutes
from meetings.refusals import NotAllowed
from parties.models import AuditLine, ProcessingLine
from plans.readers import reader_for
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import on_agenda
from tests.meetings.worlds import many_cases

HIDDEN = "KANARIE"


def printed(meeting, reader, by):
    copy, sheet = print_minutes(meeting=meeting, reader=reader, by=by, at=by.at)
    pages = PdfReader(io.BytesIO(render_minutes(copy, sheet, meeting, by))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def decide(item, by, text, **more):
    record_decision(item=item, text=text, by=by, at=by.at, **{"kind": DecisionKind.OTHER, **more})


@pytest.fixture
def housing_consent(case, world):
    return ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)


@pytest.fixture
def held(mdo, case, deventer_case, casemanager, unit_head, world, housing_consent, at):
    """Two cases, one of which was not discussed. What the gemeente Zwolle may not read carries the word KANARIE."""
    item = on_agenda(mdo, case, casemanager, proposal=f"{HIDDEN} voorstel")
    other = on_agenda(mdo, deventer_case, casemanager)
    for organisation in (world.zwolle, world.partner):
        invite(item=item, organisation=organisation, by=casemanager, at=casemanager.at)
    invite(item=other, organisation=world.deventer, by=casemanager, at=casemanager.at)
    decide(item, casemanager, "kamer zoeken gaat door", domain=LifeDomain.HOUSING)
    decide(item, casemanager, f"{HIDDEN} schulden eerst", domain=LifeDomain.DEBTS)
    tasks = {"kind": DecisionKind.ACTION, "due_on": date(2026, 6, 8)}
    decide(item, casemanager, "huisbezoek doen", domain=LifeDomain.HOUSING, assignee=world.pi, **tasks)
    decide(item, casemanager, "schuldhulp aanvragen", domain=LifeDomain.DEBTS, assignee=world.zwolle, **tasks)
    decide(item, casemanager, f"{HIDDEN} taak van de PI", domain=LifeDomain.DEBTS, assignee=world.pi, **tasks)
    later = at(unit_head, mdo.starts_at + timedelta(hours=2))
    hold_meeting(
        meeting=mdo,
        discussed={item.pk: Discussion(detainee_present=False, absence_reason=f"{HIDDEN} was ziek")},
        people=[
            Presence(world.pi, "Henk Wolters"),
            Presence(world.zwolle, "Fatima Bakker"),
            Presence(world.deventer, f"{HIDDEN} Jansen", present=False, reason="verhinderd"),
        ],
        by=later,
        at=later.at,
    )
    return Meeting.objects.with_people().get(pk=mdo.pk)


@pytest.fixture
def after(held, at):
    """The same persons just after the meeting was closed."""
    return lambda viewer: at(viewer, held.held_at + timedelta(minutes=5))


def test_who_was_not_invited_gets_no_list(
    held, after, casemanager, other_coordinator, partner_contact, world
):
    with pytest.raises(NothingForThisReader):
        print_minutes(meeting=held, reader=world.kampen, by=after(casemanager), at=after(casemanager).at)
    with pytest.raises(NotAllowed):
        print_minutes(
            meeting=held, reader=world.zwolle, by=after(other_coordinator), at=after(other_coordinator).at
        )


def test_a_guest_reads_his_own_items_and_of_them_what_is_shared(
    held, after, case, deventer_case, casemanager, coordinator, world
):
    for by in (after(casemanager), after(coordinator)):
        text = printed(held, world.zwolle, by)

        assert f"{case.number} · {case.detainee.initials}" in text
        assert "kamer zoeken gaat door" in text
        assert HIDDEN not in text
        assert deventer_case.number not in text
        assert case.detainee.surname not in text
        assert "was er niet bij" not in text
        assert world.partner.name not in text


def test_his_own_action_stands_on_his_list_without_a_ground(held, after, coordinator, world):
    (block,) = minutes_for(held, [after(coordinator)], after(coordinator).at).blocks

    lines = [(line.text, line.party, line.due) for line in block.actions]
    assert lines == [
        ("huisbezoek doen", "PI Zwolle", "8 juni 2026"),
        ("schuldhulp aanvragen", world.zwolle.called, "8 juni 2026"),
    ]
    assert set(block.grounds) == {LifeDomain.HOUSING}


def test_the_list_that_the_pi_prints_is_the_list_that_the_guest_prints(
    held, after, casemanager, coordinator, world
):
    by = after(casemanager)

    by_the_pi = minutes_for(held, [by, reader_for(world.zwolle, by.at)], by.at)

    assert by_the_pi == minutes_for(held, [after(coordinator)], by.at)


def test_a_guest_without_a_ground_reads_that_nothing_is_shared(held, after, case, partner_contact, world):
    text = printed(held, world.partner, after(partner_contact))

    assert case.number in text
    assert "Er is niets van deze zaak met u gedeeld." in text
    assert HIDDEN not in text
    assert "kamer zoeken" not in text


def test_a_guest_reads_who_led_and_who_came_for_itself_and_of_others_no_name(
    held, after, coordinator, unit_head
):
    sheet = minutes_for(held, [after(coordinator)], after(coordinator).at)

    assert sheet.chair == unit_head.name
    assert (sheet.present, sheet.absent) == (("Fatima Bakker (gemeente Zwolle)",), ())


def test_a_withdrawn_consent_is_gone_on_the_next_print_and_the_handed_over_copy_is_outdated(
    held, after, at, casemanager, coordinator, housing_consent, world, django_capture_on_commit_callbacks
):
    printed(held, world.zwolle, after(casemanager))
    printed(held, world.pi, after(casemanager))
    later = at(casemanager, held.held_at + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(consent=housing_consent, reason="", by=later, at=later.at)

    text = printed(held, world.zwolle, at(coordinator, later.at + timedelta(minutes=1)))

    assert "kamer zoeken" not in text
    assert "huisbezoek" not in text
    assert "schuldhulp aanvragen" in text
    outdated = AgendaPrint.objects.exclude(outdated_at=None).values_list("for_organisation", flat=True)
    assert list(outdated) == [world.zwolle.pk]


def test_the_pi_reads_everybody_everything_and_what_was_not_discussed(
    held, after, case, deventer_case, unit_head, world
):
    text = printed(held, world.pi, after(unit_head))

    for said in (
        "Besluitenlijst overleg 18 mei 2026",
        "Henk Wolters (PI Zwolle)",
        "Jansen (gemeente Deventer): verhinderd",
        case.detainee.surname,
        "kamer zoeken gaat door",
        "was er niet bij",
        deventer_case.detainee.surname,
        "niet besproken",
        "pagina 1 van",
        "VERTROUWELIJK",
        "Stand per",
    ):
        assert said in text
    assert text.count("schuldhulp aanvragen") == 1
    assert "Aantekeningen" not in text


def test_the_day_is_the_day_on_which_it_was_held(mdo, item, casemanager, unit_head, at, world):
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=casemanager, at=casemanager.at)
    early = at(unit_head, mdo.starts_at - timedelta(days=3))
    hold_meeting(meeting=mdo, discussed={item.pk: Discussion(True)}, by=early, at=early.at)

    sheet = minutes_for(Meeting.objects.with_people().get(pk=mdo.pk), [early], early.at)

    assert (sheet.day, sheet.planned) == ("vrijdag 15 mei 2026", "maandag 18 mei 2026")


def test_it_tells_when_the_case_comes_back(held, after, case, casemanager, coordinator, unit_head, world):
    why = "6 weken na het laatste gehouden MDO op 18 mei 2026"
    DeadlineFactory(case=case, step="mdo_cycle", due_on=date(2026, 6, 29), explanation=why)
    now = after(casemanager)
    next_one = plan_meeting(
        starts_at=held.starts_at + timedelta(weeks=5), chair=unit_head.user, by=now, at=now.at
    )
    on_agenda(next_one, case, now)

    chair, guest = (minutes_for(held, [after(one)], now.at).blocks[0] for one in (casemanager, coordinator))

    assert chair.upcoming == (
        f"Volgend MDO uiterlijk 29 juni 2026 ({why})",
        "Staat op het overleg van 22 juni 2026",
    )
    assert "Staat op het overleg van 22 juni 2026" not in guest.upcoming


def test_every_list_has_a_number_and_a_ledger_line_and_one_for_a_guest_is_a_disclosure(
    held, after, case, deventer_case, casemanager, world
):
    by = after(casemanager)
    print_minutes(meeting=held, reader=world.pi, by=by, at=by.at)
    copy, _ = print_minutes(meeting=held, reader=world.zwolle, by=by, at=by.at)

    disclosure = Disclosure.objects.get(document_id=str(copy.pk))
    assert (copy.paper, copy.serial) == (Paper.MINUTES, 1)
    assert (disclosure.kind, disclosure.case, disclosure.recipient) == ("besluitenlijst", case, world.zwolle)
    assert disclosure.domains == [LifeDomain.HOUSING]
    assert Disclosure.objects.count() == 1
    lines = AuditLine.objects.filter(action="besluitenlijst-afdrukken")
    persons = ProcessingLine.objects.filter(span_id__in=lines.values("span_id"))
    assert sorted(persons.values_list("subject_id", flat=True)) == sorted(
        [case.detainee_id, deventer_case.detainee_id, case.detainee_id]
    )


def test_a_planned_meeting_has_no_list_and_a_held_one_no_agenda(
    held, item_of_tomorrow, after, casemanager, world
):
    by = after(casemanager)
    with pytest.raises(HeldAlready):
        print_agenda(meeting=held, reader=world.pi, with_notes=True, by=by, at=by.at)
    with pytest.raises(NotYetHeld):
        print_minutes(meeting=item_of_tomorrow.meeting, reader=world.pi, by=by, at=by.at)


@pytest.fixture
def item_of_tomorrow(coming, deventer_case, casemanager):
    return on_agenda(coming, deventer_case, casemanager)


def test_the_list_costs_the_same_with_two_and_with_twenty_cases(
    mdo, casemanager, unit_head, coordinator, world, django_assert_num_queries
):
    # items, decisions, terms, capacities, notes, actions, planned, attendance; a guest's grounds
    for count in (2, 18):
        many_cases(mdo, casemanager, world, count)
        with django_assert_num_queries(8):
            minutes_for(mdo, [unit_head], unit_head.at)
        with django_assert_num_queries(9):
            minutes_for(mdo, [coordinator], coordinator.at)
