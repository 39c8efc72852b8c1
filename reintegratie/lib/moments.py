"""How is a moment read that somebody outside wrote? Within bounds that the database can keep, and always as UTC."""

from datetime import UTC, date, datetime, time

from reintegratie.lib.workdays import AMSTERDAM

YEARS = range(1850, 2200)


def moment_from(text: str) -> datetime:
    """An ISO 8601 moment with its offset, as UTC. Raises ValueError for anything else, also for an offset beyond a day."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as beyond:
        raise ValueError(text) from beyond
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment


def on_the_clock(on: date, at: time) -> datetime | None:
    """The moment on the clock of Amsterdam; None in the hour that is missing when summer time begins."""
    moment = datetime.combine(on, at, tzinfo=AMSTERDAM)
    exists = moment.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) == moment.replace(tzinfo=None)
    return moment if exists else None
