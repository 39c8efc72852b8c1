"""Which page of a list was asked for, and where are the pages before and behind it?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from cases.models import CaseParty
from reintegratie.lib.keyset import BrokenCursor

Place = TypeVar("Place")
AFTER, BEFORE = "na", "voor"


@dataclass(frozen=True)
class Turn(Generic[Place]):
    """Read on behind a place, back before a place, or from the start; a damaged place is the start."""

    after: Place | None = None
    before: Place | None = None
    broken: bool = False

    @property
    def back(self) -> bool:
        return self.before is not None


@dataclass(frozen=True)
class Pager:
    """The addresses of the page before and the page behind; empty when there is none."""

    previous_url: str = ""
    next_url: str = ""
    count: str = ""


def turn_of(request: HttpRequest, read: Callable[[str], Place]) -> Turn[Place]:
    """What the address asks; ``read`` makes a place of a text or raises BrokenCursor."""
    try:
        if request.GET.get(AFTER):
            return Turn(after=read(request.GET[AFTER]))
        if request.GET.get(BEFORE):
            return Turn(before=read(request.GET[BEFORE]))
    except BrokenCursor:
        return Turn(broken=True)
    return Turn()


def cut(page: list[CaseParty], size: int, turn: Turn[Place]) -> tuple[list[CaseParty], bool]:
    """A page that was read with one row too many: the page itself, and whether rows lie on."""
    return (page[-size:] if turn.back else page[:size]), len(page) > size


def pager_of(
    rows: Sequence[CaseParty],
    *,
    turn: Turn[Place],
    more: bool,
    place: Callable[[CaseParty], object],
    kept: Mapping[str, str],
) -> Pager:
    """``place`` names a row in an address; ``kept`` are the filters that go along."""
    if not rows:
        return Pager()
    has_previous = more if turn.back else turn.after is not None
    has_next = turn.back or more
    return Pager(
        previous_url=f"?{urlencode({**kept, BEFORE: place(rows[0])})}" if has_previous else "",
        next_url=f"?{urlencode({**kept, AFTER: place(rows[-1])})}" if has_next else "",
        count=f"{len(rows)} {'zaak' if len(rows) == 1 else 'zaken'} op deze pagina",
    )
