"""How does the plan read for this viewer? Per domain its goals with their actions; a closed domain is only a name."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import SIX_DOMAINS, Case, LifeDomain
from consent.visibility import Sight
from parties.viewer import Viewer
from plans.models import Action, ActionState, Goal, Plan, PlanReaction
from plans.querysets import goals_and_actions
from plans.rules import is_late
from plans.snapshots import Snapshot, action_snapshot, goal_snapshot
from plans.versions import KINDS, SAME, VersionHead, compare, parts_of_version, visible_versions
from reintegratie.lib.dutch import days_text

WITHIN_PI = "Binnen de inrichting"


@dataclass(frozen=True)
class PlanAction:
    """An action, and what became of it since the last adopted version."""

    action: Action
    change: str = SAME
    late: bool = False
    standing: str = ""


@dataclass(frozen=True)
class PlanGoal:
    """A goal with its actions; without a goal the actions stand on their own."""

    goal: Goal | None
    change: str = SAME
    actions: tuple[PlanAction, ...] = ()


@dataclass(frozen=True)
class PlanSection:
    """One domain of the plan. A closed section is the same whether or not it holds anything (architecture 3.3)."""

    domain: str
    label: str
    open: bool = False
    goals: tuple[PlanGoal, ...] = ()

    @property
    def actions(self) -> list[PlanAction]:
        return [action for goal in self.goals for action in goal.actions]


@dataclass(frozen=True)
class PlanReading:
    """The whole plan as one viewer reads it."""

    sections: tuple[PlanSection, ...]
    own: tuple[PlanAction, ...]
    versions: tuple[VersionHead, ...] = ()

    @property
    def domains(self) -> set[str]:
        """What was shown, for the ledger."""
        shown = {section.domain for section in self.sections if section.open and section.goals}
        return shown | {entry.action.domain for entry in self.own}


def plan_of(case: Case, viewer: Viewer) -> Plan | None:
    """The head of the plan: for the PI of stay only."""
    row: Plan | None = (
        Plan.objects.visible_to(viewer).filter(case=case).select_related("lead", "owner").first()
    )
    if row is not None:
        row.case = case
    return row


def reactions_to(case: Case, viewer: Viewer) -> list[PlanReaction]:
    """The reactions this viewer may read, the newest first."""
    rows = PlanReaction.objects.visible_to(viewer).filter(case=case).select_related("owner")
    return list(rows.order_by("-created_at", "pk"))


def read_plan(case: Case, viewer: Viewer, sight: Sight) -> PlanReading:
    """Sections in the fixed order of the domains; own actions apart, since they are seen without a ground (C3)."""
    goals, actions = goals_and_actions(case, viewer)
    versions = visible_versions(case, viewer)
    changes = _changes(_newest_parts(case, viewer, versions), goals, actions) if versions else {}
    entries = [_entry(action, changes, viewer) for action in actions]
    sections = [_section(domain, sight, goals, entries, changes) for domain in _domains(sight, entries)]
    if loose := _within_pi(goals, entries, changes, viewer):
        sections.append(loose)
    own = tuple(
        entry
        for entry in entries
        if entry.action.assignee_id == viewer.organisation.pk and entry.action.state == ActionState.OPEN
    )
    return PlanReading(tuple(sections), own, tuple(versions))


def _domains(sight: Sight, entries: Iterable[PlanAction]) -> list[LifeDomain]:
    """Always the six; the seventh only when it is open, since a closed one is no part of every plan."""
    return [*SIX_DOMAINS, *([LifeDomain.CARE_AT_HOME] if sight.opens(LifeDomain.CARE_AT_HOME) else [])]


def _entry(action: Action, changes: dict[str, str], viewer: Viewer) -> PlanAction:
    late = is_late(action, viewer.on)
    standing = (
        days_text(action.due_on, viewer.on) if late and action.due_on else str(action.get_state_display())
    )
    return PlanAction(action, changes.get(str(action.pk), SAME), late, standing)


def _section(
    domain: LifeDomain, sight: Sight, goals: list[Goal], entries: list[PlanAction], changes: dict[str, str]
) -> PlanSection:
    if not sight.opens(domain):
        return PlanSection(domain, str(domain.label))
    return PlanSection(domain, str(domain.label), open=True, goals=_grouped(domain, goals, entries, changes))


def _within_pi(
    goals: list[Goal], entries: list[PlanAction], changes: dict[str, str], viewer: Viewer
) -> PlanSection | None:
    """Actions without a domain stay with their owner."""
    mine = [entry for entry in entries if entry.action.owner_id == viewer.organisation.pk]
    grouped = _grouped("", goals, mine, changes)
    return PlanSection("", WITHIN_PI, open=True, goals=grouped) if grouped else None


def _grouped(
    domain: str, goals: list[Goal], entries: list[PlanAction], changes: dict[str, str]
) -> tuple[PlanGoal, ...]:
    here = [entry for entry in entries if entry.action.domain == domain]
    mine = [goal for goal in goals if goal.domain == domain]
    known = {goal.pk for goal in mine}
    grouped = [
        PlanGoal(
            goal,
            changes.get(str(goal.pk), SAME),
            tuple(entry for entry in here if entry.action.goal_id == goal.pk),
        )
        for goal in mine
    ]
    loose = tuple(entry for entry in here if entry.action.goal_id not in known)
    return (*grouped, PlanGoal(None, actions=loose)) if loose else tuple(grouped)


def _newest_parts(case: Case, viewer: Viewer, versions: list[VersionHead]) -> dict[str, Snapshot]:
    return parts_of_version(case, viewer, versions[0].number)


def _changes(parts: dict[str, Snapshot], goals: list[Goal], actions: list[Action]) -> dict[str, str]:
    """What is new or changed since the last version this viewer may read, by id. Nothing before the first adoption."""
    now: dict[str, Snapshot] = {
        domain: {
            "doelen": [goal_snapshot(goal) for goal in goals if goal.domain == domain],
            "acties": [action_snapshot(action) for action in actions if action.domain == domain],
        }
        for domain in {row.domain for row in (*goals, *actions)}
    }
    lines = [
        line
        for domain, content in now.items()
        for kind in KINDS
        for line in compare(content, parts.get(domain, {"versie": 0}), kind)
    ]
    return {str(line.content["id"]): line.change for line in lines if line.change}
