"""Who may do what with a meeting: pure answers, no queries."""

from collections.abc import Collection

from meetings.models import Invitation, ItemKind, Meeting, MeetingState
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer

PREPARERS = (RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD)
"""The casemanager prepares as secretary, the afdelingshoofd leads (R130, R131)."""

DEPUTIES = (RoleKind.UNIT_HEAD, RoleKind.DIRECTOR)
"""May stand in for the chair without more; anybody else needs the mandate of the afdelingshoofd (C6.25)."""

GUEST_KINDS = (PartyKind.PARTNER, PartyKind.SAFETY_HOUSE)
"""Who may be invited without taking part in the case already (R131: netwerkpartners may be invited)."""


KEPT_INSIDE = frozenset({ItemKind.CARE, ItemKind.PROMOTION})
"""Subjects that tell something of care or behaviour by their name (R51, R166)."""


def told_outside(kind: str) -> ItemKind:
    """The subject of an item in words that an invited party may read."""
    return ItemKind.OTHER if kind in KEPT_INSIDE else ItemKind(kind)


def may_see_meetings(viewer: Viewer) -> bool:
    return viewer.sees_content


def may_plan_meeting(viewer: Viewer) -> bool:
    """Meetings belong to the PI (R130)."""
    return viewer.is_of(PartyKind.PRISON) and viewer.has_role(*PREPARERS)


def is_own(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the viewer's organisation called this meeting; a guest sees less of it."""
    return meeting.organisation_id == viewer.organisation.pk


def may_prepare(viewer: Viewer, meeting: Meeting) -> bool:
    """Agenda, invitations and the notes of the meeting, until it is closed."""
    return may_plan_meeting(viewer) and is_own(viewer, meeting) and meeting.state == MeetingState.PLANNED


def may_hold(viewer: Viewer, meeting: Meeting) -> bool:
    """Only the chair, acting as afdelingshoofd, or the deputy closes the meeting (R131, C6.25)."""
    if viewer.user is None or not is_own(viewer, meeting) or meeting.state != MeetingState.PLANNED:
        return False
    if viewer.user.pk == meeting.chair_id:
        return viewer.has_role(RoleKind.UNIT_HEAD)
    return viewer.user.pk == meeting.deputy_id and viewer.has_role(*PREPARERS, RoleKind.DIRECTOR)


def may_print_for_others(viewer: Viewer, meeting: Meeting) -> bool:
    """The PI prints the copies of the guests; a guest only his own."""
    return viewer.sees_content and is_own(viewer, meeting)


def has_minutes(meeting: Meeting) -> bool:
    """A held meeting is printed as besluitenlijst, any other as agenda (C5.8, C5.9)."""
    return meeting.state == MeetingState.HELD


def may_answer(viewer: Viewer, invitation: Invitation, meeting: Meeting) -> bool:
    return (
        viewer.sees_content
        and invitation.organisation_id == viewer.organisation.pk
        and meeting.state == MeetingState.PLANNED
    )


def is_fit_to_chair(roles: Collection[str]) -> bool:
    """An MDO is chaired by the afdelingshoofd (R131)."""
    return RoleKind.UNIT_HEAD in roles


def is_fit_to_deputise(roles: Collection[str], *, mandated_by: Viewer) -> bool:
    """A deputy stands in by his own rank, or by the mandate of the afdelingshoofd who names him (C6.25)."""
    if any(kind in roles for kind in DEPUTIES):
        return True
    return RoleKind.CASEMANAGER in roles and mandated_by.has_role(RoleKind.UNIT_HEAD)
