"""Who gets a token, and for what."""

from datetime import date

import pytest

from parties.models import ApiClient, AuditLine, RoleKind
from tests.api.conftest import SECRET, TOKEN, WIRE, Connect, basic, token_for
from tests.conftest import World
from tests.factories.parties import ApiClientFactory


def test_a_client_gets_a_short_token_with_the_scopes_of_its_role(world: World) -> None:
    answer = token_for(ApiClientFactory(organisation=world.probation))

    body = answer.json()
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] <= 900
    assert set(body["scope"].split()) == {"trajecten", "acties", "inbreng", "overleggen", "gebeurtenissen"}
    assert "refresh_token" not in body
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_message_client_may_only_deliver_messages(world: World) -> None:
    client = ApiClientFactory(organisation=world.operator, role_kind=RoleKind.MESSAGE_CLIENT)

    assert token_for(client).json()["scope"] == "detentiemeldingen"
    assert token_for(client, scope="trajecten").json()["error"] == "invalid_scope"


def test_another_client_may_not_deliver_messages(world: World) -> None:
    client = ApiClientFactory(organisation=world.probation)

    answer = token_for(client, scope="detentiemeldingen")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_a_client_may_ask_for_less(world: World) -> None:
    assert (
        token_for(ApiClientFactory(organisation=world.probation), scope="acties").json()["scope"] == "acties"
    )


def test_secrets_and_tokens_are_kept_hashed(world: World, connect: Connect) -> None:
    api = connect(world.probation)

    stored = ApiClient.objects.get(pk=api.client.pk)
    assert SECRET not in stored.client_secret
    assert list(stored.accesstoken_set.values_list("token", flat=True)) == [""]


@pytest.mark.parametrize(
    ("fields", "secret", "status", "error"),
    [
        ({"grant_type": "client_credentials"}, "fout", 401, "invalid_client"),
        ({"grant_type": "password", "username": "a", "password": "b"}, SECRET, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code", "code": "x"}, SECRET, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, SECRET, 400, "unsupported_grant_type"),
        (
            {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"},
            SECRET,
            400,
            "unsupported_grant_type",
        ),
        ({}, SECRET, 400, "unsupported_grant_type"),
    ],
)
def test_only_client_credentials_with_the_right_secret_work(
    world: World, fields: dict[str, str], secret: str, status: int, error: str
) -> None:
    client = ApiClientFactory(organisation=world.probation)

    answer = WIRE.post(TOKEN, fields, headers={"Authorization": basic(client.client_id, secret)})

    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_secret_in_the_body_works_and_in_the_address_does_not(world: World) -> None:
    client = ApiClientFactory(organisation=world.probation)
    fields = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": SECRET}

    assert WIRE.post(TOKEN, fields).status_code == 200
    assert WIRE.post(f"{TOKEN}?client_id={client.client_id}&client_secret={SECRET}").status_code == 400
    assert WIRE.get(TOKEN, fields).status_code == 405


@pytest.mark.parametrize("period", [{"until": date(2020, 1, 1)}, {"since": date(2100, 1, 1)}])
def test_a_client_outside_its_period_gets_no_token(world: World, period: dict[str, date]) -> None:
    assert token_for(ApiClientFactory(organisation=world.probation, **period)).status_code == 401


def test_a_token_of_a_client_that_was_ended_does_nothing_any_more(world: World, connect: Connect) -> None:
    api = connect(world.probation)
    assert api.get("/gemeenten").status_code == 200

    ApiClient.objects.filter(pk=api.client.pk).update(until=date(2020, 1, 1))

    assert api.get("/gemeenten").status_code == 401


def test_nothing_else_of_oauth_is_open(world: World) -> None:
    for path in (
        "/oauth/authorize",
        "/oauth/introspect",
        "/oauth/revoke_token",
        "/oauth/applications",
        "/o/token/",
    ):
        assert WIRE.get(path).status_code == 404


def test_signing_in_and_being_refused_are_written_down(world: World) -> None:
    client = ApiClientFactory(organisation=world.probation)

    token_for(client)
    WIRE.post(
        TOKEN, {"grant_type": "client_credentials"}, headers={"Authorization": basic(client.client_id, "x")}
    )

    lines = list(AuditLine.objects.order_by("id").values_list("action", "outcome", "client"))
    assert lines == [("client-aangemeld", "toegestaan", client.pk), ("client-geweigerd", "geweigerd", None)]
