"""API clients, one per organisation, each with a token from the real token endpoint."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from parties.models import ApiClient, Organisation, RoleKind
from tests.conftest import World
from tests.factories.parties import ApiClientFactory

SECRET = "geheim-voor-de-test"
TOKEN = "/oauth/token"
V1 = "/api/v1"

WIRE = Client()
"""One for all calls: a client builds the whole chain of middleware when it is first used."""


@dataclass(frozen=True)
class Api:
    """Software of one organisation."""

    client: ApiClient
    token: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> HttpResponse:
        return self.call("PATCH", path, body, **headers)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """One request with the token; ``path`` is below /api/v1, or a whole address."""
        url = path if path.startswith(("/api", "http")) else V1 + path
        return WIRE.generic(
            method,
            url,
            data=_json(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )


def _json(body: object) -> str | bytes:
    if body is None:
        return ""
    return body if isinstance(body, str | bytes) else json.dumps(body)


def basic(client_id: str, secret: str = SECRET) -> str:
    return "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()


def token_for(client: ApiClient, **fields: str) -> HttpResponse:
    """Ask the real endpoint for a token."""
    return WIRE.post(
        TOKEN,
        {"grant_type": "client_credentials", **fields},
        headers={"Authorization": basic(client.client_id)},
    )


Connect = Callable[..., Api]


@pytest.fixture
def connect(db: None) -> Connect:
    def _connect(
        organisation: Organisation, role: RoleKind = RoleKind.PROBATION_OFFICER, **fields: Any
    ) -> Api:
        client = ApiClientFactory(organisation=organisation, role_kind=role, **fields)
        answer = token_for(client)
        assert answer.status_code == 200, answer.content
        return Api(client, answer.json()["access_token"])

    return _connect


@pytest.fixture
def probation_api(world: World, connect: Connect) -> Api:
    """Reclassering Nederland, with an assignment in `case`."""
    return connect(world.probation)


@pytest.fixture
def outsider_api(world: World, connect: Connect) -> Api:
    """The other reclassering, which takes part in nothing."""
    return connect(world.other_probation)


@pytest.fixture
def pi_api(world: World, connect: Connect) -> Api:
    return connect(world.pi, RoleKind.CASEMANAGER)


@pytest.fixture
def municipality_api(world: World, connect: Connect) -> Api:
    return connect(world.zwolle, RoleKind.AFTERCARE_COORDINATOR)


@pytest.fixture
def message_api(world: World, connect: Connect) -> Api:
    """The road on which detention messages come in."""
    return connect(world.operator, RoleKind.MESSAGE_CLIENT)
