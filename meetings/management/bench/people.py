"""Who looks at the pages that are measured: people with a session, software with a token, and their eyes for a queryset."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.test import Client

from cases.models import Capacity, Case
from parties.actions import register_client
from parties.models import Organisation, PartyKind, Role, RoleKind
from parties.viewer import Viewer, viewer_for

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FEW = (1, 10, 50)
"""So many cases three gemeenten have, and so many extra actions the first three cases."""

WHOLE_LIST = "/?behandelaar=alle"
"""The worklist of the whole organisation; without this it begins with one's own cases."""
WIRE = Client(SERVER_NAME="localhost")
"""The road of software: without a session."""


class WrongAnswer(Exception):
    """A page that is measured did not open."""


@dataclass(frozen=True)
class Someone:
    """A person of one organisation, with a browser in which he has logged in, and the software of that organisation."""

    viewer: Viewer

    @cached_property
    def browser(self) -> Client:
        client = Client(SERVER_NAME="localhost")
        assert self.viewer.user is not None
        client.force_login(self.viewer.user, backend=BACKEND)
        return client

    @cached_property
    def token(self) -> str:
        """From the real endpoint, for a client that is made for it."""
        secret = secrets.token_urlsafe(24)
        client = register_client(
            client_id=f"meting-{self.viewer.organisation.code}",
            secret=secret,
            organisation=self.viewer.organisation,
            role_kind=RoleKind(self.viewer.role_kind),
            since=self.viewer.on,
        )
        basic = b64encode(f"{client.client_id}:{secret}".encode()).decode()
        answer = WIRE.post(
            "/oauth/token",
            {"grant_type": "client_credentials", "scope": "trajecten"},
            headers={"Authorization": f"Basic {basic}"},
        )
        return str(opened(answer).json()["access_token"])

    def get(self, path: str) -> Any:  # what the test client answers
        """A page."""
        return opened(self.browser.get(path))

    def call(self, path: str) -> Any:  # what the test client answers
        """A resource of the API."""
        return opened(WIRE.get(path, headers={"Authorization": f"Bearer {self.token}"}))


def opened(answer: Any) -> Any:  # what the test client answers
    if answer.status_code != 200:
        raise WrongAnswer(f"{answer.status_code}: {answer.content[:300]!r}")
    return answer


@dataclass(frozen=True)
class People:
    """The cast: a PI, and the three gemeenten with 1, 10 and 50 cases. ``at`` is their moment in a queryset."""

    prison: Someone
    gemeenten: dict[int, Someone]
    at: datetime

    @property
    def gemeente(self) -> Someone:
        """The one with fifty cases, all of them shared to the full: nothing is hidden, so nothing may be missing."""
        return self.gemeenten[50]


def people_at(at: datetime) -> People:
    """The same people whatever else is in the database."""
    return People(
        prison=someone_of(PartyKind.PRISON, "1", at),
        gemeenten={number: someone_of(PartyKind.MUNICIPALITY, str(1000000 + number), at) for number in FEW},
        at=at,
    )


def someone_of(kind: PartyKind, code: str, at: datetime) -> Someone:
    roles = Role.objects.filter(organisation__kind=kind, organisation__code=code)
    role = roles.select_related("organisation", "user").order_by("user__email").first()
    assert role is not None, f"{kind}:{code} has nobody"
    return Someone(viewer_for(role, at=at))


def everyone_with_a_list(at: datetime) -> list[Viewer]:
    """One person of every organisation that takes part in something."""
    organisations = Organisation.objects.exclude(kind=PartyKind.OPERATOR).order_by("kind", "code")
    return [someone_of(PartyKind(one.kind), one.code, at).viewer for one in organisations]


def case_number(number: int) -> Case:
    return Case.objects.get(number=f"M-{number}")


def keeper_of(case: Case, at: datetime) -> Someone:
    """The casemanager of the PI that keeps the file."""
    return someone_of(PartyKind.PRISON, case.parties.get(capacity=Capacity.PRISON).party.code, at)
