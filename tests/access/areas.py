"""Which table holds which doors, and who is a stranger to everything behind them."""

from dataclasses import dataclass

from reintegratie.lib.routes import Route
from tests.access import (
    table_accounts,
    table_api,
    table_beheer,
    table_channel,
    table_content,
    table_frame,
    table_meetings,
)

NOBODY = ("anon", "app")
STRANGERS = (*NOBODY, "xcm", "xgm", "xre", "bij", "rsk", "adm", "sup")
"""Who has no part in the case of the table: not logged in, of another party, or in a role without cases."""


@dataclass(frozen=True)
class Area:
    """One table. ``insider`` is who gets far enough at every door to be told that a method does not exist."""

    table: str
    strangers: tuple[str, ...]
    insider: str = "cm"
    is_api: bool = False
    looks_first: bool = False
    """Whether the library behind these doors sends people on before it looks at the method."""


AREAS = {
    "accounts": Area(table_accounts.TABLE, STRANGERS, looks_first=True),
    "frame": Area(table_frame.TABLE, STRANGERS),
    "content": Area(table_content.TABLE, STRANGERS),
    "channel": Area(
        table_channel.TABLE,
        (*NOBODY, "xcm", "gor", "grs", "xgm", "rec", "xre", "rsk", "net", "zvh", "fg", "adm", "sup"),
    ),
    "meetings": Area(table_meetings.TABLE, STRANGERS),
    "beheer": Area(table_beheer.TABLE, (*NOBODY, "cm", "xcm", "fg"), insider="adm"),
    "api": Area(
        table_api.TABLE, ("none", "web", "xpi", "xre", "bij", "thin", "msg"), insider="rec", is_api=True
    ),
}

QUERY = {
    "admin:autocomplete": "?term=K&app_label=parties&model_name=role&field_name=organisation",
    "consent_declaration": "?ontvanger={organisation}",
    "consent_withdrawal": "?ontvanger={organisation}",
}
"""Doors that only open with a question in the address."""

ONLY_WITH_DEBUG = ("gallery",)
"""Doors that no installation has: the resolver adds them while developing."""


def is_open_anywhere(route: Route) -> bool:
    return route.name not in ONLY_WITH_DEBUG
