"""How every action on a meeting begins and ends: lock the row, check that it is open, count the version."""

from datetime import datetime

from consent.visibility import ContentRow
from meetings import rules
from meetings.models import Meeting, MeetingState
from meetings.refusals import MeetingClosed, NotAllowed
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.versions import StaleVersion


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, for this transaction alone; it comes before its cases (cases.actions.lock_case)."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def locked(meeting: Meeting, *, expected_version: int | None = None) -> Meeting:
    """The locked meeting, when it can still change. Raises MeetingClosed and StaleVersion."""
    now = lock_meeting(meeting)
    if now.state != MeetingState.PLANNED:
        raise MeetingClosed
    if expected_version is not None and now.version != expected_version:
        raise StaleVersion(now)
    return now


def to_prepare(meeting: Meeting, by: Viewer, *, expected_version: int | None = None) -> Meeting:
    """The locked meeting, for who may prepare it. Raises NotAllowed as well."""
    now = locked(meeting, expected_version=expected_version)
    if not rules.may_prepare(by, now):
        raise NotAllowed
    return now


def saved(meeting: Meeting, *, by: Viewer, at: datetime, why: str) -> Meeting:
    """Write the meeting under its next version."""
    meeting.version += 1
    save_as(meeting, by=by, at=at, why=why)
    return meeting


def write_row(row: ContentRow, *, by: Viewer, at: datetime, why: str) -> None:
    """Write a content row under its next version."""
    row.version += 1
    row.changed_at = at
    save_as(row, by=by, at=at, why=why)
