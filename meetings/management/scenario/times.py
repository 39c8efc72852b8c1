"""Days and moments of a scenario: absolute, or counted from today ('vandaag-3', 'vandaag+4 13:30')."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError

from reintegratie.lib.moments import moment_from
from reintegratie.lib.workdays import AMSTERDAM, day_of

RELATIVE = re.compile(r"^vandaag(?P<days>[+-]\d+)?(?: (?P<hour>\d{1,2}):(?P<minute>\d{2}))?$")


class ScenarioFault(ValueError):
    """The file asks something that cannot be; the message says where and what, in Dutch."""


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Say where in the file it went wrong, whatever the program had against it."""
    try:
        yield
    except IntegrityError as fault:
        raise ScenarioFault(f"{place}: bestaat al, of botst met wat er staat ({_detail(fault)})") from fault
    except Exception as fault:
        raise ScenarioFault(f"{place}: {fault if str(fault) else type(fault).__name__}") from fault


def _detail(fault: IntegrityError) -> str:
    return str(fault).strip().splitlines()[-1]


@dataclass(frozen=True)
class Clock:
    """What 'vandaag' and 'nu' mean while this scenario is built."""

    now: datetime

    def day(self, text: str | None) -> date | None:
        """``2026-11-09`` or ``vandaag-3``; nothing stays nothing."""
        if not text:
            return None
        match = RELATIVE.match(text)
        try:
            return self._relative_day(match) if match else date.fromisoformat(text)
        except ValueError as fault:
            raise ScenarioFault(f"geen dag: {text}") from fault

    def moment(self, text: str | None) -> datetime:
        """An ISO moment with a zone, or ``vandaag+4 13:30`` in Dutch time; nothing is now."""
        if not text:
            return self.now
        match = RELATIVE.match(text)
        if match:
            at = time(int(match["hour"] or 9), int(match["minute"] or 0), tzinfo=AMSTERDAM)
            return datetime.combine(self._relative_day(match), at)
        try:
            return moment_from(text)
        except ValueError as fault:
            raise ScenarioFault(f"geen moment met tijdzone: {text}") from fault

    def _relative_day(self, match: re.Match[str]) -> date:
        return day_of(self.now) + timedelta(days=int(match["days"] or 0))
