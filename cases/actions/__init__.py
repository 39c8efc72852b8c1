"""The only writers of the frame of a case. Each is one sentence: who, what, when and why."""

from cases.actions.absences import AlreadyAway, CannotStandIn, end_absence, record_absence
from cases.actions.agreements import UnknownMunicipality, apply_agreements, sync_agreements
from cases.actions.calendar import apply_calendar
from cases.actions.clocks import run_clocks
from cases.actions.connections import follow_connection
from cases.actions.deadlines import drop_deadline, meet_deadline, restart_mdo_cycle, start_deadline
from cases.actions.deliver import deliver_mail
from cases.actions.delivery import report_undelivered, send_again, settle_undelivered
from cases.actions.digest import write_digests
from cases.actions.emergency import AlreadyOpen, NoSuchCaseHere, mark_seen, open_in_emergency
from cases.actions.feed import publish_changes, publish_events
from cases.actions.heartbeat import beat
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
    NotAPrison,
    NotAWorkerThere,
    NotConnected,
    NotForThisWorker,
    assign_worker,
    choose_resettlement,
    end_involvement,
    involve_partner,
    involve_probation,
    set_origin,
)
from cases.actions.phases import (
    TOLD_TO_ALL,
    PhaseNotAllowed,
    advance_phase,
    facts_of,
    record_event,
    record_title_after_release,
)
from cases.actions.reassign import MOST, CannotReassign, reassign_cases
from cases.actions.record import lock_case, lock_cases, refresh_next_deadlines, touch_parties
from cases.actions.remind import remind
from cases.actions.saved_views import (
    NameTaken,
    TooManyViews,
    begin_with_view,
    delete_view,
    rename_view,
    save_view,
)
from cases.actions.shielding import (
    CannotBeNamed,
    LastNamedPerson,
    NotShielded,
    lift_shield,
    name_person,
    shield_case,
    unname_person,
)
from cases.actions.suspensions import (
    NothingAsked,
    NotSuspendable,
    decide_suspension,
    held_since,
    needs_grant,
    refusal_to_suspend,
    resume_term,
    suspend_term,
)
from cases.actions.wishes import choose_messages
from cases.actions.work import close_task, finish_task, open_task

__all__ = [
    "MOST",
    "TOLD_TO_ALL",
    "AlreadyAway",
    "AlreadyOpen",
    "AlreadyTakesPart",
    "CannotBeNamed",
    "CannotReassign",
    "CannotStandIn",
    "LastNamedPerson",
    "NameTaken",
    "NoLongerTakesPart",
    "NoSuchCaseHere",
    "NotAPrison",
    "NotAWorkerThere",
    "NotConnected",
    "NotForThisWorker",
    "NotShielded",
    "NotSuspendable",
    "NothingAsked",
    "Outcome",
    "PhaseNotAllowed",
    "Result",
    "TooManyViews",
    "UnknownMunicipality",
    "advance_phase",
    "apply_agreements",
    "apply_calendar",
    "assign_worker",
    "beat",
    "begin_with_view",
    "choose_messages",
    "choose_resettlement",
    "close_task",
    "decide_suspension",
    "delete_view",
    "deliver_mail",
    "drop_deadline",
    "end_absence",
    "end_involvement",
    "facts_of",
    "finish_task",
    "follow_connection",
    "held_since",
    "involve_partner",
    "involve_probation",
    "lift_shield",
    "lock_case",
    "lock_cases",
    "mark_all_read",
    "mark_read",
    "mark_seen",
    "meet_deadline",
    "name_person",
    "needs_grant",
    "notify",
    "open_in_emergency",
    "open_task",
    "publish_changes",
    "publish_events",
    "reassign_cases",
    "receive_message",
    "record_absence",
    "record_event",
    "record_title_after_release",
    "refresh_next_deadlines",
    "refusal_to_suspend",
    "remind",
    "rename_view",
    "report_undelivered",
    "restart_mdo_cycle",
    "resume_term",
    "retry_message",
    "retry_waiting",
    "run_clocks",
    "save_view",
    "send_again",
    "set_origin",
    "settle_message",
    "settle_undelivered",
    "shield_case",
    "start_deadline",
    "suspend_term",
    "sync_agreements",
    "touch_parties",
    "unname_person",
    "write_digests",
]
