"""Read one JSON object field by field and collect every fault with its place, in Dutch."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from reintegratie.lib.moments import YEARS, moment_from


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; ``field`` is its path in the message."""

    field: str
    text: str


class Reader:
    """The fields of one JSON object. Faults are kept, so that a sender hears all of them at once."""

    def __init__(self, body: Any, path: str, faults: list[Fault]) -> None:  # any JSON value
        self.path, self.faults = path, faults
        self.body: Mapping[str, Any] = body if isinstance(body, dict) else {}
        if not isinstance(body, dict):
            self._fault("", "moet een object zijn")

    def only(self, *names: str) -> None:
        """Refuse fields that are not in the format."""
        for name in self.body:
            if name not in names:
                self._fault(str(name)[:60], "is een onbekend veld")

    def part(self, name: str) -> "Reader":
        """A nested object; when it is missing its fields are not reported one by one."""
        inside = Reader(self.body.get(name, {}), f"{self.path}{name}.", self.faults)
        if name not in self.body:
            self._fault(name, "ontbreekt")
        return inside

    def text(self, name: str, *, at_most: int, required: bool = False) -> str:
        value = self.body.get(name)
        if value is None or value == "":
            if required:
                self._fault(name, "ontbreekt")
            return ""
        if not isinstance(value, str):
            self._fault(name, "moet tekst zijn")
            return ""
        if len(value) > at_most or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
            self._fault(name, f"is langer dan {at_most} tekens of bevat tekens die niet mogen")
            return ""
        return unicodedata.normalize("NFC", value.strip())

    def choice(self, name: str, allowed: Collection[str], *, required: bool = True) -> str:
        value = self.text(name, at_most=60, required=required)
        if value and value not in allowed:
            self._fault(name, f"moet een van deze waarden zijn: {', '.join(sorted(allowed))}")
            return ""
        return value

    def uuid(self, name: str) -> UUID | None:
        value = self.text(name, at_most=40, required=True)
        try:
            return UUID(value) if value else None
        except ValueError:
            self._fault(name, "is geen UUID")
            return None

    def moment(self, name: str, *, required: bool = False) -> datetime | None:
        """A moment with its offset from UTC."""
        value = self.text(name, at_most=40, required=required)
        if not value:
            return None
        try:
            return moment_from(value)
        except ValueError:
            self._fault(name, "is geen moment met tijdzone, zoals 2026-04-20T11:00:00+02:00")
            return None

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.text(name, at_most=10, required=required)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS or len(value) != 10:
            self._fault(name, "is geen datum (JJJJ-MM-DD)")
            return None
        return day

    def _fault(self, name: str, text: str) -> None:
        self.faults.append(Fault(f"{self.path}{name}".rstrip("."), text))

    fault = _fault
