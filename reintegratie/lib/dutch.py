"""How do we write a day or a moment in a Dutch sentence, on paper and in an explanation?"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day_text(on: date | None, *, unknown: str = "onbekend") -> str:
    """6 mei 2026; a missing day is said, never left out."""
    return unknown if on is None else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday_text(on: date) -> str:
    """woensdag 6 mei 2026."""
    return f"{DAYS[on.weekday()]} {day_text(on)}"


def moment_text(at: datetime) -> str:
    """6 mei 2026, 10.05 uur: the clock of Amsterdam."""
    local = at.astimezone(AMSTERDAM)
    return f"{day_text(local.date())}, {local:%H.%M} uur"
