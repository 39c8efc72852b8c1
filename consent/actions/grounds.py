"""Load the rows of law that open content; switched on by a date, never by a release (C7 D1, D10)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from consent.models import StatutoryGround
from parties.models import Organisation
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import midnight_of

KEY = (
    "code",
    "capacity",
    "row_kind",
    "domain",
    "owner_kind",
    "organisation",
    "role",
    "with_title",
    "valid_from",
)
WORDS = ("code", "article", "capacity", "row_kind", "domain", "owner_kind", "role", "source")
ANSWERS = ("with_title", "per_case", "needs_necessity", "verified")


class UnknownParty(Exception):
    """A row is for a party that is not in the table of organisations; the text names it."""


@transaction.atomic
def load_grounds(*, rows: Iterable[Mapping[str, str]], by: Actor, at: datetime) -> int:
    """Add or renew the dated rows; returns how many changed. Safe to repeat.

    A row without ``valid_from`` ships switched off: whoever manages the installation gives it a date (C7 D1). What
    stands in the table and not in the file is left alone: a regime that was switched on is never ended by a release.
    Raises UnknownParty.
    """
    return sum(_write(_values(row), by=by, at=at) for row in rows if row["valid_from"])


def _values(row: Mapping[str, str]) -> dict[str, object]:
    return {
        **{name: row[name] for name in WORDS},
        **{name: row[name] == "ja" for name in ANSWERS},
        "organisation": _organisation(row["organisation"]),
        "valid_from": midnight_of(date.fromisoformat(row["valid_from"])),
        "valid_until": midnight_of(date.fromisoformat(row["valid_until"])) if row["valid_until"] else None,
    }


def _organisation(text: str) -> Organisation | None:
    """One party that alone may rely on it, as ``gemeente:0363``; empty: everybody in that capacity."""
    if not text:
        return None
    kind, _, code = text.partition(":")
    found = Organisation.objects.filter(kind=kind, code=code).first()
    if found is None:
        raise UnknownParty(text)
    return found


def _not_widened(ground: StatutoryGround, values: Mapping[str, object]) -> dict[str, object]:
    """What beheer ended or narrowed in this installation is not opened again by a file (C7 D1)."""
    kept = dict(values)
    if not ground._state.adding:
        ends = [end for end in (ground.valid_until, values["valid_until"]) if isinstance(end, datetime)]
        kept["valid_until"] = min(ends, default=None)
        kept["per_case"] = bool(ground.per_case or values["per_case"])
    return kept


def _write(values: Mapping[str, object], *, by: Actor, at: datetime) -> bool:
    ground = (
        StatutoryGround.objects.filter(**{name: values[name] for name in KEY}).first() or StatutoryGround()
    )
    values = _not_widened(ground, values)
    if not ground._state.adding and all(getattr(ground, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(ground, name, value)
    save_as(ground, by=by, at=at, why="referentiegegevens geladen")
    return True
