"""Fetch everything somebody can ask for: what links lead to, and every address by hand, also of what is not his."""

import io
import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from itertools import islice, product
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from cases.models import Case, CaseParty, CaseTask, Deadline, NamedPerson, Suspension
from consent.models import CaseGround, Consent
from consent.scan import Scan
from meetings.models import AgendaItem, Decision, Invitation
from plans.models import (
    Action,
    Address,
    ContentTerm,
    Goal,
    InformationSheet,
    InstrumentKind,
    NetworkMember,
    Note,
    SafetyReport,
)
from reintegratie.lib.routes import Route, routes
from tests.api.conftest import Api
from tests.worlds.seeded import DEBTS, HOUSING, Seeded

HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ELSEWHERE = ("mailto:", "tel:", "http", "/static/", "/tweestaps/", "/wachtwoord/")
NOT_A_PAGE = ("account_", "mfa_", "api_", "oauth_", "admin:", "gallery", "health")
"""Logging in, the API (walked by its own clients), beheer (walked by links), how the machine does (about nobody)."""
WHY = "addresses of the sweep"

NOBODY = UUID(int=1)

SERVED = Client()
"""A client builds the chain of middleware on its first request; all others borrow it."""


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its bytes, and its text as a person or a program would read it."""

    url: str
    status: int
    content: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)

    @cached_property
    def text(self) -> str:
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/pdf"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(self.content)).pages)
            return re.sub(r"\s", "", text)  # a long line is broken anywhere
        text = self.content.decode()
        return text.replace("\r\n ", "") if kind.startswith("text/calendar") else unescape(text)

    @property
    def outside(self) -> str:
        """What may end in a log, a browser's history or a mail: address, title and where it sends one."""
        title = TITLE.search(self.text)
        return " ".join([self.url, title.group(1) if title else "", self.headers.get("Location", "")])


def answer_of(url: str, response: HttpResponse) -> Answer:
    content = b"".join(response) if response.streaming else response.content
    return Answer(url, response.status_code, content, dict(response.items()))


def borrowed(client: Client) -> Client:
    """The same browser, without building the middleware again."""
    if SERVED.handler._middleware_chain is None:
        SERVED.handler.load_middleware()
    client.handler = SERVED.handler
    return client


def pages(browser: Client, by_hand: Sequence[str]) -> Iterator[Answer]:
    """Every page by links from the start, then these addresses by hand if no link led to them."""
    browser = borrowed(browser)
    seen: set[str] = set()
    shapes: Counter[str] = Counter()
    waiting = deque([*STARTS, *by_hand])
    while waiting:
        url = waiting.popleft()
        shape = shape_of(url)
        enough = shapes[shape] >= OF_ONE_SHAPE and url not in STARTS and not OF_MANY_KINDS.search(shape)
        if url in seen or enough:
            continue
        seen.add(url)
        shapes[shape] += 1
        answer = answer_of(url, browser.get(url))
        yield answer
        waiting.extendleft(reversed(onward(answer)))
    for text in SEARCHED:
        yield answer_of("/zaken/", browser.post("/zaken/", {"zoek": text}))


STARTS = ("/", "/beheer/")
SEARCHED = ("Sem", "Z-2026", "999990019", "999990020")
"""A first name that all three share, the number of every case, the BSN of two of them."""
OF_ONE_SHAPE = 2
"""Pages of one kind under one case, one meeting or one list; two actions are read as well as thirty."""
OF_MANY_KINDS = re.compile(r"/notities/\*")
"""Whose pages say something else for each kind: of these all are read."""
ID = re.compile(r"[0-9a-f-]{36}|\d+")


def shape_of(url: str) -> str:
    """An address without the keys behind the first, and without what it asks of a list."""
    path = url.partition("?")[0]
    first = ID.search(path)
    if first is None or path.startswith("/beheer/"):
        return ID.sub("*", path)
    return path[: first.end()] + ID.sub("*", path[first.end() :])


def onward(answer: Answer) -> list[str]:
    """Where this answer leads."""
    if answer.status in (301, 302):
        return [answer.headers["Location"]]
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    links = [
        link
        for link in map(unescape, HREF.findall(answer.content.decode()))
        if not link.startswith(ELSEWHERE)
    ]
    here = answer.url.partition("?")[0]
    return [here + link if link.startswith("?") else link for link in links if link.startswith(("?", "/"))]


def addresses(seeded: Seeded, cases: Sequence[Case], method: str = "GET") -> list[str]:
    """Every page of every case and meeting, filled in by hand; of many rows of one kind one or two."""
    found = []
    for route in routes():
        if method in route.methods and not route.name.startswith(NOT_A_PAGE) and route.name:
            found += list(_filled(route, seeded, cases))
    return found


