"""R8: what does a long history cost who only works with what is open? Two databases with the same open cases, in turns."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from meetings.management.bench.database import Database, Turn, in_turns
from meetings.management.bench.figures import Figure
from meetings.management.bench.limit import comparable
from meetings.management.bench.lists import badges, page_of
from meetings.management.bench.pages import OPEN_CASES, first_case_of
from meetings.management.bench.people import WHOLE_LIST, people_at
from meetings.management.bench.seed import seed_cases, settle
from meetings.management.bench.sizes import Size
from meetings.management.bench.stopwatch import medians, ratio

Road = Callable[[], Any]
CODES = ("R8 lijst", "R8 bladzijde", "R8 getallen", "R8 zaak", "R8 api")


def longer_history(size: Size, at: datetime, database: Database) -> Iterator[Figure]:
    """The copy has ``size.growth`` times as many closed cases, and not one open case more."""
    if size.growth == 1:
        yield from (
            Figure(code, None, "vraagt een tweede, tien keer zo lange historie: omvang x10") for code in CODES
        )
        return
    closed = size.cases - size.open
    with database.copy("x10") as copy:
        with copy.in_use():
            seed_cases(size, at, size.cases + 1, size.cases + closed * (size.growth - 1))
            settle()
        with in_turns(database, copy) as turns:
            walks = [_walks(turn, at) for turn in turns]
            for code in CODES:
                taken = medians({"x1": walks[0][code], "x10": walks[1][code]}, size.rounds)
                yield ratio(code, taken, "x10", "x1")


def _walks(turn: Turn, at: datetime) -> dict[str, Road]:
    """The five roads, each in this database."""
    turn()
    prison = people_at(at).prison
    prison.get(WHOLE_LIST)
    prison.call(OPEN_CASES)
    case_page = first_case_of(prison).get_absolute_url()
    roads: tuple[Road, ...] = (
        lambda: [row.pk for row in page_of(prison.viewer)],
        lambda: comparable(prison.get(WHOLE_LIST)),
        lambda: badges(prison.viewer),
        lambda: comparable(prison.get(case_page)),
        lambda: prison.call(OPEN_CASES).json()["resultaten"],
    )

    def in_this_database(road: Road) -> Road:
        def walk() -> Any:  # what the road gives
            turn()
            return road()

        return walk

    return {code: in_this_database(road) for code, road in zip(CODES, roads, strict=True)}
