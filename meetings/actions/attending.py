"""Who was at the meeting, and who was not and why (C5.9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings import rules
from meetings.actions.writing import locked
from meetings.models import Attendance, Meeting
from meetings.refusals import MeetingRefusal, NotAllowed
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import delete_as, save_as


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
def record_people(
    *, meeting: Meeting, people: Iterable[Presence], by: Viewer, at: datetime
) -> list[Attendance]:
    """Write the whole list: who is no longer on it was a slip, and goes."""
    meeting = locked(meeting)
    if not (rules.may_prepare(by, meeting) or rules.may_hold(by, meeting)):
        raise NotAllowed
    return write_people(meeting, people, by=by, at=at)


def write_people(
    meeting: Meeting, people: Iterable[Presence], *, by: Viewer, at: datetime
) -> list[Attendance]:
    """The list on a meeting that is locked already; what did not change is not written again."""
    known = {(row.organisation_id, row.person): row for row in Attendance.objects.filter(meeting=meeting)}
    wanted = {(one.organisation.pk, one.person): one for one in people}
    for key, row in known.items():
        if key not in wanted:
            delete_as(row, by=by, at=at, why="van de aanwezigheidslijst gehaald")
    return [_written(known.get(key), one, meeting, by=by, at=at) for key, one in wanted.items()]


def _written(
    row: Attendance | None, one: Presence, meeting: Meeting, *, by: Viewer, at: datetime
) -> Attendance:
    if not one.present and not one.reason.strip():
        raise AbsenceWithoutReason
    reason = "" if one.present else one.reason
    if row and (row.present, row.reason) == (one.present, reason):
        return row
    row = row or Attendance(meeting=meeting, organisation=one.organisation, person=one.person)
    row.present, row.reason = one.present, reason
    save_as(row, by=by, at=at, why="aanwezigheid vastgelegd")
    return row


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
    key = {"meeting": meeting, "organisation": organisation, "person": person}
    one = Presence(organisation, person, present, reason)
    return _written(Attendance.objects.filter(**key).first(), one, meeting, by=by, at=at)
