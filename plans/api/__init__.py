"""The API of the content of a case: life domains, contributions, sheets, plan and actions."""

from plans.api.actions import ActionDetail, ActionList
from plans.api.contributions import Contributions
from plans.api.domains import Domains
from plans.api.plan import PlanDetail, Reactions
from plans.api.sheets import SheetDetail, SheetList, SheetPrint

__all__ = [
    "ActionDetail",
    "ActionList",
    "Contributions",
    "Domains",
    "PlanDetail",
    "Reactions",
    "SheetDetail",
    "SheetList",
    "SheetPrint",
]
