"""Two worlds that differ in what somebody may not see give him the same bytes (quality 2.3).

The same rows, ids and clock; in the second world much more happened that is not for him. Every page, every resource of
the API, what he searches and what he is refused are compared byte by byte: order, counts, versions and errors as well.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from parties.viewer import Viewer
from tests.api.conftest import Api, Connect
from tests.conftest import SignedIn
from tests.worlds.changes import CHANGES, happen, hidden_from, rolled_back
from tests.worlds.conftest import Clock
from tests.worlds.personas import CLIENTS, PEOPLE, Persona
from tests.worlds.seeded import BUILT, Seeded
from tests.worlds.sweep import Answer, addresses, answer_of, api_addresses, api_answers, borrowed, pages

CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")\w+|("X-CSRFToken": ")\w+')
OF_THE_REQUEST = {"Set-Cookie", "Expires"}
"""All that differs between two answers to the same question: the token of a form, its cookie, and the hour by the wall
clock in a header that forbids keeping the page."""

LOOKERS = {
    "zwolle": ("coordinator", "software of Zwolle"),
    "kampen": ("kampen_coordinator",),
    "deventer": ("other_coordinator",),
    "probation": ("probation_officer", "software of the reclassering"),
    "partner": ("partner_contact",),
    "other_pi": ("other_casemanager",),
}
"""Per party who looks."""
OFTEN = ("zwolle", "probation", "partner")
"""A party of each kind; all of them look in the long test."""
BY_HAND = ("coordinator", "probation_officer")
"""Who also asks for what no link leads to, and sends empty forms; the others follow links and search."""
QUESTIONS = ("Aaa", "7999991", "Z-2026-9", "Heel anders", "999990019")
"""What one searches to find out: names, numbers and words of the other world."""

Told = dict[str, tuple[int, bytes, dict[str, str]]]
Look = Callable[[], Told]
OnCommit = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def look_of(
    seeded: Seeded, signed_in: SignedIn, connect: Connect, clock: Clock, request: pytest.FixtureRequest
) -> Callable[[Persona], Look]:
    """What one persona can find out, as often as one likes: always at the same moment, and without a trace."""

    def _look_of(persona: Persona) -> Look:
        if persona.role is not None:
            finding = by_software(connect(getattr(seeded.world, persona.party), persona.role), seeded)
        else:
            finding = by_browser(signed_in(request.getfixturevalue(persona.name)), seeded, persona.name)

        def _look() -> Told:
            clock.set_back()
            return {answer.url: as_told(answer) for answer in finding()}

        return _look

    return _look_of


def by_browser(browser: Client, seeded: Seeded, name: str) -> Callable[[], Iterator[Answer]]:
    """Pages, searches and refused forms. No message of an earlier look waits in a cookie."""
    borrowed(browser)
    fresh = dict(browser.cookies)
    cases = [seeded.shared] if name in BY_HAND else []
    by_hand, forms = (addresses(seeded, cases, method) for method in ("GET", "POST"))

    def _find() -> Iterator[Answer]:
        browser.cookies.clear()
        browser.cookies.update(fresh)
        with rolled_back():
            yield from pages(browser, by_hand)
        yield from asked(browser)
        yield from refused(browser, forms)

    return _find


def by_software(api: Api, seeded: Seeded) -> Callable[[], Iterator[Answer]]:
    """Resources, filters and refused bodies."""
    by_hand = api_addresses(seeded)

    def _find() -> Iterator[Answer]:
        with rolled_back():
            yield from api_answers(api, by_hand)
        yield from changed_since(api)
        yield from refused_to(api, seeded)

    return _find


def asked(browser: Client) -> Iterator[Answer]:
    """What a search finds."""
    for question in QUESTIONS:
        with rolled_back():
            yield answer_of(f"zoek {question}", browser.post("/zaken/", {"zoek": question}))


def refused(browser: Client, forms: list[str]) -> Iterator[Answer]:
    """What an empty form is answered, at every address that takes one: refusals, and errors at fields."""
    for url in forms:
        with rolled_back():
            yield answer_of(f"POST {url}", browser.post(url, {}))


def changed_since(api: Api) -> Iterator[Answer]:
    """What the lists of the API say to who asks for the latest, or for the words of the other world."""
    since = (BUILT + timedelta(minutes=90)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for query in (f"gewijzigdSinds={since}", "gemeente=0166", "inrichting=ZWO", "ontslagVoor=2027-01-01"):
        with rolled_back():
            yield answer_of(query, api.get(f"/trajecten?{query}"))


def refused_to(api: Api, seeded: Seeded) -> Iterator[Answer]:
    """What the API answers to bodies that do not fit, about a case that all share."""
    case = f"/trajecten/{seeded.shared.pk}"
    for path in (f"{case}/inbreng", f"{case}/plan/reacties"):
        with rolled_back():
            yield answer_of(f"POST {path}", api.post(path, {}))


def as_told(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """An answer without what belongs to the request alone."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_REQUEST}
    return answer.status, CSRF.sub(rb"\1\2", answer.content), headers


