"""Where in a list did the reader stop? Pages by key instead of by number: no OFFSET, no count (quality 1)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DayCursor:
    """A place in a list that is ordered by a day (no day comes last) and then by a number."""

    day: date | None
    number: int

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else NO_DAY}.{self.number}"


class BrokenCursor(ValueError):
    """The text is not a place in a list; nobody types one, so an old or damaged link."""


NO_DAY = "geen"
LARGEST = 2**63 - 1


def day_cursor(text: str) -> DayCursor:
    """Read a cursor back from an address. Raises BrokenCursor."""
    day, _, number = text.partition(".")
    return DayCursor(None if day == NO_DAY else _day(day), number_cursor(number))


def number_cursor(text: str) -> int:
    """Read a number back from an address. Raises BrokenCursor."""
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > LARGEST or len(text) > 19:
        raise BrokenCursor(text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BrokenCursor(text) from None
