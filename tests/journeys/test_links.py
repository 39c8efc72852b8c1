"""Nobody is offered a page that refuses him: every link of every page is followed, as every persona."""

import re
from collections import deque
from html import unescape

import pytest
from django.test import Client

from cases.models import Capacity, Case, LifeDomain, TaskKind
from parties.viewer import Viewer
from tests.cases.test_views_worklist import due, task_for
from tests.conftest import SignedIn, World
from tests.factories.cases import DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, PlanFactory

HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
ELSEWHERE = ("mailto:", "tel:", "http", "/static/", "/beheer/", "javascript:")
MOST_PAGES = 400


@pytest.fixture
def filled(case: Case, world: World) -> Case:
    """A case with something behind every door: content, consent, terms, tasks, a plan and an action for each party."""
    take_part(case, world.partner, Capacity.PARTNER)
    for domain in LifeDomain.values[:6]:
        DomainRecordFactory(case=case, owner=world.pi, domain=domain)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    PlanFactory(case=case, owner=world.pi)
    for party in (world.pi, world.zwolle, world.probation, world.partner):
        ActionFactory(case=case, owner=world.pi, assignee=party)
        task_for(case, party, TaskKind.MEETING_FOLLOW_UP)
    DeadlineFactory(case=case)
    DeadlineFactory(case=case, step="plan_adoption")
    due(case, world.pi, case.expected_release_on)
    return case


def follow(browser: Client) -> dict[str, int]:
    """Every address that can be reached by links from the start page, with its answer."""
    seen: dict[str, int] = {}
    waiting = deque(["/"])
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.popleft()
        if url in seen:
            continue
        answer = browser.get(url)
        seen[url] = answer.status_code
        if answer.status_code in (301, 302):
            waiting.append(answer.headers["Location"])
        elif answer.headers["Content-Type"].startswith("text/html"):
            waiting.extend(_links(url, answer.content.decode()))
    return seen


def _links(url: str, page: str) -> list[str]:
    links = [unescape(link) for link in HREF.findall(page)]
    inside = [link for link in links if not link.startswith(ELSEWHERE)]
    return [url.partition("?")[0] + link if link.startswith("?") else link for link in inside]


@pytest.mark.parametrize(
    "who",
    [
        "casemanager",
        "unit_head",
        "director",
        "coordinator",
        "probation_officer",
        "partner_contact",
        "privacy_officer",
        "bij_mandatary",
        "other_coordinator",
    ],
)
def test_no_link_leads_to_a_refusal(
    filled: Case, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)

    seen = follow(signed_in(viewer))

    assert len(seen) > 1
    assert {url: status for url, status in seen.items() if status not in (200, 301, 302)} == {}
