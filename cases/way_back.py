"""Where does somebody go on who came from a list of work? A word in the address, never an address (no open redirect)."""

from collections.abc import Mapping

KEY, OVERVIEW = "terug", "overzicht"
PAGES = {
    "werkvoorraad": "/",
    "beginberichten": "/werk/beginberichten/",
    "taken": "/werk/taken/",
    "acties": "/werk/acties/",
}


def way_back(asked: Mapping[str, str], otherwise: str, *, overview: str = "") -> str:
    """The list that was named, or the overview of the case that one came from, or else ``otherwise``."""
    if overview and asked.get(KEY) == OVERVIEW:
        return overview
    return PAGES.get(asked.get(KEY, ""), otherwise)
