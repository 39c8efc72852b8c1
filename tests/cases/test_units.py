"""An afdelingshoofd sees his own afdeling (C3 rule 8): in every list, count, message and meeting."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from cases.access import CaseNotFound, case_for, cases_of
from cases.actions import NotAPrison, NotForThisWorker, assign_worker, deliver_mail, notify, receive_message
from cases.insiders import units_of
from cases.models import Capacity, Case, CaseParty, DetentionMessage, Notification
from cases.worklist import worklist_of
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from plans.models import DomainRecord
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.messages import message, release, transfer
from tests.factories.parties import RoleFactory, UserFactory
from tests.factories.plans import DomainRecordFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def head_of_a(world: World) -> Viewer:
    return head_of("A", world)


def head_of(unit: str, world: World) -> Viewer:
    role = RoleFactory(user=UserFactory(), organisation=world.pi, kind=RoleKind.UNIT_HEAD, unit=unit)
    return viewer_for(role, at=NOW)


@pytest.fixture
def case_on_b(case: Case, world: World, casemanager: Viewer) -> Case:
    on_unit(case, "B", casemanager)
    return case


def on_unit(case: Case, unit: str, by: Viewer) -> None:
    row = CaseParty.objects.get(case=case, party=by.organisation, until=None)
    assign_worker(row=row, worker=row.worker, unit=unit, by=by, at=by.at, why="afdeling")


def test_an_afdelingshoofd_sees_the_cases_of_his_afdeling_only(
    case: Case, world: World, head_of_a: Viewer, casemanager: Viewer
) -> None:
    assert not cases_of(head_of_a).exists()  # nobody said yet on which afdeling somebody is

    on_unit(case, "A", casemanager)
    assert case_for(head_of_a, case.pk) == case

    on_unit(case, "B", casemanager)
    with pytest.raises(CaseNotFound):
        case_for(head_of_a, case.pk)


def test_casemanager_director_and_a_head_of_the_whole_pi_see_every_afdeling(
    case_on_b: Case, casemanager: Viewer, director: Viewer, unit_head: Viewer, coordinator: Viewer
) -> None:
    for viewer in (casemanager, director, unit_head, coordinator):
        assert cases_of(viewer).get() == case_on_b


def test_work_and_content_follow_the_afdeling(case_on_b: Case, world: World, head_of_a: Viewer) -> None:
    DomainRecordFactory(case=case_on_b, owner=world.pi)
    head_of_b = head_of("B", world)

    assert not worklist_of(head_of_a).exists()
    assert not DomainRecord.objects.visible_to(head_of_a).exists()
    assert worklist_of(head_of_b).count() == 1
    assert DomainRecord.objects.visible_to(head_of_b).count() == 1


def test_a_transfer_begins_without_an_afdeling_and_coming_back_too(world: World, casemanager: Viewer) -> None:
    at = NOW + timedelta(days=60)
    receive_message(body=message(), by=TestActor(), at=NOW)
    case = Case.objects.get()
    on_unit(case, "A", casemanager)

    for to, on in (("LEE", "2026-05-01T10:00:00Z"), ("ZWO", "2026-05-04T10:00:00Z")):
        receive_message(body=transfer(to, on), by=TestActor(), at=at)

    rows = CaseParty.objects.filter(case=case, capacity=Capacity.PRISON).order_by("since")
    assert [(row.party.code, row.unit) for row in rows] == [("ZWO", "A"), ("LEE", ""), ("ZWO", "")]
    assert not cases_of(replace(head_of("A", world), at=at)).exists()


def test_only_a_pi_has_afdelingen(case: Case, world: World, coordinator: Viewer) -> None:
    row = CaseParty.objects.get(case=case, party=world.zwolle)

    with pytest.raises(NotAPrison):
        assign_worker(row=row, worker=None, unit="A", by=coordinator, at=NOW, why="vergissing")


def test_a_head_of_another_afdeling_cannot_be_the_worker(
    case_on_b: Case, world: World, casemanager: Viewer, head_of_a: Viewer
) -> None:
    row = CaseParty.objects.get(case=case_on_b, party=world.pi)

    with pytest.raises(NotForThisWorker):
        assign_worker(row=row, worker=head_of_a.user, by=casemanager, at=NOW, why="vergissing")


def test_nobody_of_another_afdeling_is_told(
    case_on_b: Case, world: World, casemanager: Viewer, head_of_a: Viewer
) -> None:
    head_of_b = head_of("B", world)

    for event, asked in (("een", None), ("twee", [head_of_a.user])):
        notify(case=case_on_b, organisation=world.pi, kind="termijn", event=event, recipients=asked, at=NOW)

    told = set(Notification.objects.filter(channel="app").values_list("recipient", flat=True))
    assert told == {casemanager.user.pk, head_of_b.user.pk}


def test_a_message_that_waits_is_gone_when_the_case_moves_to_another_afdeling(
    case: Case, world: World, casemanager: Viewer, head_of_a: Viewer
) -> None:
    on_unit(case, "A", casemanager)
    notify(case=case, organisation=world.pi, kind="termijn", event="een", at=NOW)
    assert Notification.objects.inbox_of(head_of_a).count() == 1

    on_unit(case, "B", casemanager)
    while deliver_mail(at=NOW + MINUTE):
        pass

    assert not Notification.objects.inbox_of(head_of_a).exists()
    assert [sent.to for sent in mail.outbox] == [[casemanager.user.email]]


def test_detention_messages_about_another_afdeling_are_not_there(
    world: World, casemanager: Viewer, head_of_a: Viewer
) -> None:
    receive_message(body=message(), by=TestActor(), at=NOW)
    on_unit(Case.objects.get(), "B", casemanager)
    receive_message(body=release("2026-04-18T09:00:00+02:00"), by=TestActor(), at=NOW)
    DetentionMessage.objects.parked().update(case=None)

    assert DetentionMessage.objects.waiting_for(casemanager).count() == 1
    assert not DetentionMessage.objects.waiting_for(head_of_a).exists()


def test_the_form_writes_one_afdeling_in_one_way(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn, head_of_a: Viewer
) -> None:
    browser = signed_in(casemanager)
    form = browser.get(f"/zaken/{case.pk}/behandelaar/")
    assert "Behandelaar en afdeling" in form.content.decode()
    assert "Bekend: A." in form.content.decode()

    browser.post(f"/zaken/{case.pk}/behandelaar/", {"worker": "", "unit": " a "})

    assert CaseParty.objects.get(case=case, party=world.pi).unit == "A"
    assert units_of(world.pi, NOW) == ["A"]
    assert "Afdeling A" in browser.get(f"/zaken/{case.pk}/").content.decode()


def test_who_gives_a_case_to_another_afdeling_ends_on_his_own_list(
    case: Case, casemanager: Viewer, head_of_a: Viewer, signed_in: SignedIn
) -> None:
    on_unit(case, "A", casemanager)
    browser = signed_in(head_of_a)

    answer = browser.post(f"/zaken/{case.pk}/behandelaar/", {"worker": "", "unit": "B"})

    assert answer["Location"] == "/"
    assert gone_from(browser, case)


def gone_from(browser: Client, case: Case) -> bool:
    """The case is in no page of this person."""
    pages = ["/", "/zaken/", "/zaken/?stand=alle", "/ontslag/", "/berichten/", "/overleggen/", "/werk/taken/"]
    shown = any(case.number in browser.get(page).content.decode() for page in pages)
    found = case.number.encode() in browser.post("/zaken/", {"zoek": case.detainee.surname}).content
    return not shown and not found and browser.get(case.get_absolute_url()).status_code == 404


def test_the_gemeente_and_its_form_know_no_afdelingen(
    case_on_b: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    assert "Afdeling" not in browser.get(f"/zaken/{case_on_b.pk}/").content.decode()
    assert "fdeling" not in browser.get(f"/zaken/{case_on_b.pk}/behandelaar/").content.decode()


def test_two_afdelingen_are_two_roles(world: World) -> None:
    user = UserFactory()
    roles = [
        RoleFactory(user=user, organisation=world.pi, kind=RoleKind.UNIT_HEAD, unit=unit) for unit in "AB"
    ]

    assert [viewer_for(role, at=NOW).unit for role in roles] == ["A", "B"]
    assert [role.label for role in roles] == [
        "afdelingshoofd van afdeling A",
        "afdelingshoofd van afdeling B",
    ]
