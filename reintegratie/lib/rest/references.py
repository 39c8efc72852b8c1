"""How one thing names another in an answer: by its code, not by our key."""

from typing import Protocol, TypedDict


class Named(Protocol):
    """Whatever has a code and a name."""

    code: str
    name: str


class PartijVerwijzing(TypedDict):
    """Een organisatie, met de code waarop ook gefilterd wordt (voor gemeenten de CBS-code)."""

    code: str
    naam: str


def reference_to(party: Named) -> PartijVerwijzing:
    return {"code": party.code, "naam": party.name}


def reference_if(party: Named | None) -> PartijVerwijzing | None:
    return reference_to(party) if party else None
