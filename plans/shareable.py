"""What of the D&R-plan goes into the deelbaar D&R-plan, and what changed since the last version? (C5.4, B2, B4)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, LifeDomain
from parties.models import Organisation
from plans.models import Action, Goal
from plans.querysets import goals_and_actions
from plans.questions import AnswerLine
from plans.readers import reader_for
from reintegratie.lib.dutch import day_text

PlanOfDomain = list[dict[str, object]]


def plan_for(case: Case, recipient: Organisation, at: datetime) -> dict[str, PlanOfDomain]:
    """Per domain the goals and actions that this recipient may see itself at this moment, in words."""
    goals, actions = goals_and_actions(case, reader_for(recipient, at))
    return {
        domain: [_goal(goal, actions) for goal in goals if goal.domain == domain]
        for domain in {goal.domain for goal in goals}
    }


def _goal(goal: Goal, actions: Iterable[Action]) -> dict[str, object]:
    return {
        "doel": goal.text,
        "stand": str(goal.get_state_display()),
        "acties": [_action(action) for action in actions if action.goal_id == goal.pk],
    }


def _action(action: Action) -> str:
    due = f", uiterlijk {day_text(action.due_on)}" if action.due_on else ""
    return f"{action.text} ({action.assignee.called}{due}; {action.get_state_display()})"


def plan_lines(content: Mapping[str, object]) -> list[AnswerLine]:
    """The goals and actions of a frozen part, as lines behind its answers."""
    lines: list[AnswerLine] = []
    goals = content.get("doelen", [])
    assert isinstance(goals, list)
    for goal in goals:
        lines.append(AnswerLine("Doel", f"{goal['doel']} ({goal['stand']})"))
        lines += [AnswerLine("Actie", action) for action in goal["acties"]]
    return lines


@dataclass(frozen=True)
class Difference:
    """What became of one domain since the version before: new, gone, or line by line."""

    label: str
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()
    """Label, what it was, what it is."""


NEW, GONE, CHANGED = "nieuw", "vervalt", "gewijzigd"
Lines = Mapping[str, list[AnswerLine]]


def differences(before: Lines, now: Lines) -> list[Difference]:
    """Per domain what differs between two versions, in the fixed order; what stayed the same is left out."""
    found = [_difference(domain, before.get(domain), now.get(domain)) for domain in LifeDomain]
    return [one for one in found if one is not None]


def _difference(
    domain: LifeDomain, before: list[AnswerLine] | None, now: list[AnswerLine] | None
) -> Difference | None:
    label = str(domain.label)
    if before is None or now is None:
        return None if before is now else Difference(label, GONE if now is None else NEW)
    changes = tuple(_line_changes(_by_label(before), _by_label(now)))
    return Difference(label, CHANGED, changes) if changes else None


def _by_label(lines: list[AnswerLine]) -> dict[str, str]:
    """Lines with the same label (goals, actions) belong together."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.label, []).append(line.value)
    return {label: "; ".join(values) for label, values in found.items()}


def _line_changes(before: dict[str, str], now: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    for label in [*now, *(label for label in before if label not in now)]:
        was, is_now = before.get(label, ""), now.get(label, "")
        if was != is_now:
            yield label, was, is_now
