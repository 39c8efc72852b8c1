"""How do the rows of a case read on a sheet about a meeting? Pure texts, the same on agenda and besluitenlijst."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from cases.models import Deadline, DeadlineStatus, LifeDomain
from cases.process import step_of
from consent.visibility import Ground, RowKind, Sight
from meetings.models import Decision, DecisionKind, Invitation, InvitationAnswer
from meetings.sheet import ActionLine, DecisionLine, TermLine
from plans.models import Action
from reintegratie.lib.dutch import day_text, days_text
from reintegratie.lib.workdays import AMSTERDAM, day_of

Row = TypeVar("Row", Deadline, Decision, Action, Invitation)
Sights = Mapping[tuple[UUID, RowKind], Sight]


def term_line(row: Deadline, on: date) -> TermLine:
    """A day from which something may happen is never late (C4 promotion_earliest)."""
    rule = step_of(row.step, row.step_valid_from)
    possible = rule.earliest and row.due_on <= on
    still = row.state == DeadlineStatus.SUSPENDED  # type: ignore[attr-defined]  # annotated by with_state
    standing = "kan nu" if possible else days_text(row.due_on, on).lower()
    return TermLine(
        label=rule.label,
        due=day_text(row.due_on),
        standing="opgeschort" if still else standing,
        is_late=row.due_on < on and not rule.earliest and not still,
        why=row.explanation,
    )


def action_line(row: Action, on: date) -> ActionLine:
    return ActionLine(
        domain=domain_label(row.domain),
        text=row.text,
        party=row.assignee.called,
        due=day_text(row.due_on, unknown="geen datum"),
        standing=days_text(row.due_on, on).lower() if row.due_on else "",
        is_late=row.due_on is not None and row.due_on < on,
    )


def decided_line(row: Decision) -> ActionLine:
    """An action as it was agreed: what became of it since is not for the record of that day."""
    assert row.assignee is not None
    return ActionLine(
        domain_label(row.domain),
        row.text,
        row.assignee.called,
        day_text(row.due_on),
        standing="",
        is_late=False,
    )


def decision_line(row: Decision) -> DecisionLine:
    kind = "" if row.kind == DecisionKind.OTHER else str(DecisionKind(row.kind).label)
    return DecisionLine(day_text(day_of(row.decided_at)), kind, row.text, domain_label(row.domain))


def invited_text(invitation: Invitation) -> str:
    return f"{invitation.organisation.called} ({InvitationAnswer(invitation.answer).label})"


def grounds_of(
    sights: Sights, case_id: UUID, actions: Iterable[Action], decisions: Iterable[Decision]
) -> dict[str, Ground]:
    """On which ground another party reads each shown domain; an own action needs none (C3)."""
    grounds: dict[str, Ground] = {}
    for kind, rows in ((RowKind.ACTION, actions), (RowKind.DECISION, decisions)):
        sight = sights.get((case_id, kind), Sight({}))
        for domain in sorted({row.domain for row in rows if row.domain}):
            if ground := sight.ground_of(domain):
                grounds[domain] = ground
    return grounds


def ground_texts(grounds: Mapping[str, Ground]) -> tuple[str, ...]:
    """One sentence per ground, with the domains it opens."""
    domains: dict[str, list[str]] = defaultdict(list)
    for domain, ground in sorted(grounds.items()):
        domains[ground.label].append(domain_label(domain))
    return tuple(f"{', '.join(opened)}: {label}" for label, opened in domains.items())


def domain_label(code: str) -> str:
    return str(LifeDomain(code).label) if code else ""


def clock_text(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H.%M}"


def grouped(rows: Iterable[Row], key: str) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
