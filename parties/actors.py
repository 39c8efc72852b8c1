"""Who is behind an actor of a history line? Read in bulk: names of people, API clients and their organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from parties.models import ApiClient, Organisation, User

AUTOMATIC = "automatisch"
LONGEST_NUMBER = 19


@dataclass(frozen=True)
class ActorText:
    """An actor as ``Viewer.actor`` writes it, taken apart: ``user:<id>@<organisation id>``."""

    kind: str
    key: str
    organisation: str


def parse_actor(text: str) -> ActorText:
    """Take an actor apart; a text without organisation is a process of the system itself."""
    who, _, organisation = text.partition("@")
    kind, _, key = who.partition(":")
    return ActorText(kind, key, organisation)


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """'M. Bakker · PI Zwolle' for each actor, in three statements however many there are."""
    parsed = {text: parse_actor(text) for text in set(actors)}
    people = _names(User.objects.all(), (a.key for a in parsed.values() if a.kind == "user"))
    clients = _names(ApiClient.objects.all(), (a.key for a in parsed.values() if a.kind == "client"))
    organisations = _names(Organisation.objects.all(), (a.organisation for a in parsed.values()))
    names = {}
    for text, actor in parsed.items():
        known = people if actor.kind == "user" else clients
        who = known.get(actor.key, AUTOMATIC if actor.kind == "process" else "onbekend")
        where = organisations.get(actor.organisation, "")
        names[text] = f"{who} · {where}" if where else who
    return names


def _names(rows: QuerySet[Any], keys: Iterable[str]) -> dict[str, str]:  # people, clients or organisations
    wanted = {key for key in keys if _is_key(rows.model, key)}
    found = rows.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return {str(pk): name for pk, name in found}


def _is_key(model: type[Model], key: str) -> bool:
    """Whether this text can be a key of the table; an odd actor is shown as unknown, never a fault."""
    if model is ApiClient:
        return key.isascii() and key.isdigit() and len(key) < LONGEST_NUMBER
    try:
        UUID(key)
    except ValueError:
        return False
    return True
