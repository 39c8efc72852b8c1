"""The door matrix: every address of the application, for everybody, with every method (quality 2.2 and 2.4).

The tables beside this file say who gets what; docs/bewijs.md says how to add a door.
"""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from reintegratie.lib.routes import Route, routes
from tests.access.areas import AREAS, QUERY, Area, is_open_anywhere
from tests.access.conftest import House
from tests.access.grid import Line, key_of, read
from tests.access.knocking import Answer, Caller, address, ask, at_random, ids_for, same_but_for

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DOORS = {key_of(route): route for route in routes() if is_open_anywhere(route)}


def lines_of(area: Area) -> list[tuple[Route, Line]]:
    return [(DOORS[line.door], line) for line in read(area.table) if line.door in DOORS]


def named_methods() -> dict[str, list[str]]:
    """Per door every method in the tables, as often as it stands there."""
    found: dict[str, list[str]] = {}
    for area in AREAS.values():
        for line in read(area.table):
            found.setdefault(line.door, []).extend(line.methods)
    return found


def callers(house: House, area: Area) -> dict[str, Caller]:
    return house.programs if area.is_api else house.people


def url_of(route: Route, ids: dict[str, str], house: House, method: str) -> str:
    query = QUERY.get(route.name, "") if method == "GET" else ""
    return address(route, ids) + query.format(**house.ids)


def test_every_door_is_in_the_table() -> None:
    assert sorted(DOORS.keys() - named_methods().keys()) == []


def test_the_table_names_no_door_that_is_gone() -> None:
    assert sorted(named_methods().keys() - DOORS.keys()) == []


def test_no_two_doors_have_one_name() -> None:
    keys = [key_of(route) for route in routes() if is_open_anywhere(route)]

    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_every_method_is_in_the_table_once() -> None:
    named = named_methods()
    accepted = {key: sorted(set(route.methods) - {"HEAD"}) for key, route in DOORS.items()}

    assert {
        key: (sorted(named.get(key, [])), methods)
        for key, methods in accepted.items()
        if sorted(named.get(key, [])) != methods
    } == {}


def test_routes_lists_the_same_pages_as_the_resolver() -> None:
    printed = StringIO()

    call_command("routes", stdout=printed)

    listed = {(page["name"], page["path"], *page["methods"]) for page in json.loads(printed.getvalue())}
    assert listed == {(route.name, route.pattern, *route.methods) for route in routes() if not route.is_api}
    pages = {line.door for area in AREAS.values() if not area.is_api for line in read(area.table)}
    assert pages == {key for key, route in DOORS.items() if not route.is_api}


@pytest.mark.parametrize("name", AREAS)
def test_everybody_gets_what_the_table_says(name: str, house: House) -> None:
    """Whoever gets nothing, gets the same bytes for what does not exist; another method is a 405."""
    area = AREAS[name]
    wrong = list(closed(area, house))
    for route, line in lines_of(area):
        for who, caller in callers(house, area).items():
            for method in line.methods:
                wrong += knock(route, line, method, who, caller, house, area)
    assert not wrong, "\n".join(wrong)


def knock(
    route: Route, line: Line, method: str, who: str, caller: Caller, house: House, area: Area
) -> Iterator[str]:
    real = ids_for(route, house.ids)
    answer = ask(caller, method, url_of(route, real, house, method))
    expected = line.expected(who)
    if answer.status != expected:
        yield f"{method} {line.door} als {who}: {answer.status} in plaats van {expected}"
    none = at_random(route, real)
    if none != real and (expected == 404 or who in area.strangers):
        nothing = ask(caller, method, url_of(route, none, house, method))
        known, unknown = address(route, real), address(route, none)
        if difference := differs(same_but_for(answer, known), same_but_for(nothing, unknown)):
            yield f"{method} {line.door} als {who}: verborgen is anders dan niet bestaand: {difference}"


def differs(one: Answer, other: Answer) -> str:
    """Where two answers part, in words for whoever has to look."""
    if one == other:
        return ""
    if (one.status, one.headers) != (other.status, other.headers):
        return f"{one.status} {one.headers} / {other.status} {other.headers}"
    at = next((i for i, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), -1)
    return f"{one.body[max(at - 60, 0) : at + 60]!r} / {other.body[max(at - 60, 0) : at + 60]!r}"


def closed(area: Area, house: House) -> Iterator[str]:
    """Every method that the table does not name, asked by somebody who gets far enough to be told."""
    named, caller = named_methods(), callers(house, area)[area.insider]
    for key, route in {line.door: route for route, line in lines_of(area)}.items():
        for method in set(METHODS) - set(named[key]):
            status = ask(caller, method, address(route, ids_for(route, house.ids))).status
            sent_on = area.looks_first and status in (302, 404)
            if status != 405 and not sent_on:
                yield f"{method} {key} staat niet in de tabel en geeft {status}"
