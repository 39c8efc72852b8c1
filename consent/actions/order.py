"""In which order do decisions of one day count? By the moment on the paper, then as they came in (C6.10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID


class Decision(Protocol):
    """A yes or no with a moment, an end, and what took its place: of the detainee or of a third party."""

    pk: UUID
    given_at: datetime
    valid_until: datetime | None
    withdrawn_at: datetime | None
    replaced_by_id: UUID | None


def overtaken_by(
    row: Decision, others: Iterable[Decision], *, at: datetime
) -> tuple[datetime, UUID | None] | None:
    """The first later event about the same thing: its moment, and the decision that replaced, if any."""
    moment = last_instant(row.given_at, at)
    known = list(others)
    later: list[tuple[datetime, UUID | None]]
    later = [(other.given_at, other.pk) for other in known if other.given_at > moment]
    later += [
        (other.withdrawn_at, None)
        for other in known
        if other.withdrawn_at and other.withdrawn_at > moment and other.replaced_by_id is None
    ]
    return min(later, key=lambda event: event[0], default=None)


def last_instant(given_at: datetime, at: datetime) -> datetime:
    """A paper knows minutes: '10.00 uur' comes after what was recorded within that minute, but not after now."""
    if given_at.second or given_at.microsecond:
        return given_at
    return min(given_at + timedelta(seconds=59, microseconds=999_999), at)


def is_expired(row: Decision, at: datetime) -> bool:
    return row.valid_until is not None and row.valid_until <= at
