"""Every documented address and method answers as documented: to who may, to who may not, and to nobody in particular."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.http import HttpResponse

from cases.models import Case
from parties.viewer import Viewer
from reintegratie.api import openapi_json
from tests.api.conftest import WIRE, Api
from tests.api.full import BODIES, address, fill
from tests.conftest import World

DOCUMENT: dict[str, Any] = json.loads(openapi_json())
CALLS = [
    (path, method)
    for path, item in DOCUMENT["paths"].items()
    for method in item
    if path not in ("/openapi.json", "/detentiemeldingen")
]
ABOUT_ONE = [(path, method) for path, method in CALLS if "{id}" in path]


@pytest.fixture
def ids(case: Case, world: World, casemanager: Viewer) -> dict[str, str]:
    return fill(case, world, casemanager, world.probation)


def call(api: Api, path: str, method: str, ids: dict[str, str]) -> HttpResponse:
    body = BODIES.get((path, method))
    headers = {"If-Match": '"1"'} if method == "patch" else {}
    return api.call(method.upper(), address(path, ids), body, **headers)


def check(answer: HttpResponse, path: str, method: str) -> None:
    """The status is documented, the body has the documented shape and no member more."""
    documented = DOCUMENT["paths"][path][method]["responses"]
    assert str(answer.status_code) in documented, (path, method, answer.status_code, answer.content[:300])
    media = answer.headers["Content-Type"].split(";")[0]
    content = documented[str(answer.status_code)]["content"]
    assert media in content, (path, method, media)
    if media.endswith("json"):
        schema = {**content[media]["schema"], "components": DOCUMENT["components"]}
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        jsonschema.Draft202012Validator(schema, format_checker=checker).validate(answer.json())
        assert list(unknown_members(answer.json(), content[media]["schema"], path)) == []


def unknown_members(value: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
    """Members of an answer that the document does not name."""
    schema = resolved(schema, value)
    if isinstance(value, list):
        for one in value:
            yield from unknown_members(one, schema.get("items", {}), where)
    if isinstance(value, dict) and "properties" in schema:
        for name, below in value.items():
            if name not in schema["properties"]:
                yield f"{where}/{name}"
            else:
                yield from unknown_members(below, schema["properties"][name], f"{where}/{name}")


def resolved(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    if "anyOf" in schema:
        schema = next(one for one in schema["anyOf"] if (one.get("type") == "null") is (value is None))
    if "$ref" in schema:
        found: dict[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return found
    return schema


def test_who_may_gets_what_is_documented(ids: dict[str, str], probation_api: Api, pi_api: Api) -> None:
    for path, method in CALLS:
        answer = call(probation_api, path, method, ids)

        assert answer.status_code in (200, 201), (path, method, answer.content)
        check(answer, path, method)
        check(call(pi_api, path, method, ids), path, method)


def test_without_a_token_every_address_asks_for_one(ids: dict[str, str]) -> None:
    for path, method in CALLS:
        url = f"/api/v1{address(path, ids)}"
        answer = WIRE.generic(method.upper(), url, "{}", content_type="application/json")

        assert answer.status_code == 401, (path, method)
        check(answer, path, method)


def test_an_outsider_gets_the_same_bytes_as_for_nothing_at_all(
    ids: dict[str, str], outsider_api: Api
) -> None:
    nothing = dict.fromkeys(ids, str(uuid4()))
    for path, method in ABOUT_ONE:
        hidden, absent = call(outsider_api, path, method, ids), call(outsider_api, path, method, nothing)

        assert hidden.status_code == 404, (path, method)
        assert (hidden.content, dict(hidden.headers)) == (absent.content, dict(absent.headers)), (
            path,
            method,
        )
        check(hidden, path, method)


def test_a_list_is_empty_for_an_outsider(ids: dict[str, str], outsider_api: Api) -> None:
    for path, method in CALLS:
        if "{id}" not in path and path not in ("/organisaties", "/gemeenten"):
            answer = call(outsider_api, path, method, ids)

            check(answer, path, method)
            assert answer.json()["resultaten"] == [], path


def test_an_unknown_key_in_the_address_is_refused(ids: dict[str, str], probation_api: Api) -> None:
    for path, method in CALLS:
        if method == "get":
            answer = probation_api.get(f"{address(path, ids)}?onzin=1")

            assert answer.status_code == 400, path
            check(answer, path, method)


def test_a_method_that_is_not_documented_does_not_exist(ids: dict[str, str], probation_api: Api) -> None:
    for path in sorted({path for path, _ in CALLS}):
        for method in {"put", "delete", "patch", "post", "trace"} - set(DOCUMENT["paths"][path]):
            answer = probation_api.call(method.upper(), address(path, ids), {})

            assert answer.status_code == 405, (path, method)
            assert answer.headers["Content-Type"] == "application/problem+json"
