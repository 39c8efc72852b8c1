"""The frame of a case: who, where, which dates, which parties take part, which deadlines. No content.

A sensitive field here is a category error (architecture 1): what depends on a ground lives above consent.
"""

from cases.models.case import Case, CaseGroupPermission, CaseParty, FacilityStay, FeedMark
from cases.models.desk import Absence, SavedView
from cases.models.message import DetentionMessage, Notification
from cases.models.person import Detainee
from cases.models.shielding import EmergencyAccess, NamedPerson
from cases.models.telling import Heartbeat, MessageWish
from cases.models.vocabulary import (
    ENDED_PHASES,
    RELEASED_PHASES,
    SIX_DOMAINS,
    Capacity,
    Channel,
    CustodyTitle,
    DeadlineStatus,
    ExtramuralGround,
    InflowType,
    LifeDomain,
    MessageStatus,
    Phase,
    Programme,
    RegionalStep,
    SuspensionReason,
    SuspensionState,
    TaskKind,
    Topic,
)
from cases.models.work import CaseTask, Deadline, EquatedDay, RegionalAgreement, Suspension

__all__ = [
    "ENDED_PHASES",
    "RELEASED_PHASES",
    "SIX_DOMAINS",
    "Absence",
    "Capacity",
    "Case",
    "CaseGroupPermission",
    "CaseParty",
    "CaseTask",
    "Channel",
    "CustodyTitle",
    "Deadline",
    "DeadlineStatus",
    "Detainee",
    "DetentionMessage",
    "EmergencyAccess",
    "EquatedDay",
    "ExtramuralGround",
    "FacilityStay",
    "FeedMark",
    "Heartbeat",
    "InflowType",
    "LifeDomain",
    "MessageStatus",
    "MessageWish",
    "NamedPerson",
    "Notification",
    "Phase",
    "Programme",
    "RegionalAgreement",
    "RegionalStep",
    "SavedView",
    "Suspension",
    "SuspensionReason",
    "SuspensionState",
    "TaskKind",
    "Topic",
]
