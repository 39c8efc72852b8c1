"""Meetings, their agenda, who is invited, what was decided and what was printed for whom (R131, R149, C5.8-9)."""

from meetings.models.agenda import AgendaItem, Invitation, InvitationAnswer, ItemKind, ItemNote
from meetings.models.decision import Decision, DecisionKind
from meetings.models.meeting import AgendaPrint, Attendance, Meeting, MeetingKind, MeetingState, Paper

__all__ = [
    "AgendaItem",
    "AgendaPrint",
    "Attendance",
    "Decision",
    "DecisionKind",
    "Invitation",
    "InvitationAnswer",
    "ItemKind",
    "ItemNote",
    "Meeting",
    "MeetingKind",
    "MeetingState",
    "Paper",
]
