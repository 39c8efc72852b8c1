"""Every copy has a number, a reader and its lines in the ledgers; a guest's copy holds nothing that is hidden."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from cases.models import LifeDomain, Notification
from consent.actions import withdraw_consent
from consent.models import Consent, Disclosure
from meetings.actions import cancel_meeting, invite, print_agenda
from meetings.actions.prints import NothingForThisReader
from meetings.agenda import agenda_for
from meetings.models import AgendaPrint
from meetings.printing import render_agenda
from meetings.refusals import NotAllowed
from meetings.sheet import ActionLine, AgendaBlock
from parties.models import AuditLine, ProcessingLine
from reintegratie.lib.pdf import Letterhead, render_pdf
from tests.conftest import NOW
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import on_agenda
from tests.factories.plans import ActionFactory
from tests.meetings.worlds import many_cases

HIDDEN = "KANARIE"


def printed(mdo, reader, by, *, with_notes=True):
    copy, sheet = print_agenda(meeting=mdo, reader=reader, with_notes=with_notes, by=by, at=by.at)
    pages = PdfReader(io.BytesIO(render_agenda(copy, sheet, mdo, by))).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.fixture
def full_agenda(mdo, case, deventer_case, casemanager, world):
    """Everything that a guest may not read carries the word KANARIE."""
    item = on_agenda(mdo, case, casemanager, proposal=f"{HIDDEN} voorstel")
    other = on_agenda(mdo, deventer_case, casemanager, proposal=f"{HIDDEN} ander voorstel")
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)
    invite(item=other, organisation=world.deventer, by=casemanager, at=casemanager.at)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    for domain, text in ((LifeDomain.HOUSING, "kamer zoeken"), (LifeDomain.DEBTS, f"{HIDDEN} schuld")):
        ActionFactory(case=case, owner=world.pi, assignee=world.pi, domain=domain, text=text)
    ActionFactory(case=deventer_case, owner=world.pi, assignee=world.pi, text=f"{HIDDEN} van een ander")
    return item


def test_the_copy_of_a_guest_holds_nothing_that_is_hidden(
    full_agenda, mdo, case, deventer_case, casemanager, coordinator, world
):
    for by in (casemanager, coordinator):
        text = printed(mdo, world.zwolle, by)

        assert "kamer zoeken" in text
        assert HIDDEN not in text
        assert deventer_case.number not in text
        assert case.detainee.surname not in text
        assert world.partner.name not in text
        assert "Voor: gemeente Zwolle" in text


def test_the_copy_of_a_guest_without_a_ground_says_only_that_there_is_an_item(
    full_agenda, mdo, case, partner_contact, world
):
    text = printed(mdo, world.partner, partner_contact)

    assert f"{case.number} · {case.detainee.initials}" in text
    assert HIDDEN not in text
    assert "kamer zoeken" not in text


def test_the_chair_reads_everything_and_when_it_stood_so(full_agenda, mdo, deventer_case, unit_head, world):
    text = printed(mdo, world.pi, unit_head)

    assert text.count(HIDDEN) == 4
    assert deventer_case.detainee.surname in text
    for said in (
        "Stand per",
        "22 april 2026, 11.00 uur",
        "pagina 1 van",
        "VERTROUWELIJK",
        "Aantekeningen",
    ):
        assert said in text


def test_without_notes_there_are_no_lines_to_write_on(full_agenda, mdo, unit_head, world):
    assert "Aantekeningen" not in printed(mdo, world.pi, unit_head, with_notes=False)


def test_an_empty_agenda_says_so(mdo, unit_head, world):
    assert "Er staan nog geen zaken op deze agenda." in printed(mdo, world.pi, unit_head)


def test_each_reader_counts_his_own_copies(full_agenda, mdo, casemanager, coordinator, world):
    for reader, by in ((world.pi, casemanager), (world.pi, casemanager), (world.zwolle, coordinator)):
        print_agenda(meeting=mdo, reader=reader, with_notes=True, by=by, at=by.at)

    serials = AgendaPrint.objects.order_by("printed_at", "pk").values_list("for_organisation", "serial")
    assert sorted(serials, key=str) == sorted(
        [(world.pi.pk, 1), (world.pi.pk, 2), (world.zwolle.pk, 1)], key=str
    )


def test_the_copy_of_another_party_is_in_the_register_with_its_ground(
    full_agenda, mdo, case, casemanager, world
):
    copy, _ = print_agenda(
        meeting=mdo, reader=world.zwolle, with_notes=True, by=casemanager, at=casemanager.at
    )

    disclosure = Disclosure.objects.get(document_id=str(copy.pk))
    assert (disclosure.case, disclosure.sender, disclosure.recipient) == (case, world.pi, world.zwolle)
    assert disclosure.domains == [LifeDomain.HOUSING]


def test_the_own_copy_of_the_pi_discloses_nothing(full_agenda, mdo, casemanager, world):
    print_agenda(meeting=mdo, reader=world.pi, with_notes=True, by=casemanager, at=casemanager.at)

    assert not Disclosure.objects.exists()


def test_printing_leaves_a_line_for_every_person_on_the_sheet(
    full_agenda, mdo, case, deventer_case, casemanager, world
):
    print_agenda(meeting=mdo, reader=world.pi, with_notes=True, by=casemanager, at=casemanager.at)

    line = AuditLine.objects.get(action="agenda-afdrukken")
    persons = ProcessingLine.objects.filter(span_id=line.span_id).values_list("subject_id", flat=True)
    assert set(persons) == {case.detainee_id, deventer_case.detainee_id}


def test_a_guest_prints_no_copy_of_another_guest(full_agenda, mdo, coordinator, world):
    with pytest.raises(NotAllowed):
        print_agenda(meeting=mdo, reader=world.partner, with_notes=True, by=coordinator, at=coordinator.at)


def test_for_who_has_no_item_there_is_no_copy(full_agenda, mdo, casemanager, world):
    with pytest.raises(NothingForThisReader):
        print_agenda(meeting=mdo, reader=world.kampen, with_notes=True, by=casemanager, at=casemanager.at)


@pytest.fixture
def prints(full_agenda, mdo, casemanager, world):
    """The agenda was printed for the PI itself, the gemeente and the netwerkpartner."""
    return {
        reader: print_agenda(meeting=mdo, reader=reader, with_notes=True, by=casemanager, at=casemanager.at)[
            0
        ]
        for reader in (world.pi, world.zwolle, world.partner)
    }


def withdraw(case, world, by, callbacks):
    consent = case_consent(case, world)
    with callbacks(execute=True):
        withdraw_consent(consent=consent, reason="", by=by, at=by.at)


def case_consent(case, world):
    return Consent.objects.get(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)


def test_a_withdrawal_outdates_the_copies_of_that_reader_and_of_the_pi(
    prints, mdo, case, casemanager, unit_head, world, at, django_capture_on_commit_callbacks
):
    later = at(casemanager, casemanager.at + timedelta(hours=1))

    withdraw(case, world, later, django_capture_on_commit_callbacks)

    outdated = set(AgendaPrint.objects.exclude(outdated_at=None).values_list("for_organisation", flat=True))
    assert outdated == {world.pi.pk, world.zwolle.pk}
    told = Notification.objects.filter(kind="agenda-verouderd", channel="app")
    assert [message.recipient for message in told] == [unit_head.user]


def test_a_withdrawal_leaves_the_copies_of_a_meeting_that_was_called_off(
    prints, mdo, case, casemanager, unit_head, world, at, django_capture_on_commit_callbacks
):
    cancel_meeting(meeting=mdo, reason="ziek", by=unit_head, at=unit_head.at)
    later = at(casemanager, casemanager.at + timedelta(hours=1))

    withdraw(case, world, later, django_capture_on_commit_callbacks)

    assert not AgendaPrint.objects.exclude(outdated_at=None).exists()


def test_the_agenda_costs_the_same_with_two_and_with_twenty_cases(
    mdo, casemanager, unit_head, world, django_assert_num_queries
):
    # items, invitations, notes, terms, capacities, decisions, actions
    many_cases(mdo, casemanager, world, 2)
    with django_assert_num_queries(7):
        agenda_for(mdo, [unit_head], unit_head.at)

    many_cases(mdo, casemanager, world, 18)
    with django_assert_num_queries(7):
        assert len(agenda_for(mdo, [unit_head], unit_head.at).blocks) == 20


def test_the_copy_of_a_guest_costs_the_same_with_two_and_with_twenty_cases(
    mdo, casemanager, coordinator, world, django_assert_num_queries
):
    # items, invitations, notes, terms, capacities, decisions, actions, grounds
    many_cases(mdo, casemanager, world, 2)
    with django_assert_num_queries(8):
        agenda_for(mdo, [coordinator], coordinator.at)

    many_cases(mdo, casemanager, world, 18)
    with django_assert_num_queries(8):
        blocks = agenda_for(mdo, [coordinator], coordinator.at).blocks

    assert len(blocks) == 20
    assert all(block.grounds for block in blocks)


def test_a_sheet_tells_late_in_words(mdo, case, casemanager, unit_head, world):
    on_agenda(mdo, case, casemanager)
    ActionFactory(
        case=case, owner=world.pi, assignee=world.zwolle, text="Inschrijven", due_on=date(2026, 4, 18)
    )

    assert "4 dagen te laat" in printed(mdo, world.pi, unit_head)


def test_a_block_that_is_taller_than_a_page_says_on_the_next_whose_it_is() -> None:
    lines = tuple(
        ActionLine(
            "Onderdak",
            f"actie {number} met een tekst van meer dan een regel, zodat er veel ruimte nodig is",
            "PI Zwolle",
            "8 juni 2026",
            "",
            is_late=False,
        )
        for number in range(60)
    )
    blocks = [
        AgendaBlock(
            str(place), "", f"Z-2026-0000{place} · J.B.", "Bespreking", "", "", (), (), (), actions, {}
        )
        for place, actions in ((1, ()), (2, lines), (3, ()))
    ]
    head = Letterhead("PI Zwolle", "Zwolle", "Marieke Bakker", NOW, NOW)
    sheet = {
        "kind": "MDO",
        "day": "",
        "time": "",
        "place": "",
        "link": "",
        "chair": "",
        "deputy": "",
        "secretary": "",
    }
    data = {"head": head, "sheet": {**sheet, "for_outside": False, "blocks": blocks}, "notes": False}

    pages = PdfReader(io.BytesIO(render_pdf("meetings/agenda", data, title="Agenda"))).pages

    texts = [page.extract_text() for page in pages]
    assert "Vervolg" not in texts[0]
    assert all("Vervolg punt 2: Z-2026-00002 · J.B." in text for text in texts[1:])
