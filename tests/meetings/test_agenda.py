"""What stands on a sheet for whom: the chair reads all, a guest only its own item and what consent opens in it."""

from datetime import date, timedelta

import pytest

from cases.models import Case, LifeDomain, Phase
from consent.actions import withdraw_consent
from meetings.actions import invite
from meetings.agenda import agenda_for
from meetings.models import ItemKind
from plans.readers import reader_for
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import on_agenda
from tests.factories.plans import ActionFactory


@pytest.fixture
def housing_consent(case, world):
    return ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)


@pytest.fixture
def actions(case, world):
    """One action per domain, done by the PI."""
    for domain in (LifeDomain.HOUSING, LifeDomain.DEBTS):
        ActionFactory(
            case=case,
            owner=world.pi,
            assignee=world.pi,
            domain=domain,
            text=f"actie {domain}",
            due_on=date(2026, 4, 18),
        )


def blocks(mdo, *readers):
    return agenda_for(mdo, readers, readers[0].at).blocks


def texts(block):
    return [line.text for line in block.actions]


def test_the_chair_reads_who_it_is_what_is_asked_and_who_comes(
    mdo, case, casemanager, unit_head, world, actions
):
    item = on_agenda(mdo, case, casemanager, proposal="Plan vaststellen")
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, unit_head)

    assert block.identity == f"{case.detainee.sorted_name} · {case.number} · geboren 17 mei 1990"
    assert block.proposal == "Plan vaststellen"
    assert block.invited == ("gemeente Zwolle (nog geen antwoord)",)
    assert block.time == "09.30 – 09.40"
    assert texts(block) == ["actie onderdak", "actie schulden"]


def test_a_guest_reads_number_and_initials_and_only_what_consent_opens(
    mdo, case, casemanager, coordinator, world, actions, housing_consent
):
    item = on_agenda(mdo, case, casemanager, proposal="Schulden bespreken")
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, coordinator)

    assert block.identity == f"{case.number} · {case.detainee.initials}"
    assert texts(block) == ["actie onderdak"]
    assert (block.proposal, block.invited, block.time) == ("", (), "")
    assert block.ground_texts == (
        f"Onderdak: toestemming van de betrokkene ({housing_consent.declaration_number})",
    )


def test_a_guest_without_a_ground_has_an_item_without_content(
    mdo, item, casemanager, partner_contact, world, actions
):
    invite(item=item, organisation=world.partner, by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, partner_contact)

    assert (block.actions, block.decisions, block.terms, block.grounds) == ((), (), (), {})


def test_its_own_action_is_on_the_copy_of_a_party_without_consent(
    mdo, item, case, casemanager, coordinator, world
):
    ActionFactory(
        case=case, owner=world.pi, assignee=world.zwolle, domain=LifeDomain.DEBTS, text="eigen actie"
    )
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, coordinator)

    assert texts(block) == ["eigen actie"]
    assert block.grounds == {}


def test_the_items_of_others_leave_no_trace_on_the_copy_of_a_guest(
    mdo, item, case, deventer_case, casemanager, coordinator, world
):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    alone = agenda_for(mdo, [coordinator], coordinator.at)

    other = on_agenda(mdo, deventer_case, casemanager)
    invite(item=other, organisation=world.deventer, by=casemanager, at=casemanager.at)
    invite(item=item, organisation=world.probation, by=casemanager, at=casemanager.at)

    assert agenda_for(mdo, [coordinator], coordinator.at) == alone


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        (ItemKind.CARE, "Bespreking"),
        (ItemKind.PROMOTION, "Bespreking"),
        (ItemKind.ADOPTION, "Vaststellen D&R-plan"),
    ],
)
def test_a_subject_that_tells_of_care_or_behaviour_is_not_told_outside(
    kind, read, mdo, case, casemanager, coordinator, world
):
    item = on_agenda(mdo, case, casemanager, kind=kind)
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    assert blocks(mdo, coordinator)[0].subject == read
    assert blocks(mdo, casemanager)[0].subject == ItemKind(kind).label


def test_a_sheet_in_a_room_holds_only_what_everybody_there_may_see(
    mdo, item, casemanager, coordinator, probation_officer, world, actions, housing_consent
):
    for organisation in (world.zwolle, world.probation):
        invite(item=item, organisation=organisation, by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, casemanager, coordinator, probation_officer)

    assert texts(block) == []


def test_the_copy_that_the_pi_prints_is_the_copy_that_the_guest_prints(
    mdo, item, casemanager, coordinator, world, actions, housing_consent
):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    by_the_pi = agenda_for(mdo, [casemanager, reader_for(world.zwolle, casemanager.at)], casemanager.at)

    assert by_the_pi == agenda_for(mdo, [coordinator], coordinator.at)


def test_after_a_withdrawal_the_next_copy_holds_nothing_of_it(
    mdo, item, casemanager, coordinator, world, actions, housing_consent
):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    withdraw_consent(consent=housing_consent, reason="wil niet meer", by=casemanager, at=casemanager.at)

    (block,) = blocks(mdo, coordinator)

    assert (block.actions, block.grounds) == ((), {})


def test_terms_are_told_in_words_and_a_gemeente_reads_only_the_terms_it_works_with(
    mdo, item, case, casemanager, coordinator, world
):
    DeadlineFactory(case=case, step="screening", due_on=date(2026, 4, 20))
    DeadlineFactory(case=case, step="plan_adoption", due_on=date(2026, 4, 23))
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    chair, guest = blocks(mdo, casemanager)[0], blocks(mdo, coordinator)[0]

    assert [(line.standing, line.is_late) for line in chair.terms] == [
        ("2 dagen te laat", True),
        ("nog 1 dag", False),
    ]
    assert [line.label for line in guest.terms] == ["D&R-plan vaststellen"]


def test_a_day_from_which_something_may_happen_is_never_late(mdo, item, case, casemanager):
    DeadlineFactory(case=case, step="promotion_earliest", due_on=date(2026, 4, 1))

    (line,) = blocks(mdo, casemanager)[0].terms

    assert (line.standing, line.is_late) == ("kan nu", False)


def test_of_a_step_with_rounds_the_first_open_one_is_told(mdo, item, case, casemanager):
    for place, day in enumerate((date(2026, 5, 1), date(2026, 6, 1)), start=1):
        DeadlineFactory(case=case, step="pre_release_check", round=place, due_on=day)

    assert [line.due for line in blocks(mdo, casemanager)[0].terms] == ["1 mei 2026"]


def test_the_time_of_a_guest_is_what_he_was_asked_for(mdo, item, casemanager, coordinator, world):
    invite(
        item=item,
        organisation=world.zwolle,
        expected_at=(casemanager.at + timedelta(hours=1)).time(),
        by=casemanager,
        at=casemanager.at,
    )

    assert blocks(mdo, coordinator)[0].time == "10.00 uur"


@pytest.mark.django_db
def test_a_phase_tells_nothing_on_the_sheet(mdo, item, case, casemanager, coordinator, world):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    before = agenda_for(mdo, [coordinator], coordinator.at)
    Case.objects.filter(pk=case.pk).update(phase=Phase.SCREENED, programme="plus")

    assert agenda_for(mdo, [coordinator], coordinator.at) == before
