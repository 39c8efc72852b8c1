"""The timeline and the terms: everything a party may know, and not a line more."""

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from cases.models import Capacity, Case, LifeDomain, Phase, TaskKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_views_detail import without_token
from tests.cases.test_views_worklist import queries_of, task_for
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, PlanFactory

LATER = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
PAGES = ("geschiedenis", "termijnen")


@pytest.mark.parametrize("page", PAGES)
def test_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn, page: str
) -> None:
    browser = signed_in(other_coordinator)

    hidden, random = browser.get(f"/zaken/{case.pk}/{page}/"), browser.get(f"/zaken/{uuid4()}/{page}/")

    assert hidden.status_code == random.status_code == 404
    assert hidden.content == random.content


@pytest.mark.parametrize("page", PAGES)
def test_privacy_officer_and_partner_are_refused(
    case: Case,
    world: World,
    privacy_officer: Viewer,
    partner_contact: Viewer,
    signed_in: SignedIn,
    page: str,
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    for viewer in (privacy_officer, partner_contact):
        assert signed_in(viewer).get(f"/zaken/{case.pk}/{page}/").status_code == 403


def test_history_names_person_organisation_old_new_and_why(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    case.expected_release_on = date(2027, 3, 14)
    save_as(case, by=casemanager, at=LATER, why="Nieuwe einddatum van DJI")

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/geschiedenis/").content.decode()

    assert f"{casemanager.name} · PI Zwolle" in page
    assert "29 januari 2027" in page
    assert "14 maart 2027" in page
    assert "Nieuwe einddatum van DJI" in page


def test_municipality_is_not_told_what_the_frame_hides(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(coordinator), f"/zaken/{case.pk}/geschiedenis/"
    browser.get(url)
    before = without_token(browser.get(url).content)

    case.post_release_title = "Toezicht twee jaar"
    save_as(case, by=casemanager, at=LATER, why="Titel na ontslag: toezicht")

    assert without_token(browser.get(url).content) == before


def test_release_with_or_without_title_reads_the_same_for_a_municipality(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    case.phase = Phase.RELEASED_WITH_TITLE
    case.released_at = LATER
    save_as(case, by=casemanager, at=LATER, why="Ontslagen")

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/geschiedenis/").content.decode()

    assert "ontslagen" in page
    assert "met titel" not in page


def test_content_history_follows_the_grounds_of_now(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    record = DomainRecordFactory(
        case=case, owner=world.pi, domain=LifeDomain.HOUSING, support_request="Zoekt kamer"
    )
    record.support_request = "Zoekt woning"
    save_as(record, by=casemanager, at=LATER, why="Gesprek met betrokkene")
    url = f"/zaken/{case.pk}/geschiedenis/"

    hidden = signed_in(coordinator).get(url).content.decode()
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW)
    shared = signed_in(coordinator).get(url).content.decode()

    assert NOW < LATER
    assert "Zoekt" not in hidden
    assert re.search(r"Zoekt kamer.*Zoekt woning", shared, re.DOTALL)
    assert "Gesprek met betrokkene" in shared


def test_refused_consent_is_told_to_the_pi_only(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS, answer="geweigerd")
    url = f"/zaken/{case.pk}/geschiedenis/"

    assert "Toestemming geweigerd: Schulden" in signed_in(casemanager).get(url).content.decode()
    assert "Schulden" not in signed_in(coordinator).get(url).content.decode()


def test_tasks_and_workers_of_another_party_stay_its_own(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    task_for(case, world.pi, TaskKind.BSN_UNKNOWN)
    row = case.parties.get(party=world.pi)
    row.worker = casemanager.user
    save_as(row, by=casemanager, at=LATER, why="Interne verdeling")

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/geschiedenis/").content.decode()

    assert "BSN is onbekend" not in page
    assert "Interne verdeling" not in page
    assert "Reclassering" not in page


def test_party_that_came_later_does_not_read_what_happened_before(
    case: Case, world: World, casemanager: Viewer, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    case.expected_release_on = date(2027, 3, 14)
    save_as(case, by=casemanager, at=NOW, why="Eerste wijziging")
    take_part(case, world.deventer, Capacity.RESETTLEMENT, since=LATER)

    page = signed_in(other_coordinator).get(f"/zaken/{case.pk}/geschiedenis/").content.decode()

    assert "Eerste wijziging" not in page


def test_timeline_costs_the_same_however_long_it_is(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/geschiedenis/"
    plan = PlanFactory(case=case, owner=world.pi)
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
    browser.get(url)

    few = queries_of(browser, url)
    for _ in range(5):
        ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)
        save_as(plan, by=TestActor(), at=LATER, why="bijgewerkt")

    assert len(few) == len(queries_of(browser, url))


@pytest.mark.parametrize("text", ["x", "-1", "99999999999999999999999", "%00"])
def test_strange_page_of_the_timeline_is_no_fault(
    case: Case, casemanager: Viewer, signed_in: SignedIn, text: str
) -> None:
    assert signed_in(casemanager).get(f"/zaken/{case.pk}/geschiedenis/?vanaf={text}").status_code == 200


def test_terms_say_rule_start_source_and_what_was_due_when(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    term = DeadlineFactory(case=case, skipped_days=[date(2026, 4, 27), date(2026, 5, 5)])
    term.due_on = date(2026, 5, 8)
    save_as(term, by=casemanager, at=LATER, why="Binnenkomst gecorrigeerd")

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/termijnen/").content.decode()

    for text in (
        "Screening van de basisvoorwaarden",
        "10 werkdagen na 20 april 2026; Koningsdag en 5 mei niet geteld",
        "maandag 27 april 2026, dinsdag 5 mei 2026",
        "(R146)",
        "6 mei 2026",
        "8 mei 2026",
        "Binnenkomst gecorrigeerd",
        casemanager.name,
        "dagen te laat",
    ):
        assert text in page


def test_municipality_sees_only_the_terms_it_works_with(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    DeadlineFactory(case=case, step="reflector_language")
    DeadlineFactory(case=case, step="plan_adoption")

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/termijnen/").content.decode()

    assert "D&amp;R-plan vaststellen" in page
    assert "Reflector" not in page


def test_earliest_day_is_never_late(case: Case, casemanager: Viewer, signed_in: SignedIn) -> None:
    DeadlineFactory(case=case, step="promotion_earliest")

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/termijnen/").content.decode()

    assert "Nu mogelijk" in page
    assert "te laat" not in page


def test_case_of_another_pi_does_not_leak_into_the_timeline(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    other = CaseFactory()
    take_part(other, world.other_pi, Capacity.PRISON)
    ActionFactory(case=other, owner=world.other_pi, assignee=world.other_pi, text="Andermans actie")

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/geschiedenis/").content.decode()

    assert "Andermans actie" not in page


def test_a_subject_shows_its_own_moments_only(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ActionFactory(case=case, owner=world.pi, assignee=world.pi, text="Urgentie aanvragen")
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/geschiedenis/"

    everything, plan = browser.get(url), browser.get(f"{url}?over=plan")
    unknown = browser.get(f"{url}?over=onzin")

    assert {item["what"] for item in plan.context["items"]} == {"Actie onderdak vastgelegd"}
    assert len(everything.context["items"]) == len(unknown.context["items"]) > 1


def test_of_one_moment_the_last_change_stands_on_top(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    action = ActionFactory(case=case, owner=world.pi, assignee=world.pi, text="eerst")
    for text in ("daarna", "ten slotte"):
        action.text = text
        save_as(action, by=TestActor(), at=LATER, why="test")

    answer = signed_in(casemanager).get(f"/zaken/{case.pk}/geschiedenis/?over=plan")

    assert [item["changes"][0].new for item in answer.context["items"]] == ["ten slotte", "daarna", "eerst"]
