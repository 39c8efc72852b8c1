"""Which role may open which page of a case, and who may do what with its frame."""

from cases.access import CASE_ROLES
from cases.frame import KNOWS_ALL, KNOWS_DATES
from cases.models import Capacity
from parties.models import RoleKind
from parties.viewer import Viewer

LEADING = frozenset({Capacity.PRISON})
WORKING = KNOWS_ALL | KNOWS_DATES
"""The three parties around one plan; the others follow their own part (R1, C3)."""
ALL = frozenset(Capacity)

PAGES_OF_CASE = {
    "overzicht": ALL,
    "screening": WORKING,
    "toestemming": LEADING,
    "informatiebladen": WORKING,
    "plan": ALL,
    "termijnen": WORKING,
    "overleggen": ALL,
    "geschiedenis": WORKING,
    "inzage": WORKING,
}
"""In which capacity a party has a page of a case at all. What stands on it is for consent.visibility."""

PRIVACY_PAGES = frozenset({"inzage"})
"""The functionaris gegevensbescherming sees who saw what, and no case (C3, column AD)."""


def may_list_cases(viewer: Viewer) -> bool:
    """Whether there are cases at all for this role (C3 note 5: the BIJ-gemandateerde is not the GCN)."""
    return viewer.role_kind in CASE_ROLES


def sees_persons(viewer: Viewer) -> bool:
    """The functionaris gegevensbescherming knows cases by their number, not whom they are about (C3, column AD)."""
    return viewer.sees_content


def may_open_page(viewer: Viewer, capacity: Capacity | None, page: str) -> bool:
    """Whether this page of a case exists for this role; the tab is drawn on the same answer."""
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        return page in PRIVACY_PAGES
    return viewer.sees_content and capacity in PAGES_OF_CASE[page]
