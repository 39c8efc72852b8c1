"""Who was at the meeting, and who was not and why (C5.9)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings import rules
from meetings.actions.writing import locked
from meetings.models import Attendance, Meeting
from meetings.refusals import MeetingRefusal, NotAllowed
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as


@dataclass(frozen=True)
class Presence:
    """One person of one organisation who was there, or why not."""

    organisation: Organisation
    person: str
    present: bool = True
    reason: str = ""


class AbsenceWithoutReason(MeetingRefusal):
    message = "Geef bij iedereen die er niet was een reden."


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    organisation: Organisation,
    person: str,
    by: Viewer,
    at: datetime,
    present: bool = True,
    reason: str = "",
) -> Attendance:
    """Write whether one person was there; who is on the list already is corrected."""
    meeting = locked(meeting)
    if not (rules.may_prepare(by, meeting) or rules.may_hold(by, meeting)):
        raise NotAllowed
    if not present and not reason.strip():
        raise AbsenceWithoutReason
    key = {"meeting": meeting, "organisation": organisation, "person": person}
    row = Attendance.objects.filter(**key).first() or Attendance(**key)
    row.present, row.reason = present, "" if present else reason
    save_as(row, by=by, at=at, why="aanwezigheid vastgelegd")
    return row
