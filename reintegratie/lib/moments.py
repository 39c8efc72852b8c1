"""How is a moment read that somebody outside wrote? Within bounds that the database can keep, and always as UTC."""

from datetime import UTC, datetime

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
