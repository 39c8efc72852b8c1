"""How do we write a day or a moment in a Dutch sentence, on paper and in an explanation?"""

from collections.abc import Sequence
from datetime import date, datetime

from reintegratie.lib.workdays import AMSTERDAM

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
WEEKS_FROM = 20
SOON_DAYS = 7
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


def listed(words: Sequence[str]) -> str:
    """Koningsdag, 5 mei en Hemelvaartsdag."""
    return " en ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def days_text(due_on: date, on: date) -> str:
    """How far away a day is, in the words of a badge: '2 dagen te laat', 'Vandaag', 'Nog 3 dagen', 'Nog 5 weken'."""
    days = (due_on - on).days
    if days < 0:
        return f"{-days} {'dag' if days == -1 else 'dagen'} te laat"
    if days == 0:
        return "Vandaag"
    if days <= WEEKS_FROM:
        return f"Nog {days} {'dag' if days == 1 else 'dagen'}"
    return f"Nog {days // 7} weken"


def urgency(due_on: date, on: date) -> str:
    """How a day presses, in the words of the badge component: late, today, soon (within a week) or open."""
    days = (due_on - on).days
    if days < 0:
        return "late"
    if days == 0:
        return "today"
    return "soon" if days <= SOON_DAYS else "open"
