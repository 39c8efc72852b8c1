"""The only writers of the content of a case: screening, informatiebladen, plan, goals and actions."""

from plans.actions.child_check import (
    NoPositiveChildCheck,
    origin_of,
    record_child_check,
    record_child_contact,
)
from plans.actions.contributions import add_contribution
from plans.actions.goals import (
    AssigneeTakesNoPart,
    WorkerElsewhere,
    add_action,
    add_goal,
    change_action,
    change_goal,
    close_action,
)
from plans.actions.plan import (
    LeadTakesNoPart,
    PlanNotReady,
    adopt_plan,
    discuss_plan,
    react_to_plan,
    save_plan,
    start_plan,
)
from plans.actions.screening import (
    ScreeningIncomplete,
    complete_screening,
    record_domain,
    record_instrument,
)
from plans.actions.sheets import (
    NecessityMissing,
    NoGround,
    NothingAnswered,
    RecipientsOpen,
    RecipientTakesNoPart,
    SheetChanged,
    SheetRefused,
    finish_sharing,
    issue_sheet,
    open_sheet,
    revise_sheet_after_withdrawal,
)

__all__ = [
    "AssigneeTakesNoPart",
    "LeadTakesNoPart",
    "NecessityMissing",
    "NoGround",
    "NoPositiveChildCheck",
    "NothingAnswered",
    "PlanNotReady",
    "RecipientTakesNoPart",
    "RecipientsOpen",
    "ScreeningIncomplete",
    "SheetChanged",
    "SheetRefused",
    "WorkerElsewhere",
    "add_action",
    "add_contribution",
    "add_goal",
    "adopt_plan",
    "change_action",
    "change_goal",
    "close_action",
    "complete_screening",
    "discuss_plan",
    "finish_sharing",
    "issue_sheet",
    "open_sheet",
    "origin_of",
    "react_to_plan",
    "record_child_check",
    "record_child_contact",
    "record_domain",
    "record_instrument",
    "revise_sheet_after_withdrawal",
    "save_plan",
    "start_plan",
]
