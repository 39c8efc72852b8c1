"""The addresses as the resolver knows them."""

import json
from io import StringIO

from django.core.management import call_command

from reintegratie.lib.routes import Route, routes


def route(name: str) -> Route:
    return next(route for route in routes() if route.name == name)


def test_a_route_has_its_pattern_methods_and_kinds_of_parameters():
    assert route("screening_domain") == Route(
        "screening_domain",
        "/zaken/<uuid:pk>/screening/<slug:domein>/",
        ("GET", "HEAD", "POST"),
        {"pk": "uuid", "domein": "slug"},
    )
    assert route("screening_complete").methods == ("POST",)
    assert route("api_action").methods == ("GET", "HEAD", "PATCH")
    assert route("admin:parties_user_changelist").pattern == "/beheer/parties/user/"


def test_the_command_prints_the_pages_and_not_the_api():
    printed = StringIO()

    call_command("routes", stdout=printed)

    found = json.loads(printed.getvalue())
    assert {"name", "path", "methods", "parameters"} == set(found[0])
    assert not [page for page in found if page["path"].startswith(("/api", "/oauth"))]
    assert {"name": "case", "path": "/zaken/<uuid:pk>/", "parameters": {"pk": "uuid"}}.items() <= next(
        page for page in found if page["name"] == "case"
    ).items()
