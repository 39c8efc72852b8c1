"""Detention messages as a sender would make them (contract 5)."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

ENTRY = "2026-04-20T11:00:00+02:00"
_ids = count(1)

PERSON: dict[str, Any] = {
    "strafrechtsketennummer": "7000001",
    "bsn": "999990019",
    "voornamen": "Sem",
    "tussenvoegsel": "van den",
    "achternaam": "Berg",
    "geboortedatum": "1990-05-17",
    "geslacht": "m",
}


def message(
    kind: str = "begin", *, sent: str = "", person: dict[str, Any] | None = None, **inside: Any
) -> dict[str, Any]:
    """One message; what is not given is an ordinary begin in PI Zwolle of somebody from Zwolle."""
    number = next(_ids)
    begin = inside.get("begin", None if kind == "aankondiging" else ENTRY)
    body: dict[str, Any] = {
        "berichtId": str(UUID(int=number)),
        "soort": kind,
        "verzondenOp": sent or "2026-04-20T12:00:00+02:00",
        "persoon": {**PERSON, **(person or {})},
        "insluiting": {
            "nummer": "INS-T-1",
            "instroomtype": "zelfmelder" if kind == "aankondiging" else "preventief",
            "titel": "voorlopige hechtenis",
            "begin": begin,
            "verwachtEinde": "2027-01-29",
            "einde": None,
            "inrichting": "ZWO",
            "gemeenteHerkomst": "0193",
            **{name: value for name, value in inside.items() if name != "ingangOp"},
        },
    }
    if kind == "aankondiging":
        body["insluiting"].setdefault("verwachteBegin", "2026-04-20")
    if "ingangOp" in inside:
        body["ingangOp"] = inside["ingangOp"]
    return body


def announcement(**inside: Any) -> dict[str, Any]:
    return message("aankondiging", sent=inside.pop("sent", "2026-03-02T09:00:00Z"), **inside)


def transfer(to: str, on: str, **inside: Any) -> dict[str, Any]:
    return message("overplaatsing", sent=inside.pop("sent", on), inrichting=to, ingangOp=on, **inside)


def release(on: str, **inside: Any) -> dict[str, Any]:
    return message("einde", sent=inside.pop("sent", on), einde=on, **inside)


def correction(begin: str, *, sent: str = "2026-04-22T08:00:00Z", **inside: Any) -> dict[str, Any]:
    return message("correctie", sent=sent, begin=begin, **inside)


def release_date(on: str | None, *, sent: str = "2026-04-22T08:00:00Z", **inside: Any) -> dict[str, Any]:
    return message("einddatum-gewijzigd", sent=sent, verwachtEinde=on, **inside)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
