"""How much is in the database that is measured?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of rows that everything else follows from. ``growth`` is how often the history is made once more (R8)."""

    name: str
    cases: int
    open: int
    prisons: int
    municipalities: int
    probations: int
    rounds: int = 21
    growth: int = 1
    sweep: int = 0
    requests: int = 0


SIZES = {
    size.name: size
    for size in (
        Size("tiny", 400, 240, 1, 6, 1, rounds=3),
        Size("small", 6_000, 2_000, 6, 68, 4, growth=10),
        Size("full", 300_000, 10_000, 30, 340, 20, sweep=100_000, requests=10_000),
        Size("x10", 300_000, 10_000, 30, 340, 20, growth=10),
    )
}
"""A PI has 333 open cases at every size but tiny. ``full`` is the whole country, ``x10`` with ten times the history."""
