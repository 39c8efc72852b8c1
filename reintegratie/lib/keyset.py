"""Where in a list did the reader stop? Pages by key instead of by number: no OFFSET, no count (quality 1).

A row stands in an address by its random key, never by its number: a number of one sequence for all parties tells how
many rows the others wrote (quality 2.3).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID


@dataclass(frozen=True)
class DayCursor:
    """A place in a list that is ordered by a day (no day comes last) and then by row."""

    day: date | None
    key: UUID

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else NO_DAY}.{self.key}"


@dataclass(frozen=True)
class MomentCursor:
    """A place in a list that is ordered by a moment and then by key, since two rows may have the same moment."""

    at: datetime
    key: UUID

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{self.key}"


class BrokenCursor(ValueError):
    """The text is not a place in a list; nobody types one, so an old or damaged link."""


NO_DAY = "geen"
LARGEST = 2**63 - 1


def day_cursor(text: str) -> DayCursor:
    """Read a cursor back from an address. Raises BrokenCursor."""
    day, _, key = text.partition(".")
    return DayCursor(None if day == NO_DAY else _day(day), key_cursor(key))


def moment_cursor(text: str) -> MomentCursor:
    """Read a cursor back from an address. Raises BrokenCursor."""
    moment, _, key = text.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise BrokenCursor(text)
        return MomentCursor(at.astimezone(UTC), key_cursor(key))
    except (ValueError, OverflowError):
        raise BrokenCursor(text) from None


def key_cursor(text: str) -> UUID:
    """Read the key of a row back from an address. Raises BrokenCursor."""
    try:
        return UUID(text)
    except ValueError:
        raise BrokenCursor(text) from None


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
