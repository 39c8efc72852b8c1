"""A shielded case is there for the named people of an organisation, and for no program (C6.36, C6.37)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from cases import actions
from cases.access import CaseNotFound, case_for, cases_of
from cases.actions import (
    CannotBeNamed,
    LastNamedPerson,
    NotShielded,
    assign_worker,
    deliver_mail,
    lift_shield,
    name_person,
    notify,
    publish_events,
    receive_message,
    remind,
    shield_case,
    unname_person,
)
from cases.models import Capacity, Case, CaseParty, NamedPerson, Notification
from cases.worklist import worklist_of
from parties.models import AuditLine, RoleKind
from parties.viewer import Viewer, viewer_for, viewer_of_client
from plans.models import DomainRecord
from plans.readers import reader_for
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import DeadlineFactory
from tests.factories.messages import message, transfer
from tests.factories.parties import ApiClientFactory
from tests.factories.plans import DomainRecordFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    """Another casemanager of the same PI."""
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def shielded(case: Case, casemanager: Viewer, colleague: Viewer) -> Case:
    shield_case(case=case, reason="familie van een collega", by=casemanager, at=NOW)
    return case


def test_a_shielded_case_is_there_for_who_is_named_only(
    shielded: Case, casemanager: Viewer, colleague: Viewer, unit_head: Viewer, director: Viewer
) -> None:
    assert case_for(casemanager, shielded.pk) == shielded
    for viewer in (colleague, unit_head, director):
        with pytest.raises(CaseNotFound):
            case_for(viewer, shielded.pk)
        assert not worklist_of(viewer).exists()


def test_each_organisation_shields_its_own_people(
    shielded: Case, coordinator: Viewer, probation_officer: Viewer
) -> None:
    assert cases_of(coordinator).exists()
    assert cases_of(probation_officer).exists()


def test_content_is_gone_with_the_case(shielded: Case, world: World, colleague: Viewer) -> None:
    DomainRecordFactory(case=shielded, owner=world.pi)

    assert not DomainRecord.objects.visible_to(colleague).exists()
    assert DomainRecord.objects.visible_to(
        reader_for(world.pi, NOW)
    ).exists()  # the organisation still owns it


def test_a_program_is_not_a_person(case: Case, world: World, probation_officer: Viewer) -> None:
    client = viewer_of_client(
        ApiClientFactory(organisation=world.probation, role_kind=RoleKind.PROBATION_OFFICER), NOW
    )
    assert cases_of(client).exists()

    shield_case(case=case, reason="bekende van een collega", by=probation_officer, at=NOW)

    assert not cases_of(client).exists()


def test_a_program_misses_nothing_once_the_shield_is_lifted(
    case: Case, world: World, probation_officer: Viewer
) -> None:
    shield_case(case=case, reason="bekende van een collega", by=probation_officer, at=NOW)
    notify(case=case, organisation=world.probation, kind="termijn", event="een", at=NOW)
    publish_events(party=world.probation)
    assert not Notification.objects.feed_of(world.probation).exists()

    lift_shield(case=case, reason="vergissing", by=probation_officer, at=NOW + MINUTE)
    publish_events(party=world.probation)

    assert Notification.objects.feed_of(world.probation).get().event == "een"


def test_who_is_named_sees_it_from_that_moment_until_he_is_not_any_more(
    shielded: Case, casemanager: Viewer, colleague: Viewer
) -> None:
    assert colleague.user is not None
    named = name_person(case=shielded, person=colleague.user, by=casemanager, at=NOW)
    assert cases_of(colleague).exists()

    unname_person(named=named, by=casemanager, at=NOW + MINUTE)

    assert not cases_of(replace(colleague, at=NOW + MINUTE)).exists()
    assert NamedPerson.history.filter(id=named.pk).count() == 2


def test_somebody_remains_who_can_open_it(shielded: Case, casemanager: Viewer) -> None:
    with pytest.raises(LastNamedPerson):
        unname_person(named=NamedPerson.objects.get(), by=casemanager, at=NOW)


def test_two_who_end_each_others_view_at_once_do_not_lock_everybody_out(
    shielded: Case, casemanager: Viewer, colleague: Viewer
) -> None:
    """Who waited for the lock read his clock before the other wrote."""
    assert colleague.user is not None
    named = name_person(case=shielded, person=colleague.user, by=casemanager, at=NOW)
    unname_person(named=named, by=casemanager, at=NOW + 2 * MINUTE)

    with pytest.raises(LastNamedPerson):
        unname_person(named=NamedPerson.objects.get(user=casemanager.user), by=casemanager, at=NOW + MINUTE)


def test_only_people_who_work_with_cases_there_can_be_named(
    shielded: Case, casemanager: Viewer, coordinator: Viewer, privacy_officer: Viewer
) -> None:
    for viewer in (coordinator, privacy_officer):
        assert viewer.user is not None
        with pytest.raises(CannotBeNamed):
            name_person(case=shielded, person=viewer.user, by=casemanager, at=NOW)


def test_lifting_opens_it_for_everybody_there_and_is_remembered(
    shielded: Case, world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    lift_shield(case=shielded, reason="collega is uit dienst", by=casemanager, at=NOW + MINUTE)

    assert cases_of(replace(colleague, at=NOW + MINUTE)).exists()
    lines = CaseParty.history.filter(party=world.pi).order_by("-history_id")
    assert lines[0].history_change_reason == "Afscherming opgeheven: collega is uit dienst"
    assert not NamedPerson.objects.holding(NOW + MINUTE).exists()
    with pytest.raises(NotShielded):
        lift_shield(case=shielded, reason="nog eens", by=casemanager, at=NOW + MINUTE)


def test_the_worker_who_is_not_named_is_the_worker_no_more(
    case: Case, world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    row = CaseParty.objects.get(case=case, party=world.pi)
    assign_worker(row=row, worker=colleague.user, by=casemanager, at=NOW, why="toegewezen")

    shield_case(case=case, reason="familie", by=casemanager, at=NOW)

    row.refresh_from_db()
    assert row.worker is None
    with pytest.raises(actions.NotForThisWorker):
        assign_worker(row=row, worker=colleague.user, by=casemanager, at=NOW, why="toegewezen")


def test_messages_and_reminders_go_to_named_people_only(
    shielded: Case, world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    DeadlineFactory(case=shielded, due_on=NOW.date())

    notify(case=shielded, organisation=world.pi, kind="termijn", event="een", at=NOW)
    remind(at=NOW)

    told = Notification.objects.filter(organisation=world.pi).exclude(recipient=None)
    assert {row.recipient_id for row in told} == {casemanager.user.pk if casemanager.user else None}
    assert {row.event for row in told} > {"een"}


def test_a_mail_that_waits_is_not_sent_to_who_may_not_know_any_more(
    case: Case, world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    notify(case=case, organisation=world.pi, kind="termijn", event="een", at=NOW)

    shield_case(case=case, reason="familie", by=casemanager, at=NOW)
    while deliver_mail(at=NOW + MINUTE):
        pass

    assert [sent.to for sent in mail.outbox] == [[casemanager.user.email if casemanager.user else ""]]
    assert not Notification.objects.inbox_of(colleague).exists()


def test_the_shield_is_still_there_when_somebody_comes_back(
    world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    at = NOW + timedelta(days=60)
    receive_message(body=message(), by=TestActor(), at=NOW)
    case = Case.objects.get()
    shield_case(case=case, reason="familie", by=casemanager, at=NOW)

    for to, on in (("LEE", "2026-05-01T10:00:00Z"), ("ZWO", "2026-05-04T10:00:00Z")):
        receive_message(body=transfer(to, on), by=TestActor(), at=at)

    assert cases_of(replace(casemanager, at=at)).exists()
    assert not cases_of(replace(colleague, at=at)).exists()


def test_the_shield_stays_when_a_gemeente_stays_in_another_capacity(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, hire: Hire
) -> None:
    other = viewer_for(hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR), at=NOW)
    shield_case(case=case, reason="familie", by=coordinator, at=NOW)
    actions.choose_resettlement(case=case, municipality=world.zwolle, by=casemanager, at=NOW)

    actions.set_origin(case=case, municipality=world.kampen, by=casemanager, at=NOW + MINUTE)

    row = CaseParty.objects.active(NOW + MINUTE).get(case=case, party=world.zwolle)
    assert row.capacity == Capacity.RESETTLEMENT
    assert not cases_of(replace(other, at=NOW + MINUTE)).exists()
    assert cases_of(replace(coordinator, at=NOW + MINUTE)).exists()


def test_shielding_stands_in_the_ledger(shielded: Case, casemanager: Viewer) -> None:
    assert AuditLine.objects.filter(action="zaak-afschermen", user=casemanager.user).exists()


def test_the_page_shields_names_and_lifts(
    case: Case, world: World, casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    browser, address = signed_in(casemanager), f"/zaken/{case.pk}/afscherming/"
    assert "Zaak afschermen" in browser.get(f"/zaken/{case.pk}/").content.decode()

    browser.post(address, {"reason": "familie van een collega"})
    assert "Afgeschermd" in browser.get(f"/zaken/{case.pk}/").content.decode()
    assert signed_in(colleague).get(f"/zaken/{case.pk}/").status_code == 404

    assert colleague.user is not None
    browser.post(address, {"person": str(colleague.user.pk)})
    assert signed_in(colleague).get(f"/zaken/{case.pk}/").status_code == 200

    named = NamedPerson.objects.get(user=colleague.user)
    browser.post(f"{address}{named.pk}/beeindigen/")
    assert signed_in(colleague).get(f"/zaken/{case.pk}/").status_code == 404

    mine = NamedPerson.objects.get(user=casemanager.user)
    answer = browser.post(f"{address}{mine.pk}/beeindigen/", follow=True)
    assert "Er moet iemand overblijven" in answer.content.decode()

    browser.post(f"{address}opheffen/", {"reason": "niet meer nodig"})
    assert signed_in(colleague).get(f"/zaken/{case.pk}/").status_code == 200


def test_history_tells_the_own_organisation_and_nobody_else(
    shielded: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    page = f"/zaken/{shielded.pk}/geschiedenis/"

    assert "familie van een collega" in signed_in(casemanager).get(page).content.decode()
    assert "fgescherm" not in signed_in(coordinator).get(page).content.decode()
