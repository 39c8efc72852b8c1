"""Knock on one door: who asks, what he gets, and which addresses stand for a route."""

import json
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from parties.models import User
from reintegratie.lib.routes import Route
from reintegratie.middleware import LAST_SEEN
from tests.access.grid import key_of

A_LONG_RUN = 6 * 3600
"""Seconds that nobody is logged out, however slow the machine is."""
WIRE = Client(raise_request_exception=False)
"""One for all questions: a client builds the whole chain of middleware when it is first used."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
NO_NUMBER = "999999999"
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
CLOCK = "Expires"
"""With the token of a form the only things that differ per request. Trace and span ids stand in the ledgers only."""

Ids = Mapping[str, str]
"""Per parameter what belongs in it; ``<area>.<parameter>`` where two areas use one name."""


@dataclass(frozen=True)
class Caller:
    """A browser or a program, as it stands before every question."""

    cookies: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back, as bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def stranger() -> Caller:
    return Caller()


def browser_of(user: User) -> Caller:
    """Somebody who has just logged in, with his password asked again: no page sends him back for that."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    later = int(time.time()) + A_LONG_RUN
    records = [{"method": "password", "at": later, "reauthenticated": True}]
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session[LAST_SEEN] = (
        int(time.time()) + 3600
    )  # else every question moves the end of the session, and is undone
    session.save()
    return Caller(cookies=client.cookies.output(header="", sep=";"))


def with_token(token: str) -> Caller:
    return Caller(headers={"Authorization": f"Bearer {token}"})


def ask(caller: Caller, method: str, url: str) -> Answer:
    """One request with an empty form, after which the world is as it was before."""
    WIRE.cookies = SimpleCookie(caller.cookies)
    is_api = url.startswith("/api/")
    kind = "application/json" if is_api else "application/x-www-form-urlencoded"
    body = json.dumps({}) if is_api and method != "GET" else ""
    with transaction.atomic():
        response = WIRE.generic(method, url, body, content_type=kind, headers=dict(caller.headers))
        found = Answer(response.status_code, tuple(sorted(response.headers.items())), response.getvalue())
        transaction.set_rollback(True)
    cache.clear()
    return found


def same_but_for(answer: Answer, url: str) -> Answer:
    """The answer without form token and clock, and with the address that was asked left out: it may be said back."""
    body = CSRF.sub(rb"\1", answer.body).replace(url.encode(), b"<address>")
    headers = tuple((name, text.replace(url, "<address>")) for name, text in answer.headers if name != CLOCK)
    return Answer(answer.status, headers, body)


def area_of(route: Route) -> str:
    """The part of the address that names a collection: ``zaken``, ``api/v1/acties``, ``parties/user``."""
    first, *rest = route.pattern.strip("/").split("/")
    if first == "beheer":
        return "/".join(rest[:2])
    return "/".join((first, *rest[:2])) if first == "api" else first


def ids_for(route: Route, ids: Ids) -> dict[str, str]:
    """What belongs in the parameters of this route."""
    own = (key_of(route), area_of(route))
    return {
        name: next(ids[key] for key in (*(f"{one}.{name}" for one in own), name) if key in ids)
        for name in route.parameters
    }


def is_id(route: Route, name: str) -> bool:
    """Whether this parameter names an object; a word from a closed list or a key in a mail does not."""
    return route.parameters[name] in ("uuid", "int", "path") or name == "id"


def at_random(route: Route, given: Ids, *, only: Collection[str] = ()) -> dict[str, str]:
    """The same address with ids that nothing has; or with only some of them so."""
    wanted = [name for name in given if is_id(route, name) and (not only or name in only)]
    nothing = {name: NO_NUMBER if given[name].isdigit() else str(uuid4()) for name in wanted}
    return {**given, **nothing}


def nested_ids(route: Route) -> list[str]:
    """The ids after the first: of something inside a case or a meeting."""
    return [name for name in route.parameters if is_id(route, name)][1:]


def address(route: Route, given: Ids) -> str:
    return PARAMETER.sub(lambda found: given[found[1] or found[2]], route.pattern)
