"""Messages to me: nobody else's, and never those for a party I do not act for now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import notify
from cases.models import Case, CaseParty, Notification
from parties.models import RoleKind
from parties.viewer import Viewer
from tests.cases.test_views_worklist import queries_of
from tests.conftest import SignedIn, World
from tests.factories.parties import RoleFactory


def tell(case: Case, viewer: Viewer, kind: str = "informatieblad", event: str = "1") -> Notification:
    assert viewer.user is not None
    notify(
        case=case,
        organisation=viewer.organisation,
        kind=kind,
        event=f"{kind}:{event}",
        at=timezone.now(),
        recipients=[viewer.user],
    )
    return Notification.objects.inbox_of(viewer).first() or pytest.fail("no message")


def test_message_of_somebody_else_is_not_there(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    message = tell(case, coordinator)
    browser = signed_in(casemanager)

    assert case.number not in browser.get("/berichten/").content.decode()
    assert browser.post(f"/berichten/{message.key}/openen/").status_code == 404
    assert browser.post("/berichten/999999999/openen/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_opening_marks_as_read_and_goes_to_the_page(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    message = tell(case, coordinator)
    browser = signed_in(coordinator)
    assert "Er is een informatieblad voor u" in browser.get("/berichten/").content.decode()

    answer = browser.post(f"/berichten/{message.key}/openen/")

    assert answer.headers["Location"] == f"/zaken/{case.pk}/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_message_never_sends_anybody_outside(case: Case, coordinator: Viewer, signed_in: SignedIn) -> None:
    message = tell(case, coordinator)
    Notification.objects.filter(pk=message.pk).update(resource="https://elders.test/")

    answer = signed_in(coordinator).post(f"/berichten/{message.key}/openen/")

    assert answer.headers["Location"] == "/berichten/"


def test_reading_needs_a_post(case: Case, coordinator: Viewer, signed_in: SignedIn) -> None:
    message = tell(case, coordinator)
    browser = signed_in(coordinator)

    assert browser.get(f"/berichten/{message.key}/openen/").status_code == 405
    assert browser.get("/berichten/gelezen/").status_code == 405


def test_all_read_empties_the_count(case: Case, coordinator: Viewer, signed_in: SignedIn) -> None:
    for place in range(3):
        tell(case, coordinator, event=str(place))
    browser = signed_in(coordinator)
    assert browser.get("/berichten/").context["unread"] == 3

    browser.post("/berichten/gelezen/")

    assert browser.get("/berichten/").context["unread"] == 0


def test_inbox_is_of_the_party_one_acts_for(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    tell(case, coordinator)
    other = RoleFactory(
        user=coordinator.user, organisation=world.deventer, kind=RoleKind.AFTERCARE_COORDINATOR
    )
    browser = signed_in(coordinator)

    browser.post("/partij/", {"role": str(other.pk)})
    page = browser.get("/berichten/")

    assert case.number not in page.content.decode()
    assert page.context["unread"] == 0


@pytest.mark.parametrize("text", ["x", "%00", "99999999999999999999"])
def test_broken_place_is_the_first_page(
    case: Case, coordinator: Viewer, signed_in: SignedIn, text: str
) -> None:
    tell(case, coordinator)

    answer = signed_in(coordinator).get(f"/berichten/?bladzijde={text}")

    assert len(answer.context["items"]) == 1


def test_inbox_costs_the_same(case: Case, coordinator: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(coordinator)
    tell(case, coordinator)
    browser.get("/berichten/")

    few = queries_of(browser, "/berichten/")
    for place in range(20):
        tell(case, coordinator, event=f"x{place}")

    # session, user, roles, count, rows, topics, mail that is stuck, bell, audit line, processing lines
    assert len(few) == len(queries_of(browser, "/berichten/")) == 10


def test_a_message_says_about_whom_until_the_party_takes_no_part_any_more(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    tell(case, coordinator)
    browser, name = signed_in(coordinator), case.detainee.sorted_name

    before = browser.get("/berichten/").content.decode()
    CaseParty.objects.filter(case=case, party=coordinator.organisation).update(until=timezone.now())
    after = browser.get("/berichten/").content.decode()

    assert name in before
    assert name not in after


def test_messages_stand_by_their_moment_and_pages_lead_back(
    case: Case, coordinator: Viewer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.views.inbox.PAGE_SIZE", 2)
    rows = [tell(case, coordinator, event=str(place)) for place in range(3)]
    Notification.objects.filter(pk=rows[0].pk).update(created_at=timezone.now() + timedelta(minutes=1))
    browser = signed_in(coordinator)

    first, second = browser.get("/berichten/"), browser.get("/berichten/?bladzijde=2")

    newest = Notification.objects.inbox_of(coordinator).order_by("-created_at", "-id")
    shown = [item["key"] for answer in (first, second) for item in answer.context["items"]]
    assert shown == list(newest.values_list("key", flat=True))
    assert second.context["previous_url"] == "?bladzijde=1"
