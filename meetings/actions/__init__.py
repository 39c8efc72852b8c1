"""The only writers of meetings. Each is one sentence: who, what, when and why."""

from meetings.actions.agenda import DOWN, UP, add_item, add_items, change_item, remove_item, reorder
from meetings.actions.attending import Presence, record_attendance, record_people
from meetings.actions.deciding import DecisionEmpty, drop_decision, record_decision
from meetings.actions.holding import Discussion, HeldLongBefore, hold_meeting
from meetings.actions.inviting import answer_invitation, invite, withdraw_invitation
from meetings.actions.planning import cancel_meeting, change_meeting, move_meeting, plan_meeting
from meetings.actions.prints import mark_prints_outdated, outdate_prints, print_agenda, print_minutes

__all__ = [
    "DOWN",
    "UP",
    "DecisionEmpty",
    "Discussion",
    "HeldLongBefore",
    "Presence",
    "add_item",
    "add_items",
    "answer_invitation",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "drop_decision",
    "hold_meeting",
    "invite",
    "mark_prints_outdated",
    "move_meeting",
    "outdate_prints",
    "plan_meeting",
    "print_agenda",
    "print_minutes",
    "record_attendance",
    "record_decision",
    "record_people",
    "remove_item",
    "reorder",
    "withdraw_invitation",
]
