"""openapi.json: public, complete, and as the NL GOV API Design Rules ask."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from reintegratie.api import openapi_json

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:

    found: dict[str, Any] = json.loads(openapi_json())
    return found


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_everybody_may_read_it_from_everywhere(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json", headers={"Origin": "https://elders.example"})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["openapi"].startswith("3.")
    preflight = Client().options("/api/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"


def test_every_route_of_the_api_is_in_it(document: dict[str, Any]) -> None:
    (api,) = [entry for entry in get_resolver().url_patterns if str(entry.pattern) == "api/v1/"]
    routes = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(p.pattern)).replace("{pk}", "{id}")
        for p in api.url_patterns
    }

    assert routes == set(document["paths"])


def test_it_names_a_contact_a_server_with_a_version_and_a_semantic_version(document: dict[str, Any]) -> None:
    info = document["info"]

    assert {"name", "url", "email"} <= set(info["contact"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert all(re.search(r"/v\d+$", server["url"]) for server in document["servers"])


def test_addresses_are_kebab_case_and_keys_are_camel_case(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        assert re.fullmatch(r"(/([a-z0-9.-]+|\{[a-z]+\}))+", path)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", parameter["name"])


def test_every_answer_carries_the_version_and_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"], (path, method, status)
            if status.startswith(("4", "5")):
                assert list(answer["content"]) == ["application/problem+json"], (path, method, status)


def test_every_operation_tells_what_can_go_wrong(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        refused = {status for status in operation["responses"] if status[0] in "45"}
        expected = {"400", "406", "500"} if path == "/openapi.json" else {"400", "401", "403", "406", "500"}
        expected |= {"404"} if "{id}" in path else set()
        expected |= {"409", "413", "415"} if method in ("post", "patch") else set()
        expected |= {"412", "428"} if method == "patch" else set()
        assert expected == refused, (path, method)
        assert operation["summary"], (path, method)
        assert operation["operationId"], (path, method)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))

    assert references <= set(schemas)
    assert all(re.fullmatch(r"([A-Z][a-z0-9]*)+", name) for name in schemas)


def test_every_operation_names_its_scope(document: dict[str, Any]) -> None:
    known = set(
        document["components"]["securitySchemes"]["clientCredentials"]["flows"]["clientCredentials"]["scopes"]
    )
    for path, _, operation in operations(document):
        if path != "/openapi.json":
            (scheme,) = operation["security"]
            assert set(scheme["clientCredentials"]) <= known
