"""Noodtoegang: one case, one person, twenty-four hours, and somebody who looks at it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cases.access import cases_of
from cases.actions import (
    AlreadyOpen,
    NoSuchCaseHere,
    deliver_mail,
    end_involvement,
    mark_seen,
    open_in_emergency,
    shield_case,
)
from cases.models import Capacity, Case, CaseParty, EmergencyAccess, NamedPerson, Notification
from consent.visibility import sight_of
from parties.models import AuditLine, ProcessingLine, RoleKind
from parties.viewer import Viewer, viewer_for
from plans.models import DomainRecord
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.cases import CaseFactory, take_part
from tests.factories.parties import RoleFactory, UserFactory
from tests.factories.plans import DomainRecordFactory

REASON = "Vannacht incident op de afdeling, casemanager is ziek."
NOT_HERE = "Deze zaak is niet gevonden bij uw organisatie."
DAY, SECOND = timedelta(hours=24), timedelta(seconds=1)


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def shielded(case: Case, casemanager: Viewer, colleague: Viewer) -> Case:
    shield_case(case=case, reason="familie van een collega", by=casemanager, at=NOW)
    return case


def test_it_opens_one_case_for_one_person_for_exactly_a_day(
    shielded: Case, colleague: Viewer, director: Viewer
) -> None:
    open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)

    assert cases_of(replace(colleague, at=NOW + DAY - SECOND)).get() == shielded
    assert not cases_of(replace(colleague, at=NOW + DAY)).exists()
    assert not cases_of(director).exists()


def test_it_opens_a_case_of_another_afdeling(case: Case, world: World) -> None:
    role = RoleFactory(user=UserFactory(), organisation=world.pi, kind=RoleKind.UNIT_HEAD, unit="A")
    head = viewer_for(role, at=NOW)
    assert not cases_of(head).exists()

    open_in_emergency(number=case.number, reason=REASON, by=head, at=NOW)

    assert cases_of(head).get() == case


def test_it_opens_the_case_and_no_domain_without_a_ground(
    case: Case, world: World, coordinator: Viewer, hire: Hire
) -> None:
    other = viewer_for(hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR), at=NOW)
    shield_case(case=case, reason="familie", by=coordinator, at=NOW)
    DomainRecordFactory(case=case, owner=world.pi)

    open_in_emergency(number=case.number, reason=REASON, by=other, at=NOW)

    assert cases_of(other).exists()
    assert sight_of(other, case).grounds == {}
    assert not DomainRecord.objects.visible_to(other).exists()


def test_it_never_opens_a_case_of_another_organisation(
    shielded: Case, world: World, other_casemanager: Viewer, other_coordinator: Viewer
) -> None:
    for viewer in (other_casemanager, other_coordinator):
        with pytest.raises(NoSuchCaseHere):
            open_in_emergency(number=shielded.number, reason=REASON, by=viewer, at=NOW)


def test_it_ends_with_the_part_that_the_organisation_takes(
    case: Case, world: World, probation_officer: Viewer, hire: Hire
) -> None:
    other = viewer_for(hire(world.probation, RoleKind.PROBATION_OFFICER), at=NOW)
    shield_case(case=case, reason="bekende", by=probation_officer, at=NOW)
    open_in_emergency(number=case.number, reason=REASON, by=other, at=NOW)

    row = CaseParty.objects.get(case=case, capacity=Capacity.PROBATION)
    end_involvement(row=row, by=probation_officer, at=NOW + SECOND, why="opdracht beëindigd")

    assert not cases_of(replace(other, at=NOW + SECOND)).exists()


def test_who_can_open_the_case_needs_none(shielded: Case, casemanager: Viewer) -> None:
    with pytest.raises(AlreadyOpen):
        open_in_emergency(number=shielded.number, reason=REASON, by=casemanager, at=NOW)

    assert not EmergencyAccess.objects.exists()


def test_it_stands_in_both_ledgers(shielded: Case, colleague: Viewer) -> None:
    open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)

    assert AuditLine.objects.get(action="noodtoegang").user == colleague.user
    line = ProcessingLine.objects.get(activity="noodtoegang")
    assert (line.case_id, line.subject_id) == (shielded.pk, shielded.detainee_id)


def test_the_privacy_officer_and_the_named_people_are_told_without_a_number_in_the_mail(
    shielded: Case, world: World, casemanager: Viewer, colleague: Viewer, privacy_officer: Viewer
) -> None:
    open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)
    while deliver_mail(at=NOW):
        pass

    told = {sent.to[0]: f"{sent.subject} {sent.body}" for sent in mail.outbox}
    assert told.keys() == {viewer.user.email for viewer in (privacy_officer, casemanager) if viewer.user}
    for text in told.values():
        assert shielded.number not in text
        assert shielded.detainee.surname not in text
    assert Notification.objects.inbox_of(privacy_officer).get().kind == "noodtoegang"
    assert not Notification.objects.filter(channel="gebeurtenis").exists()


def test_beheer_is_told_that_the_seat_is_empty_and_nothing_of_the_case(
    shielded: Case, world: World, colleague: Viewer, functional_admin: Viewer
) -> None:
    open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)

    told = Notification.objects.inbox_of(functional_admin).get()
    assert (told.kind, told.case) == ("fg-ontbreekt", None)
    assert str(world.pi.pk) in told.resource


def test_a_look_is_recorded_once(shielded: Case, colleague: Viewer, privacy_officer: Viewer) -> None:
    access = open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)

    mark_seen(access=access, by=privacy_officer, at=NOW + SECOND)
    mark_seen(access=access, by=privacy_officer, at=NOW + DAY)

    access.refresh_from_db()
    assert (access.seen_by, access.seen_at) == (privacy_officer.user, NOW + SECOND)


@pytest.mark.parametrize("number", ["Z-2026-99999", "van den Berg", "999990019"])
def test_what_is_not_there_and_what_is_not_ours_get_one_answer(
    shielded: Case, world: World, colleague: Viewer, signed_in: SignedIn, number: str
) -> None:
    elsewhere = CaseFactory()
    take_part(elsewhere, world.other_pi, Capacity.PRISON)
    browser = signed_in(colleague)

    answers = [
        browser.post("/noodtoegang/", {"number": asked, "reason": REASON}).content.decode()
        for asked in (number, elsewhere.number)
    ]

    assert all(NOT_HERE in answer for answer in answers)
    refused = AuditLine.objects.filter(action="noodtoegang", outcome="geweigerd").order_by("id")
    assert [line.object_id for line in refused] == [
        number if number.startswith("Z-") else "",
        elsewhere.number,
    ]


def test_the_page_wants_a_reason_of_twenty_characters(
    shielded: Case, colleague: Viewer, signed_in: SignedIn
) -> None:
    answer = signed_in(colleague).post("/noodtoegang/", {"number": shielded.number, "reason": "haast"})

    assert "ten minste 20 tekens" in answer.content.decode()
    assert not EmergencyAccess.objects.exists()


def test_the_page_opens_the_case_and_says_until_when(
    shielded: Case, colleague: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(colleague)
    assert "/noodtoegang/" in browser.get("/zaken/").content.decode()

    answer = browser.post("/noodtoegang/", {"number": shielded.number.lower(), "reason": REASON}, follow=True)

    assert answer.status_code == 200
    assert "Noodtoegang tot" in answer.content.decode()
    assert browser.get(f"/zaken/{shielded.pk}/afscherming/").status_code == 403


def test_who_came_in_this_way_may_name_people_only_when_nobody_named_is_left(
    shielded: Case, casemanager: Viewer, colleague: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(colleague)
    open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=timezone.now())
    assert casemanager.user is not None
    casemanager.user.is_active = False
    casemanager.user.save()

    browser.post(f"/zaken/{shielded.pk}/afscherming/", {"person": str(colleague.user and colleague.user.pk)})

    assert NamedPerson.objects.filter(user=colleague.user).exists()


def test_the_privacy_officer_sees_every_use_and_marks_it(
    shielded: Case, world: World, colleague: Viewer, privacy_officer: Viewer, signed_in: SignedIn, hire: Hire
) -> None:
    access = open_in_emergency(number=shielded.number, reason=REASON, by=colleague, at=NOW)
    browser = signed_in(privacy_officer)
    page = browser.get("/noodtoegang/gebruik/").content.decode()
    assert REASON in page
    assert shielded.detainee.surname not in page

    browser.post(f"/noodtoegang/{access.pk}/bekeken/")

    assert "Bekeken op" in browser.get("/noodtoegang/gebruik/").content.decode()
    elsewhere = signed_in(viewer_for(hire(world.zwolle, RoleKind.PRIVACY_OFFICER), at=NOW))
    assert REASON not in elsewhere.get("/noodtoegang/gebruik/").content.decode()
    assert elsewhere.post(f"/noodtoegang/{access.pk}/bekeken/").status_code == 404
