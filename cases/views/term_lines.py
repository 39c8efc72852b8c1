"""How a term of a case reads: the day, how it stands, and why that day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.models import Deadline, DeadlineStatus, LifeDomain
from cases.process import step_of
from cases.steps import Meaning, StepRule
from plans.models import ContentTerm
from plans.terms import NAME_OF_BENEFIT
from reintegratie.lib.dutch import day_text, days_text, urgency

STATE_NAMES = {
    DeadlineStatus.MET: "met",
    DeadlineStatus.LAPSED: "lapsed",
    DeadlineStatus.SUSPENDED: "suspended",
}
"""The words of the badge component for what is not open."""
AnyTerm = Deadline | ContentTerm
"""A term of the frame, or one that this viewer may see behind the visibility rule: the same facts."""


def rule_of(deadline: AnyTerm) -> StepRule:
    """The rule the term was made under; it stays when the rule changes (C6.56)."""
    return step_of(deadline.step, deadline.step_valid_from)


def term_line(deadline: AnyTerm, on: date) -> dict[str, Any]:  # parameters of components/terms_strip.html
    """One term: ``domain`` where it reveals content of one."""
    rule = rule_of(deadline)
    text, state = standing(deadline, on)
    return {
        "name": term_name(deadline, rule),
        "domain": domain_of(deadline),
        "due": day_text(deadline.due_on),
        "text": text,
        "state": state,
        "explanation": sentence(deadline.explanation),
        "source": rule.source,
    }


def term_name(deadline: AnyTerm, rule: StepRule) -> str:
    """The step, and which of its rounds: the three checks before release differ only in how long before (R150)."""
    if isinstance(deadline, ContentTerm) and deadline.about:
        return f"Uitkering stopt: {NAME_OF_BENEFIT.get(deadline.about, deadline.about)}"
    if len(rule.terms) == 1:
        return rule.label
    length = rule.terms[min(deadline.round, len(rule.terms)) - 1]
    unit = rule.unit.value[length != 1]
    return f"{rule.label} ({length} {unit} {'ervoor' if rule.backward else 'erna'})"


def domain_of(deadline: AnyTerm) -> str:
    """The life domain in words, of a term that has one."""
    if isinstance(deadline, ContentTerm) and deadline.domain:
        return str(LifeDomain(deadline.domain).label)
    return ""


def standing(deadline: AnyTerm, on: date) -> tuple[str, str]:
    """How a term stands in words, and the word for its colour."""
    status = DeadlineStatus.SUSPENDED if stands_still(deadline) else DeadlineStatus(deadline.status)
    if status != DeadlineStatus.OPEN:
        return str(status.label).capitalize(), STATE_NAMES[status]
    rule = rule_of(deadline)
    if rule.earliest:
        now = "Gestopt" if rule.meaning is Meaning.STOPS else "Nu mogelijk"
        return (now, "open") if deadline.due_on <= on else ("Nog niet", "open")
    return days_text(deadline.due_on, on), urgency(deadline.due_on, on)


def stands_still(deadline: AnyTerm) -> bool:
    """Whether a term that was read ``with_state`` is suspended on that day; a term of content never is."""
    return getattr(deadline, "state", None) == DeadlineStatus.SUSPENDED


def in_turn(rows: Iterable[AnyTerm]) -> list[AnyTerm]:
    """First due first, whichever room they come from."""
    return sorted(rows, key=lambda row: (row.due_on, row.step, row.round))


def sentence(text: str) -> str:
    """An explanation as a sentence: capital first, full stop last."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
