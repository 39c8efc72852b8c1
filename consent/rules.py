"""Who may record what a detainee decided, and who may read the matrix and the reading log."""

from cases.models import Capacity
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer

RECORDING_ROLES = frozenset({RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD})
"""The declaration is signed with the casemanager (B4); the afdelingshoofd stands in for him."""


def may_record(viewer: Viewer, capacity: Capacity | None) -> bool:
    """Only the PI of the current stay records and withdraws; the director reads along (B4, C3)."""
    return viewer.role_kind in RECORDING_ROLES and capacity == Capacity.PRISON


def may_list_ending(viewer: Viewer) -> bool:
    """The list of consents that end, for who renews them."""
    return viewer.role_kind in RECORDING_ROLES and viewer.is_of(PartyKind.PRISON)


def may_see_matrix(viewer: Viewer, capacity: Capacity | None) -> bool:
    """The whole matrix is for the PI of stay. Another party sees its own column, and no refusals (C3 note 9)."""
    return viewer.sees_content and capacity == Capacity.PRISON
