"""Who left a case keeps its own register and its own log, and hears nothing of what came after (C3 rule 1)."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cases.access import CaseNotFound, cases_of, leave_case
from cases.actions import choose_resettlement, end_involvement, shield_case
from cases.models import Capacity, Case, CaseParty
from consent.actions import record_disclosure
from consent.former import former_part, former_parts, name_of
from consent.models import Disclosure
from consent.sight import Ground
from parties import ledger
from parties.models import Organisation, PartyKind, RoleKind
from parties.viewer import Viewer, viewer_for
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import add_months
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import ENTRY, CaseFactory, take_part
from tests.factories.parties import OrganisationFactory
from tests.worlds.changes import rolled_back

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CSRF = re.compile(r'(name="csrfmiddlewaretoken" value=")\w+|("X-CSRFToken": ")\w+')


def give(case: Case, sender: Organisation, recipient: Organisation, at: datetime, by: Viewer) -> Disclosure:
    return record_disclosure(
        case=case,
        sender=sender,
        recipient=recipient,
        kind="informatieblad",
        document_id=uuid4(),
        version=1,
        grounds={"onderdak": Ground("TOESTEMMING", "TV-9")},
        by=by,
        at=at,
    )


def move(case: Case, world: World, at: datetime) -> CaseParty:
    """PI Zwolle hands the case over to PI Leeuwarden at this moment."""
    row = CaseParty.objects.get(case=case, party=world.pi, until=None)
    leave_case(row=row, until=at, by=TestActor(), at=at, why="overgeplaatst")
    return take_part(case, world.other_pi, Capacity.PRISON, since=at)


def at(viewer: Viewer, moment: datetime) -> Viewer:
    return replace(viewer, at=moment)


def test_who_left_finds_the_case_under_earlier_and_nowhere_else(
    case: Case, world: World, casemanager: Viewer, other_casemanager: Viewer, coordinator: Viewer
) -> None:
    move(case, world, NOW + DAY)
    later = NOW + 2 * DAY

    assert [part.case for part in former_parts(at(casemanager, later))] == [case]
    assert not cases_of(at(casemanager, later)).exists()
    for viewer in (other_casemanager, coordinator):
        assert former_parts(at(viewer, later)) == []
        with pytest.raises(CaseNotFound):
            former_part(at(viewer, later), case.pk, action="inzien")


def test_nothing_is_former_before_the_end(case: Case, world: World, casemanager: Viewer) -> None:
    move(case, world, NOW + DAY)

    assert former_parts(at(casemanager, NOW + DAY - HOUR)) == []


def test_a_pi_knows_the_name_for_six_months_and_then_the_number(
    case: Case, world: World, casemanager: Viewer
) -> None:
    end = datetime.fromisoformat("2026-05-31T12:00:00+02:00")
    move(case, world, end)

    def shown(day: str) -> str:
        viewer = at(casemanager, datetime.fromisoformat(f"{day}T12:00:00+01:00"))
        return former_part(viewer, case.pk, action="inzien").name

    assert shown("2026-11-29") == case.detainee.full_name
    assert shown("2026-11-30") == ""  # 31 May and six months: November has thirty days
    assert add_months(end.date(), 6).isoformat() == "2026-11-30"


def test_the_name_is_the_one_that_was_known_when_the_stay_ended(
    case: Case, world: World, casemanager: Viewer
) -> None:
    known = case.detainee.full_name
    move(case, world, NOW + DAY)

    case.detainee.surname = "Nieuwenaam"
    save_as(case.detainee, by=TestActor(), at=NOW + 2 * DAY, why="naam gewijzigd")

    viewer = at(casemanager, NOW + 3 * DAY)
    assert former_part(viewer, case.pk, action="inzien").name == known


def test_a_stay_that_was_registered_afterwards_has_the_name_it_was_registered_with(
    world: World, casemanager: Viewer
) -> None:
    case = CaseFactory()
    take_part(case, world.pi, Capacity.PRISON, since=ENTRY - 300 * DAY, until=ENTRY - 200 * DAY)

    viewer = at(casemanager, ENTRY - 150 * DAY)
    assert former_part(viewer, case.pk, action="inzien").name == case.detainee.full_name


def test_others_and_the_privacy_officer_read_a_number(
    case: Case, world: World, casemanager: Viewer, probation_officer: Viewer, privacy_officer: Viewer
) -> None:
    row = CaseParty.objects.get(case=case, party=world.probation)
    end_involvement(row=row, by=casemanager, at=NOW + HOUR, why="afgelopen")
    move(case, world, NOW + DAY)

    for viewer in (probation_officer, privacy_officer):
        part = former_part(at(viewer, NOW + 2 * DAY), case.pk, action="inzien")
        assert name_of(part, at(viewer, NOW + 2 * DAY)) == ""


def test_it_stays_after_a_second_stay_and_the_name_counts_from_the_last(
    case: Case, world: World, casemanager: Viewer
) -> None:
    move(case, world, NOW + DAY)
    again = take_part(case, world.pi, Capacity.PRISON, since=NOW + 5 * DAY)
    part = former_part(at(casemanager, NOW + 6 * DAY), case.pk, action="inzien")
    assert (len(part.rows), part.end) == (1, NOW + DAY)

    leave_case(row=again, until=NOW + 9 * DAY, by=TestActor(), at=NOW + 9 * DAY, why="overgeplaatst")

    part = former_part(at(casemanager, NOW + 10 * DAY), case.pk, action="inzien")
    assert (len(part.rows), part.end) == (2, NOW + 9 * DAY)
    assert part.stretches[0] == "inrichting van verblijf, van 20 april 2026 tot 23 april 2026"


def test_afdeling_and_shield_hold_on_afterwards(
    case: Case, world: World, casemanager: Viewer, director: Viewer
) -> None:
    shield_case(case=case, reason="familie", by=casemanager, at=NOW)
    move(case, world, NOW + DAY)

    assert former_parts(at(casemanager, NOW + 2 * DAY))
    assert former_parts(at(director, NOW + 2 * DAY)) == []


def test_a_role_without_cases_has_no_earlier_ones(
    case: Case, world: World, coordinator: Viewer, bij_mandatary: Viewer, casemanager: Viewer
) -> None:
    row = CaseParty.objects.get(case=case, party=world.zwolle)
    leave_case(row=row, until=NOW + HOUR, by=TestActor(), at=NOW + HOUR, why="andere gemeente")

    assert former_parts(at(coordinator, NOW + DAY))
    assert former_parts(at(bij_mandatary, NOW + DAY)) == []


# Pages, by the real clock.


@pytest.fixture
def left(case: Case, world: World, casemanager: Viewer) -> datetime:
    """PI Zwolle left an hour ago; before that it gave a sheet and looked."""
    now = timezone.now()
    give(case, world.pi, world.zwolle, now - 3 * HOUR, at(casemanager, now - 3 * HOUR))
    subject = ledger.Subject(case.detainee_id, case.pk)
    ledger.record(at(casemanager, now - 2 * HOUR), "plan-inzien", subjects=[subject])
    move(case, world, now - HOUR)
    return now - HOUR


def text_of(browser: Client, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200, url
    if url.endswith(".pdf"):
        pages = PdfReader(io.BytesIO(response.content)).pages
        text = "\n".join(page.extract_text() for page in pages)
        return re.sub(r"VO-\S+|\d{1,2} \w+ \d{4}[^\n]*\d\d:\d\d", "", text)
    return CSRF.sub(r"\1\2", response.content.decode())


def test_the_page_shows_the_own_register_and_log(
    case: Case, left: datetime, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    assert case.number in text_of(browser, "/eerder/")
    assert "/eerder/" in text_of(browser, "/zaken/")

    shown = text_of(browser, f"/eerder/{case.pk}/")

    assert "gemeente Zwolle" in shown
    assert "Plan inzien" in shown
    assert case.detainee.full_name in shown
    assert case.detainee.full_name in text_of(browser, f"/eerder/{case.pk}/overzicht.pdf")


def after_it_left(case: Case, world: World, other_casemanager: Viewer, left: datetime) -> None:
    """Much happens that is no business of PI Zwolle."""
    now = left + HOUR / 2
    by = at(other_casemanager, now)
    Disclosure.objects.filter(sender=world.pi).update(opened_at=now)
    give(case, world.other_pi, world.zwolle, now, by)
    choose_resettlement(case=case, municipality=world.deventer, by=by, at=now)
    case.detainee.surname = "Geheel-Anders"
    save_as(case.detainee, by=TestActor(), at=now, why="naam gewijzigd")
    case.phase, case.released_at = "ontslagen-zonder-titel", now
    save_as(case, by=TestActor(), at=now, why="ontslagen")
    subject = ledger.Subject(case.detainee_id, case.pk)
    ledger.record(by, "plan-inzien", subjects=[subject])
    give(case, world.pi, world.kampen, now, at(other_casemanager, now))  # in its name, after it left


def test_two_worlds_that_differ_in_what_came_after_are_the_same_to_who_left(
    case: Case,
    world: World,
    left: datetime,
    casemanager: Viewer,
    privacy_officer: Viewer,
    other_casemanager: Viewer,
    signed_in: SignedIn,
) -> None:
    pages = ["/eerder/", f"/eerder/{case.pk}/", f"/eerder/{case.pk}/overzicht.pdf"]

    def look(viewer: Viewer) -> dict[str, str]:
        browser = signed_in(viewer)
        with rolled_back():
            return {url: text_of(browser, url) for url in pages}

    for viewer in (casemanager, privacy_officer):
        here = look(viewer)
        with rolled_back():
            after_it_left(case, world, other_casemanager, left)
            there = look(viewer)
        for url in pages:
            assert without_clock(here[url]) == without_clock(there[url]), url


def test_that_a_sheet_was_opened_later_is_news_of_after_that(
    case: Case, left: datetime, casemanager: Viewer, signed_in: SignedIn
) -> None:
    before = text_of(signed_in(casemanager), f"/eerder/{case.pk}/")

    Disclosure.objects.update(opened_at=left + HOUR / 2)

    after = text_of(signed_in(casemanager), f"/eerder/{case.pk}/")
    assert after.count("nog niet") == before.count("nog niet") == 1


def test_what_was_given_in_a_shielded_case_stands_on_no_page_of_another(
    case: Case, world: World, casemanager: Viewer, director: Viewer, signed_in: SignedIn
) -> None:
    give(case, world.pi, world.zwolle, NOW, casemanager)
    shield_case(case=case, reason="familie", by=casemanager, at=NOW)
    case.phase, case.released_at = "ontslagen-zonder-titel", NOW + DAY
    save_as(case, by=TestActor(), at=NOW + DAY, why="ontslagen")
    again = CaseFactory(detainee=case.detainee, entered_at=NOW + 3 * DAY)
    take_part(again, world.pi, Capacity.PRISON, since=NOW + 3 * DAY)

    assert case.number not in text_of(signed_in(director), f"/zaken/{again.pk}/inzage/")


def without_clock(text: str) -> str:
    """The two looks are seconds apart."""
    return re.sub(r"\d{2}:\d{2}", "", text)


@pytest.mark.parametrize("path", ["", "overzicht.pdf"])
def test_the_pages_do_not_exist_for_who_never_took_part(
    case: Case, left: datetime, other_coordinator: Viewer, coordinator: Viewer, signed_in: SignedIn, path: str
) -> None:
    for viewer in (other_coordinator, coordinator):  # one who never was there, and one who still is
        assert signed_in(viewer).get(f"/eerder/{case.pk}/{path}").status_code == 404


def test_a_look_at_an_earlier_case_stands_in_its_log(
    case: Case, left: datetime, casemanager: Viewer, privacy_officer: Viewer, signed_in: SignedIn
) -> None:
    signed_in(casemanager).get(f"/eerder/{case.pk}/")

    assert "Eerder inzien" in text_of(signed_in(privacy_officer), f"/eerder/{case.pk}/")


def test_the_zorg_en_veiligheidshuis_reads_its_own_log_and_no_other(
    case: Case, world: World, hire: Hire, casemanager: Viewer, signed_in: SignedIn, safety_house: Organisation
) -> None:
    take_part(case, safety_house, Capacity.SAFETY_HOUSE)
    viewer = viewer_for(hire(safety_house, RoleKind.SAFETY_HOUSE_DIRECTOR), at=NOW)
    subject = ledger.Subject(case.detainee_id, case.pk)
    ledger.record(casemanager, "plan-inzien", subjects=[subject])

    browser = signed_in(viewer)
    browser.get(f"/zaken/{case.pk}/")
    shown = text_of(browser, f"/zaken/{case.pk}/inzage/")

    assert "Zaak inzien" in shown
    assert "Plan inzien" not in shown


@pytest.fixture
def safety_house(world: World) -> Organisation:
    return OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH-NO", name="ZVH Voorbeeld")
