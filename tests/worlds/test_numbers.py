"""No number that the database counts for everybody together leaves it: it would tell how much others do (quality 2.3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.actions import notify, receive_message
from cases.models import Capacity, Case, CaseParty, DetentionMessage, Notification
from parties.viewer import Viewer
from reintegratie.lib.routes import routes
from tests.api.conftest import Api, Connect
from tests.conftest import SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.messages import release
from tests.worlds.changes import rolled_back
from tests.worlds.conftest import Clock
from tests.worlds.numbers import SO_MANY, numbered, others_came_first
from tests.worlds.seeded import BUILT
from tests.worlds.sweep import answer_of, following_of, onward
from tests.worlds.test_two_worlds import Told, as_told, difference

COUNTED_PER_CASE = {"plan_version", "api_sheet", "api_sheet_print"}
"""Versions, counted from one in each case."""
OF_ONESELF = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
"""The numbers of one's own security keys, made by the library that keeps them."""
PATHS = ("/", "/zaken/", "/berichten/", "/meldingen/", "/overleggen/", "/ontslag/")


@pytest.fixture
def busy(world: World, casemanager: Viewer, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Seven cases, messages to a person and one that waits, on pages of two lines."""
    for name in ("cases.views.worklist", "cases.views.case_list", "reintegratie.lib.rest.pages"):
        monkeypatch.setattr(f"{name}.PAGE_SIZE", 2)
    monkeypatch.setattr("consent.views.reading_log.PAGE_SIZE", 2)
    for _ in range(6):
        other = CaseFactory(origin_municipality=world.zwolle)
        FacilityStayFactory(case=other, facility=world.pi)
        take_part(other, world.pi, Capacity.PRISON)
        take_part(other, world.probation, Capacity.PROBATION)
    body = release("2026-09-01T10:00:00+02:00", nummer="INS-T-9", begin=None)
    receive_message(body=body, by=TestActor(), at=BUILT)
    for turn in range(3):
        notify(
            case=case,
            organisation=world.pi,
            kind="informatieblad",
            event=f"test:{turn}",
            at=BUILT,
            recipients=[casemanager.user],
        )
        notify(case=case, organisation=world.probation, kind="betrokken", event=f"test:{turn}", at=BUILT)
    return case


def walked(browser: Client, case: Case) -> Iterator[tuple[str, Any]]:
    """The lists and the case with its log, and every next and previous page of each."""
    waiting, seen = [*PATHS, case.get_absolute_url(), f"{case.get_absolute_url()}inzage/"], set[str]()
    while waiting:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        answer = answer_of(url, browser.get(url))
        assert answer.status == 200, url
        yield url, as_told(answer)
        here = url.partition("?")[0]
        waiting += [link for link in onward(answer) if link.startswith(f"{here}?")]


def fed(api: Api) -> Iterator[tuple[str, Any]]:
    for path in ("/trajecten", "/gebeurtenissen"):
        following: str | None = path
        while following:
            answer = answer_of(following, api.get(following))
            yield following, as_told(answer)
            following = following_of(following, answer)


def test_who_reads_does_not_notice_how_much_was_written_for_others(
    busy: Case, casemanager: Viewer, signed_in: SignedIn, connect: Connect, clock: Clock
) -> None:
    browser, api = signed_in(casemanager), connect(busy.parties.get(capacity=Capacity.PROBATION).party)

    def look() -> Told:
        clock.set_back()
        with rolled_back():
            return dict([*walked(browser, busy), *fed(api)])

    for turn in range(5):  # five lines in the log, some of one moment
        browser.get(f"{busy.get_absolute_url()}?{turn}")
    here = look()

    with rolled_back():
        others_came_first()
        there = look()

    assert len([url for url in here if "na=" in url]) > 4
    assert len([url for url in here if "cursor=" in url]) > 3
    assert difference(here, there) == []


def test_the_numbers_really_move(busy: Case) -> None:
    """Guards the guard: every table that counts for all has a row there or is an empty one, and each row moved."""
    with rolled_back():
        others_came_first()

        assert {CaseParty, Notification, DetentionMessage} <= set(numbered())
        assert all(model._default_manager.filter(pk__lt=SO_MANY).count() == 0 for model in numbered())


def test_no_address_names_a_row_by_a_number() -> None:
    """A new address with a number counts in its own case, or takes the key of a row."""
    by_number = {route.name for route in routes() if "int" in route.parameters.values()}

    assert {name for name in by_number if not name.startswith("admin:")} == COUNTED_PER_CASE | OF_ONESELF


def test_a_page_behind_a_row_that_is_gone_begins_where_nothing_is_lost(
    busy: Case, casemanager: Viewer, signed_in: SignedIn, clock: Clock
) -> None:
    browser, gone = signed_in(casemanager), "11111111-1111-4111-8111-111111111111"

    newest = browser.get(f"/zaken/?na={gone}").context["lines"]
    first = browser.get(f"/?na={(timezone.now() - timedelta(days=900)).date()}.{gone}").context["lines"]

    assert [line.number for line in newest] == [
        line.number for line in browser.get("/zaken/").context["lines"]
    ]
    assert [line.number for line in first] == [line.number for line in browser.get("/").context["lines"]]