def _filled(route: Route, seeded: Seeded, cases: Sequence[Case]) -> Iterator[str]:
    if "report" in route.parameters:
        told = SafetyReport.objects.unrestricted(reason=WHY).order_by("kind", "pk")
        yield from (_put_in(route.pattern, {"report": report.pk}) for report in told)
        return
    if "pk" not in route.parameters:
        yield re.sub(r"<[^>]+>", str(NOBODY) if "uuid" in route.parameters.values() else "1", route.pattern)
        return
    subjects = (
        [seeded.held.pk, seeded.coming.pk]
        if route.pattern.startswith("/overleggen")
        else [case.pk for case in cases]
    )
    names = [name for name in route.parameters if name != "pk"]
    for pk in subjects:
        choices = product(*(_values(name, pk, seeded) for name in names))
        for values in choices if pk == seeded.shared.pk else islice(choices, 1):
            yield _put_in(route.pattern, {"pk": pk, **dict(zip(names, values, strict=True))})


def _put_in(pattern: str, values: dict[str, object]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found.group(1)]), pattern)


def _values(name: str, pk: UUID, seeded: Seeded) -> list[object]:
    """Which values a part of an address takes under this case or meeting."""
    if name == "organisation":
        return [seeded.world.zwolle.pk, seeded.world.probation.pk]
    if name in FIXED:
        return FIXED[name]
    rows = {
        "sheet": lambda: InformationSheet.objects.unrestricted(reason=WHY).filter(case=pk),
        "goal": lambda: Goal.objects.unrestricted(reason=WHY).filter(case=pk, domain=DEBTS)[:1],
        "action": lambda: Action.objects.unrestricted(reason=WHY).filter(case=pk, domain=DEBTS)[:2],
        "note": lambda: Note.objects.unrestricted(reason=WHY).filter(case=pk, kind="interne-notitie")[:1],
        "term": lambda: ContentTerm.objects.unrestricted(reason=WHY).filter(case=pk, kind="instrument")[:1],
        "member": lambda: NetworkMember.objects.unrestricted(reason=WHY).filter(case=pk, is_victim=True)[:1],
        "address": lambda: Address.objects.unrestricted(reason=WHY).filter(case=pk).exclude(secrecy="")[:1],
        "item": lambda: AgendaItem.objects.unrestricted(reason=WHY).filter(meeting=pk),
        "ground": lambda: CaseGround.objects.filter(case=pk).order_by("pk")[:1],
        "scan": lambda: Scan.objects.filter(case=pk).order_by("pk")[:1],
        "named_id": lambda: NamedPerson.objects.filter(case=pk).order_by("pk")[:1],
        "consent": lambda: Consent.objects.filter(case=pk).order_by("sequence")[:1],
        "task_id": lambda: CaseTask.objects.filter(case=pk).order_by("opened_at", "pk")[:1],
        "invitation": lambda: Invitation.objects.filter(item__meeting=pk).order_by("invited_at", "pk")[:1],
        "decision": lambda: Decision.objects.unrestricted(reason=WHY).filter(item__meeting=pk)[:1],
        "deadline_id": lambda: Deadline.objects.filter(case=pk).order_by("step", "pk"),
        "suspension_id": lambda: Suspension.objects.filter(case=pk).order_by("pk")[:1],
        "key": lambda: CaseParty.objects.filter(case=pk).order_by("pk")[:1],
    }[name]()
    return [row.key if name == "key" else row.pk for row in rows]


FIXED: dict[str, list[Any]] = {
    "domein": [HOUSING, DEBTS],
    "instrument": [InstrumentKind.SCIL],
    "soort": ["slachtoffer"],
    "number": [1],
    "event": ["afwezig", "nazorg-begonnen"],
}


def api_answers(api: Api, by_hand: Sequence[str]) -> Iterator[Answer]:
    """These resources of the API, with every page of the lists."""
    for url in by_hand:
        following: str | None = url
        while following:
            answer = answer_of(following, api.get(following))
            yield answer
            following = following_of(following, answer)


def following_of(url: str, answer: Answer) -> str | None:
    if answer.status != 200 or not answer.headers["Content-Type"].endswith("json"):
        return None
    found = json.loads(answer.content)
    return found.get("volgende") if isinstance(found, dict) else None


def api_addresses(seeded: Seeded) -> list[str]:
    found = []
    for route in routes():
        if route.name.startswith("api_") and "GET" in route.methods and route.name != "api_document":
            found += list(_api_filled(route, seeded))
    return found


def _api_filled(route: Route, seeded: Seeded) -> Iterator[str]:
    if "pk" not in route.parameters:
        yield route.pattern
        return
    below = route.pattern.split("/")[3]
    subjects: list[Any] = {
        "trajecten": [case.pk for case in seeded.cases],
        "overleggen": [seeded.held.pk, seeded.coming.pk],
        "acties": [
            action.pk
            for action in Action.objects.unrestricted(reason=WHY).filter(domain__in=(DEBTS, HOUSING))
        ],
    }[below]
    for pk in subjects:
        yield _put_in(route.pattern, {"pk": pk, "nr": 1})