def difference(here: Told, there: Told) -> list[str]:
    """At which addresses the worlds differ, and where the first difference begins."""
    found = []
    for url in sorted(here.keys() | there.keys()):
        one, other = here.get(url), there.get(url)
        if one != other:
            found.append(f"{url}: {_first(one, other)}")
    return found


def _first(
    one: tuple[int, bytes, dict[str, str]] | None, other: tuple[int, bytes, dict[str, str]] | None
) -> str:
    if one is None or other is None:
        return "in one world only"
    if one[1] == other[1]:
        return f"{one[0]} {one[2]} against {other[0]} {other[2]}"
    at = next(
        (place for place, pair in enumerate(zip(one[1], other[1], strict=False)) if pair[0] != pair[1]),
        min(len(one[1]), len(other[1])),
    )
    around = slice(max(at - 60, 0), at + 60)
    return f"…{one[1][around]!r} against …{other[1][around]!r}"


@pytest.fixture
def in_another_world(
    seeded: Seeded, django_capture_on_commit_callbacks: OnCommit
) -> Callable[[list[str], Look], Told]:
    """What somebody finds in a world in which these changes happened as well."""

    def _found(names: list[str], look: Look) -> Told:
        with rolled_back():
            with django_capture_on_commit_callbacks(execute=True):
                happen(names, seeded)
            return look()

    return _found


class TestTwoWorlds:
    """One world and its others: it takes a while to build and to walk."""

    @pytest.mark.parametrize(
        "parties", [OFTEN, pytest.param(tuple(LOOKERS), marks=pytest.mark.long)], ids=["often", "all"]
    )
    def test_what_one_may_not_see_changes_nothing_for_him(
        self,
        parties: tuple[str, ...],
        seeded: Seeded,
        look_of: Callable[[Persona], Look],
        in_another_world: Callable[[list[str], Look], Told],
        signed_in: SignedIn,
        casemanager: Viewer,
    ) -> None:
        self.the_pi_notices_every_change(seeded, borrowed(signed_in(casemanager)), in_another_world)

        for party in parties:
            who = LOOKERS[party]
            looks = {one.name: look_of(one) for one in (*PEOPLE, *CLIENTS) if one.name in who}

            def everybody(looks: dict[str, Look] = looks) -> Told:
                return {
                    f"{name}: {url}": seen for name, look in looks.items() for url, seen in look().items()
                }

            here = everybody()
            assert len(here) > 20 * len(who)
            if found := difference(here, in_another_world(hidden_from(party), everybody)):
                told_by = [
                    change
                    for change in hidden_from(party)
                    if difference(here, in_another_world([change], everybody))
                ]
                pytest.fail(f"{told_by} tell {party}: {found}")

    def the_pi_notices_every_change(
        self, seeded: Seeded, browser: Client, in_another_world: Callable[[list[str], Look], Told]
    ) -> None:
        """Guards the guard: something really happens."""
        for name, change in CHANGES.items():
            url = change.page_of(seeded)

            def glance(url: str = url) -> Told:
                with rolled_back():
                    return {url: as_told(answer_of(url, browser.get(url)))}

            noticed = difference(glance(), in_another_world([name], glance)) != []
            assert noticed == ("pi" in change.known_to), name
