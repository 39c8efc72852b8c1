"""An id inside another: the object of a case that is not this one, and what a refusal gives away (quality 2.4)."""

from collections.abc import Iterator

from reintegratie.lib.routes import Route
from tests.access.areas import AREAS, Area
from tests.access.conftest import House
from tests.access.grid import Line
from tests.access.knocking import (
    Answer,
    Caller,
    address,
    area_of,
    ask,
    at_random,
    ids_for,
    nested_ids,
    same_but_for,
)
from tests.access.test_doors import callers, differs, lines_of

SEEN_BY_THE_WRONG_ROLE = {
    "end-involvement": {"dir"},
    "finish-task": {"dir"},
    "action_close": {"dir"},
    "meeting_item": {"gor", "net"},
    "meeting_answer": {"cm", "uh", "dir"},
    "suspend-term": {"dir"},
    "resume-term": {"dir"},
    "decide-suspension": {"cm", "dir"},
    "term_settle": {"dir"},
}
"""Where a 403 is about an object that this person reads on another page: it may differ from what is not there."""


def nested_lines() -> Iterator[tuple[Area, Route, Line, str]]:
    """Every door with an id inside an id, once per inner id."""
    for area in AREAS.values():
        for route, line in lines_of(area):
            for inner in nested_ids(route):
                yield area, route, line, inner


def test_an_object_of_another_case_is_not_there(house: House) -> None:
    """One's own case or meeting, and in it the id of something of the case of the table."""
    wrong = [
        fault
        for area, route, line, inner in nested_lines()
        for who in house.elsewhere
        for method in line.methods
        for fault in foreign(area, route, line, inner, method, who, house)
    ]
    assert not wrong, "\n".join(wrong)


def foreign(
    area: Area, route: Route, line: Line, inner: str, method: str, who: str, house: House
) -> Iterator[str]:
    caller, own = callers(house, area).get(who), house.elsewhere[who]
    if caller is None or f"{area_of(route)}.pk" not in own:
        return
    given = ids_for(route, {**house.ids, **own, inner: house.ids[inner]})
    answer, nothing = (
        asked(caller, method, address(route, ids)) for ids in (given, at_random(route, given, only=[inner]))
    )
    if difference := differs(answer, nothing):
        yield f"{method} {line.door} als {who}, {inner} van een andere zaak: {difference}"
    if answer.status != 404 and (answer.status != 403 or who == "cm"):
        yield f"{method} {line.door} als {who}, {inner} van een andere zaak: {answer.status}"


def asked(caller: Caller, method: str, url: str) -> Answer:
    return same_but_for(ask(caller, method, url), url)


def test_a_refusal_tells_of_nothing_that_is_hidden(house: House) -> None:
    """Whoever is refused in a case he sees, is refused alike for what is there and for what is not."""
    telling: dict[str, set[str]] = {}
    for area, route, line, inner in nested_lines():
        for who, caller in callers(house, area).items():
            given = ids_for(route, house.ids)
            absent = at_random(route, given, only=[inner])
            for method in line.methods if line.expected(who) == 403 else ():
                answer, nothing = (asked(caller, method, address(route, ids)) for ids in (given, absent))
                if answer != nothing:
                    telling.setdefault(line.door, set()).add(who)
    assert telling == SEEN_BY_THE_WRONG_ROLE
