"""The pages of the phase and of suspensions: what may be recorded, what follows, and who reads why."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.actions import record_event, start_deadline, suspend_term
from cases.events import RoadEvent
from cases.models import Case, Deadline, Phase, Suspension, SuspensionReason, SuspensionState
from cases.steps import Step
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import day_of
from tests.conftest import SignedIn
from tests.factories.base import TestActor

NOW = timezone.now()
TODAY = day_of(NOW)
ENTRY = TODAY - timedelta(days=2)
NEXT_WEEK = TODAY + timedelta(days=7)
WHY = ("wegens", "wacht op een andere partij", "afwezig", "weggelopen")


@pytest.fixture(autouse=True)
def _came_in_this_week(case: Case) -> None:
    """Pages read the real clock."""
    Case.objects.filter(pk=case.pk).update(entered_at=NOW - timedelta(days=2), expected_release_on=None)
    case.refresh_from_db()


@pytest.fixture
def plan_term(case: Case) -> Deadline:
    """A term of the PI that a gemeente is told about; made before the law, so not statutory."""
    row = start_deadline(case=case, step=Step.PLAN_ADOPTION, since=ENTRY, by=TestActor(), at=NOW)
    Deadline.objects.filter(pk=row.pk).update(step_valid_from=date(2019, 7, 1))
    row.refresh_from_db()
    return row


@pytest.fixture
def screening(case: Case) -> Deadline:
    return start_deadline(case=case, step=Step.SCREENING, since=ENTRY, by=TestActor(), at=NOW)


def test_the_page_says_what_can_be_recorded_and_why_the_rest_cannot(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).get(f"/zaken/{case.pk}/fase/").content.decode()

    assert f"/zaken/{case.pk}/fase/afwezig/" in page
    assert f"/zaken/{case.pk}/fase/extramuraal-begonnen/" not in page
    assert "De extramurale fase begint nadat het plan is vastgesteld" in page
    assert "Nazorg begonnen" not in page  # of another party


def test_absence_is_recorded_with_its_day_and_its_consequences(
    case: Case, screening: Deadline, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/fase/afwezig/"
    assert "De termijnen staan stil vanaf deze dag" in browser.get(url).content.decode()

    refused = browser.post(url, {"on": str(TODAY + timedelta(days=1)), "reason": "weggelopen"})
    assert "Deze dag ligt in de toekomst" in refused.content.decode()
    assert "weggelopen" in refused.content.decode()

    assert (
        browser.post(url, {"on": str(TODAY - timedelta(days=1)), "reason": "weggelopen"}).status_code == 302
    )
    case.refresh_from_db()
    assert (case.phase, case.phase_since) == (Phase.ABSENT, TODAY - timedelta(days=1))
    assert "weggelopen" in browser.get(f"/zaken/{case.pk}/fase/").content.decode()


def test_an_event_that_people_do_not_record_has_no_page(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)

    assert [browser.get(f"/zaken/{case.pk}/fase/{event}/").status_code for event in ("ontslag", "x")] == [
        404,
        404,
    ]
    assert browser.get(f"/zaken/{case.pk}/fase/promotie/").status_code == 403


def test_after_the_release_the_gemeente_records_aftercare_and_the_pi_nothing(
    case: Case, casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    page = f"/zaken/{case.pk}/fase/"
    assert signed_in(coordinator).get(page).status_code == 403
    Case.objects.filter(pk=case.pk).update(phase=Phase.RELEASED_NO_TITLE, released_at=NOW)

    assert signed_in(casemanager).get(page).status_code == 403
    assert "nazorg-begonnen" in signed_in(probation_officer).get(page).content.decode()
    answer = signed_in(coordinator).post(
        f"{page}nazorg-begonnen/", {"on": str(TODAY), "reason": "begeleiding"}
    )

    assert answer.status_code == 302
    assert Case.objects.get(pk=case.pk).phase == Phase.AFTERCARE


def test_the_directeur_decides_on_the_programme(case: Case, director: Viewer, signed_in: SignedIn) -> None:
    start_deadline(case=case, step=Step.PROMOTION_EARLIEST, since=ENTRY, by=TestActor(), at=NOW)
    browser = signed_in(director)

    page = browser.get(f"/zaken/{case.pk}/fase/").content.decode()

    assert f"vanaf {day_text(ENTRY + timedelta(days=42))}" in page
    assert f"/zaken/{case.pk}/fase/afwezig/" not in page


def test_a_term_is_suspended_from_the_page_of_the_terms(
    case: Case, screening: Deadline, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    url = f"/zaken/{case.pk}/termijnen/{screening.pk}/opschorten/"
    assert url in browser.get(f"/zaken/{case.pk}/termijnen/").content.decode()
    bad = browser.post(url, {"reason": "anders", "until": str(TODAY)}).content.decode()
    assert "Schrijf op wat de andere reden is" in bad

    browser.post(url, {"reason": "wacht-op-partij", "until": str(NEXT_WEEK), "note": "brief verstuurd"})

    page = browser.get(f"/zaken/{case.pk}/termijnen/").content.decode()
    assert f"van {day_text(TODAY)} tot {day_text(NEXT_WEEK)}, wegens: wacht op een andere partij" in page
    assert "later door opschorting" in page
    assert "brief verstuurd" in page
    assert "Opgeschort" in page
    assert browser.get("/?stand=opgeschort").context["lines"]

    assert browser.post(f"/zaken/{case.pk}/termijnen/{screening.pk}/hervatten/").status_code == 302
    assert Deadline.objects.get(pk=screening.pk).due_on == screening.due_on


def test_a_statutory_term_says_why_it_cannot_be_suspended(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    row = start_deadline(case=case, step=Step.PLAN_ADOPTION, since=ENTRY, by=TestActor(), at=NOW)
    browser = signed_in(casemanager)

    page = browser.get(f"/zaken/{case.pk}/termijnen/").content.decode()

    assert "Dit is een wettelijke termijn (Pbw art. 18a" in page
    assert browser.get(f"/zaken/{case.pk}/termijnen/{row.pk}/opschorten/").status_code == 302


def test_a_second_one_is_decided_by_the_afdelingshoofd_on_a_page(
    case: Case, screening: Deadline, casemanager: Viewer, unit_head: Viewer, signed_in: SignedIn
) -> None:
    given = {"deadline": screening, "reason": SuspensionReason.WAITING, "note": "", "by": casemanager}
    suspend_term(**given, until=TODAY + timedelta(days=1), at=NOW)  # type: ignore[arg-type]  # a mapping of several types
    screening.refresh_from_db()
    Deadline.objects.filter(pk=screening.pk).update(suspended_until=TODAY)
    asked = suspend_term(**given, until=NEXT_WEEK, at=NOW)  # type: ignore[arg-type]  # same
    head = signed_in(unit_head)
    url = f"/zaken/{case.pk}/opschortingen/{asked.pk}/"
    assert url in head.get(f"/zaken/{case.pk}/termijnen/").content.decode()
    assert url not in signed_in(casemanager).get(f"/zaken/{case.pk}/termijnen/").content.decode()

    head.post(url, {"granted": "nee"})

    assert Suspension.objects.get(pk=asked.pk).state == SuspensionState.REFUSED


@pytest.mark.parametrize("page", ["", "termijnen/", "geschiedenis/"])
def test_a_gemeente_reads_that_a_term_stands_still_and_never_why(
    case: Case,
    plan_term: Deadline,
    casemanager: Viewer,
    coordinator: Viewer,
    signed_in: SignedIn,
    page: str,
) -> None:
    """An absence is one of the reasons, and the frame does not tell a gemeente of an absence (C3)."""
    suspend_term(
        deadline=plan_term,
        reason=SuspensionReason.WAITING,
        until=NEXT_WEEK,
        note="",
        by=casemanager,
        at=NOW,
    )
    record_event(case=case, event=RoadEvent.ABSENT, on=TODAY, reason="weggelopen", by=casemanager, at=NOW)

    told = signed_in(coordinator).get(f"/zaken/{case.pk}/{page}").content.decode()

    assert "pgeschort" in told
    assert [word for word in WHY if word in told] == []


def test_the_probation_officer_with_a_title_reads_why(
    case: Case, plan_term: Deadline, casemanager: Viewer, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    record_event(case=case, event=RoadEvent.ABSENT, on=TODAY, reason="weggelopen", by=casemanager, at=NOW)

    told = signed_in(probation_officer).get(f"/zaken/{case.pk}/termijnen/").content.decode()

    assert f"vanaf {day_text(TODAY)}, wegens: ongeoorloofd afwezig" in told
