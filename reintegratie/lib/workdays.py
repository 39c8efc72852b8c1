"""Which days count, and when does a term end? Pure functions on dates; knows no app and no clock.

Public holidays follow the Algemene termijnenwet art. 3 (B12): 5 May is one every year and Good Friday is one, which
general holiday packages do not say. Days equalised by royal decree are data and come in as a set.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EQUATED = "gelijkgestelde dag"
ONE_DAY = timedelta(days=1)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in the Netherlands: the only meaning of 'today' (architecture 4)."""
    return moment.astimezone(AMSTERDAM).date()


def midnight_of(day: date) -> datetime:
    """The moment at which a day begins in the Netherlands."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM)


def add_months(day: date, months: int) -> date:
    """The same day some months on or, with a negative number, back; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_before(end: datetime) -> date:
    """The last day of a half-open period: ended by the midnight of 1 January, it holds through 31 December."""
    return day_of(end - timedelta(microseconds=1))


def easter_sunday(year: int) -> date:
    """Gregorian Easter (the anonymous algorithm of Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarters, quarter_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * quarters - epact - quarter_rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - ONE_DAY if day.isoweekday() == 7 else day


@lru_cache(maxsize=128)
def holidays_of(year: int) -> dict[date, str]:
    """The public holidays of a year with their names (Algemene termijnenwet art. 3(1))."""
    easter = easter_sunday(year)
    return {
        date(year, 1, 1): "Nieuwjaarsdag",
        easter - timedelta(days=2): "Goede Vrijdag",
        easter + timedelta(days=1): "tweede Paasdag",
        kings_day(year): "Koningsdag",
        date(year, 5, 5): "Bevrijdingsdag",
        easter + timedelta(days=39): "Hemelvaartsdag",
        easter + timedelta(days=50): "tweede Pinksterdag",
        date(year, 12, 25): "eerste Kerstdag",
        date(year, 12, 26): "tweede Kerstdag",
    }


def name_of(day: date, equated: Collection[date]) -> str:
    """How a day that does not count is called; empty for an ordinary day or weekend."""
    holiday = holidays_of(day.year).get(day, "")
    return holiday or (EQUATED if day in equated else "")


def is_weekend(day: date) -> bool:
    return day.isoweekday() >= 6


def is_working_day(day: date, equated: Collection[date]) -> bool:
    """No Saturday, Sunday, public holiday or equalised day. Local closing days are working days (B12)."""
    return not is_weekend(day) and not name_of(day, equated)


def add_working_days(start: date, count: int, equated: Collection[date]) -> tuple[date, list[date]]:
    """The last day of a term of ``count`` working days, and the weekdays that were skipped.

    The day of the event itself does not count (C7 D7).
    """
    day, skipped = start, []
    while count > 0:
        day += ONE_DAY
        if is_working_day(day, equated):
            count -= 1
        elif not is_weekend(day):
            skipped.append(day)
    return day, skipped


def next_working_day(day: date, equated: Collection[date]) -> date:
    """This day when it is a working day, else the first one after it."""
    while not is_working_day(day, equated):
        day += ONE_DAY
    return day


def previous_working_day(day: date, equated: Collection[date]) -> date:
    """This day when it is a working day, else the last one before it."""
    while not is_working_day(day, equated):
        day -= ONE_DAY
    return day
