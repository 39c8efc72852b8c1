"""A meeting for the calendar of one viewer: when, where and case numbers, never a name (quality 2.8)."""

from datetime import timedelta

from icalendar import Calendar, Event

from meetings.access import OpenMeeting
from meetings.models import MeetingKind, MeetingState
from parties.viewer import Viewer

LEAST = timedelta(minutes=30)


def calendar_of(opened: OpenMeeting, viewer: Viewer, address: str) -> bytes:
    """One event. For a guest it takes half an hour, whatever the length of an agenda he does not know."""
    meeting = opened.meeting
    event = Event()
    event.add("uid", f"{meeting.pk}@terugkeer")
    event.add("dtstamp", viewer.at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + _length(opened, viewer))
    event.add("summary", f"{MeetingKind(meeting.kind).label} {meeting.organisation.name}")
    event.add("location", meeting.place or meeting.link)
    event.add("description", f"Zaken: {', '.join(item.case.number for item in opened.items)}\n{address}")
    event.add("class", "CONFIDENTIAL")
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Terugkeer//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _length(opened: OpenMeeting, viewer: Viewer) -> timedelta:
    if opened.meeting.organisation_id != viewer.organisation.pk:
        return LEAST
    return max(LEAST, timedelta(minutes=sum(item.minutes for item in opened.items)))
