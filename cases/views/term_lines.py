"""How a term of a case reads: the day, how it stands, and why that day."""

from datetime import date
from typing import Any

from cases.models import Deadline, DeadlineStatus
from cases.process import step_of
from cases.querysets import EARLIEST_STEPS
from cases.steps import StepRule
from reintegratie.lib.dutch import day_text, days_text, urgency

STATE_NAMES = {
    DeadlineStatus.MET: "met",
    DeadlineStatus.LAPSED: "lapsed",
    DeadlineStatus.SUSPENDED: "suspended",
}
"""The words of the badge component for what is not open."""


def rule_of(deadline: Deadline) -> StepRule:
    """The rule the term was made under; it stays when the rule changes (C6.56)."""
    return step_of(deadline.step, deadline.step_valid_from)


def term_line(deadline: Deadline, on: date) -> dict[str, Any]:  # parameters of components/terms_strip.html
    """One term, read with ``with_state``."""
    rule = rule_of(deadline)
    text, state = standing(deadline, on)
    return {
        "name": term_name(deadline, rule),
        "due": day_text(deadline.due_on),
        "text": text,
        "state": state,
        "explanation": sentence(deadline.explanation),
        "source": rule.source,
    }


def term_name(deadline: Deadline, rule: StepRule) -> str:
    """The step, and which of its rounds: the three checks before release differ only in how long before (R150)."""
    if len(rule.terms) == 1:
        return rule.label
    length = rule.terms[min(deadline.round, len(rule.terms)) - 1]
    unit = rule.unit.value[length != 1]
    return f"{rule.label} ({length} {unit} {'ervoor' if rule.backward else 'erna'})"


def standing(deadline: Deadline, on: date) -> tuple[str, str]:
    """How a term stands in words, and the word for its colour."""
    if deadline.status != DeadlineStatus.OPEN:
        name = str(DeadlineStatus(deadline.status).label).capitalize()
        return name, STATE_NAMES[DeadlineStatus(deadline.status)]
    if deadline.step in EARLIEST_STEPS:
        return ("Nu mogelijk", "open") if deadline.due_on <= on else ("Nog niet", "open")
    return days_text(deadline.due_on, on), urgency(deadline.due_on, on)


def sentence(text: str) -> str:
    """An explanation as a sentence: capital first, full stop last."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
