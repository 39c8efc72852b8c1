"""How the API says no, whatever was asked."""

import pytest
from django.test import Client

from tests.api.conftest import WIRE, Api

PROBLEM = "application/problem+json"


def test_without_a_token_there_is_nothing(db: None) -> None:
    answer = WIRE.get("/api/v1/gemeenten")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["title"] == "Niet aangemeld"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer é", "Basic eDp4", "x", "Bearer a b", "\x00"]
)
def test_a_token_that_was_made_up_is_refused(db: None, header: str) -> None:
    assert WIRE.get("/api/v1/gemeenten", headers={"Authorization": header}).status_code == 401


def test_a_token_in_the_address_or_the_body_is_no_token(probation_api: Api) -> None:
    token = probation_api.token

    assert WIRE.get(f"/api/v1/gemeenten?access_token={token}").status_code == 401
    assert WIRE.post("/api/v1/gemeenten", {"access_token": token}).status_code == 401


@pytest.mark.parametrize(
    "query", ["%zz", "x=%ff", "=", "a" * 3000, "é=1", "cursor=%00", "cursor=", "cursor=a:b:c"]
)
def test_a_strange_query_is_a_problem_and_never_a_fault(probation_api: Api, query: str) -> None:
    answer = probation_api.get(f"/gemeenten?{query}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/bestaat-niet", {}, 404),
        ("GET", "/gemeenten/", {}, 404),
        ("GET", "", {}, 404),
        ("DELETE", "/gemeenten", {}, 405),
        ("POST", "/gemeenten", {}, 405),
        ("GET", "/gemeenten", {"Accept": "text/html"}, 406),
        ("GET", "/gemeenten?format=json", {}, 400),
    ],
)
def test_every_refusal_is_a_problem_with_a_version(
    probation_api: Api, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = probation_api.call(method, path, **headers)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["status"] == status
    assert answer.json()["title"]
    assert answer.json()["detail"]


def test_all_errors_in_a_query_come_together(probation_api: Api) -> None:
    answer = probation_api.get("/organisaties?soort=kapper&kleur=blauw&kleur=groen")

    assert answer.status_code == 400
    found = {(error["in"], error["location"]["name"]) for error in answer.json()["errors"]}
    assert found == {("query", "soort"), ("query", "kleur")}


def test_a_fault_of_ours_is_a_problem_without_details(
    probation_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("Jan Jansen")

    monkeypatch.setattr("parties.api.municipality_of", broken)
    monkeypatch.setattr("parties.api.page_of", broken)
    monkeypatch.setattr(Client, "store_exc_info", lambda *args, **kwargs: None)

    answer = probation_api.get("/gemeenten")

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert b"Jansen" not in answer.content


def test_head_and_options_say_no_more_than_get(probation_api: Api) -> None:
    head = probation_api.call("HEAD", "/gemeenten")
    options = probation_api.call("OPTIONS", "/gemeenten")

    assert (head.status_code, head.content) == (200, b"")
    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert WIRE.options("/api/v1/gemeenten").status_code == 401
