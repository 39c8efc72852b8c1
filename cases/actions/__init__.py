"""The only writers of the frame of a case. Each is one sentence: who, what, when and why."""

from cases.actions.calendar import apply_calendar
from cases.actions.connections import follow_connection
from cases.actions.deadlines import drop_deadline, meet_deadline, restart_mdo_cycle, start_deadline
from cases.actions.deliver import deliver_mail
from cases.actions.feed import publish_changes, publish_events
from cases.actions.inbox import mark_all_read, mark_read
from cases.actions.messages import (
    Outcome,
    Result,
    receive_message,
    retry_message,
    retry_waiting,
    settle_message,
)
from cases.actions.notify import notify
from cases.actions.parties import (
    AlreadyTakesPart,
    NoLongerTakesPart,
    NotAWorkerThere,
    NotConnected,
    assign_worker,
    choose_resettlement,
    end_involvement,
    involve_probation,
    set_origin,
)
from cases.actions.phases import PhaseNotAllowed, advance_phase, record_title_after_release
from cases.actions.record import lock_case, lock_cases, refresh_next_deadlines, touch_parties
from cases.actions.remind import remind
from cases.actions.work import close_task, finish_task, open_task

__all__ = [
    "AlreadyTakesPart",
    "NoLongerTakesPart",
    "NotAWorkerThere",
    "NotConnected",
    "Outcome",
    "PhaseNotAllowed",
    "Result",
    "advance_phase",
    "apply_calendar",
    "assign_worker",
    "choose_resettlement",
    "close_task",
    "deliver_mail",
    "drop_deadline",
    "end_involvement",
    "finish_task",
    "follow_connection",
    "involve_probation",
    "lock_case",
    "lock_cases",
    "mark_all_read",
    "mark_read",
    "meet_deadline",
    "notify",
    "open_task",
    "publish_changes",
    "publish_events",
    "receive_message",
    "record_title_after_release",
    "refresh_next_deadlines",
    "remind",
    "restart_mdo_cycle",
    "retry_message",
    "retry_waiting",
    "set_origin",
    "settle_message",
    "start_deadline",
    "touch_parties",
]
