"""The tables as data: one line per door and method, one column per persona."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reintegratie.lib.routes import Route

REST = "rest"
"""The column of everybody who has none of his own."""


@dataclass(frozen=True)
class Line:
    """What everybody gets at one door with these methods."""

    door: str
    methods: tuple[str, ...]
    columns: Mapping[str, int]

    def expected(self, who: str) -> int:
        """Raises KeyError when the table forgets this persona."""
        return self.columns[who] if who in self.columns else self.columns[REST]


def read(table: str) -> Iterator[Line]:
    """The first line names the columns, several personas with a comma between; # begins a heading."""
    rows = [row.split() for row in table.splitlines() if row.strip() and not row.startswith("#")]
    (_, _, *heads), *lines = rows
    for door, methods, *statuses in lines:
        columns = {
            who: int(status) for head, status in zip(heads, statuses, strict=True) for who in head.split(",")
        }
        yield Line(door, tuple(methods.split(",")), columns)


def key_of(route: Route) -> str:
    """The name of a route; of one without a name its pattern."""
    return route.pattern if route.name in ("", "admin:") else route.name
