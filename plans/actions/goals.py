"""Goals and actions of the plan: who does what by when, and ticking it off (R147, R171)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.actions import lock_case, notify
from cases.ending import require_running
from cases.models import Case, CaseParty
from parties.models import Organisation, Role, User
from parties.viewer import Viewer
from plans.actions.record import check_version, lock_inside, lock_running, write_row
from plans.actions.terms import follow_terms
from plans.models import Action, ActionState, Goal, GoalKind, GoalState, Plan
from plans.term_facts import EDUCATION_ACTION


class AssigneeTakesNoPart(Exception):
    """Work can be given only to a party that takes part in the case."""


class WorkerElsewhere(Exception):
    """The person does not work at the party that must do it."""


@transaction.atomic
def add_goal(*, plan: Plan, domain: str, kind: GoalKind, text: str, by: Viewer, at: datetime) -> Goal:
    """Add a goal in one domain (R171). Raises CaseIsOver."""
    case = lock_inside(plan.case)
    goal = Goal(case=case, owner=by.organisation, plan=plan, domain=domain, kind=GoalKind(kind), text=text)
    write_row(goal, by=by, at=at, why="Doel toegevoegd", action="doel-toevoegen")
    return goal


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    domain: str,
    kind: GoalKind,
    text: str,
    state: GoalState,
    by: Viewer,
    at: datetime,
    expected_version: int | None = None,
) -> Goal:
    """Change a goal; the history keeps what it was. Raises StaleVersion, CaseIsOver."""
    case = lock_running(goal.case)
    row: Goal = Goal.objects.visible_to(by).get(pk=goal.pk)
    check_version(row, expected_version)
    row.case, row.domain, row.text = case, domain, text
    row.kind, row.state = GoalKind(kind), GoalState(state)
    write_row(row, by=by, at=at, why="Doel gewijzigd", action="doel-wijzigen")
    return row


@transaction.atomic
def add_action(
    *,
    case: Case,
    domain: str,
    text: str,
    assignee: Organisation,
    due_on: date | None,
    by: Viewer,
    at: datetime,
    goal: Goal | None = None,
    worker: User | None = None,
    decision_id: UUID | None = None,
) -> Action:
    """Give a party something to do; also after adoption, since the plan lives (R172).

    What a meeting decided is written whatever happened since. Raises AssigneeTakesNoPart, CaseIsOver.
    """
    locked = lock_case(case) if decision_id else lock_running(case)
    _check_assignee(locked, assignee, worker, by=by, at=at)
    action = Action(
        case=locked,
        owner=by.organisation,
        goal=goal,
        domain=domain,
        text=text,
        assignee=assignee,
        worker=worker,
        due_on=due_on,
        decision_id=decision_id,
    )
    write_row(action, by=by, at=at, why="Actie toegevoegd", action="actie-toevoegen")
    _tell_assignee(action, by=by, at=at)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    domain: str,
    text: str,
    assignee: Organisation,
    due_on: date | None,
    by: Viewer,
    at: datetime,
    goal: Goal | None = None,
    worker: User | None = None,
    expected_version: int | None = None,
) -> Action:
    """Change what, who or when; another party is told. Raises StaleVersion, AssigneeTakesNoPart, WorkerElsewhere,
    CaseIsOver.
    """
    row = _fresh(action, by, expected_version)
    require_running(row.case.phase)
    if assignee.pk != row.assignee_id or worker != row.worker:
        _check_assignee(row.case, assignee, worker, by=by, at=at)
    row.domain, row.text, row.due_on, row.goal = domain, text, due_on, goal
    row.assignee, row.worker = assignee, worker
    write_row(row, by=by, at=at, why="Actie gewijzigd", action="actie-wijzigen")
    _tell_assignee(row, by=by, at=at)
    return row


@transaction.atomic
def close_action(
    *,
    action: Action,
    state: ActionState,
    result: str,
    by: Viewer,
    at: datetime,
    expected_version: int | None,
) -> Action:
    """Tick off, drop or reopen an action, with what came of it. Raises StaleVersion.

    The party that keeps the plan is told when another one did it.
    """
    row = _fresh(action, by, expected_version)
    row.state, row.result = ActionState(state), result
    is_open = state == ActionState.OPEN
    row.closed_at, row.closed_by = (None, "") if is_open else (at, f"{by.name} ({by.organisation.called})")
    label = ActionState(state).label
    write_row(row, by=by, at=at, why=f"Actie: {label}", action="actie-afdoen")
    if row.text == EDUCATION_ACTION:  # the referral that a low Taalmeter asks for (R143)
        follow_terms(case=row.case, by=by, at=at)
    if row.owner_id != by.organisation.pk:
        event = f"actie-afgedaan:{row.pk}:{row.version}"
        _tell(row, row.owner, "actie-afgedaan", event, at=at)
    return row


def _fresh(action: Action, by: Viewer, expected_version: int | None) -> Action:
    """Locked as its case is: two clicks at once give one winner."""
    case = lock_case(action.case)
    row: Action = (
        Action.objects.visible_to(by).select_related("assignee", "worker", "owner").get(pk=action.pk)
    )
    row.case = case
    check_version(row, expected_version)
    return row


def _check_assignee(
    case: Case, assignee: Organisation, worker: User | None, *, by: Viewer, at: datetime
) -> None:
    if not CaseParty.objects.active(at).filter(case=case, party=assignee).exists():
        raise AssigneeTakesNoPart
    if worker and not Role.objects.active_on(by.on).filter(user=worker, organisation=assignee).exists():
        raise WorkerElsewhere


def _tell_assignee(action: Action, *, by: Viewer, at: datetime) -> None:
    """Once per party that gets the action."""
    if action.assignee_id != by.organisation.pk:
        event = f"actie:{action.pk}:{action.assignee_id}"
        _tell(action, action.assignee, "actie-toegewezen", event, at=at)


def _tell(action: Action, party: Organisation, kind: str, event: str, *, at: datetime) -> None:
    resource = f"{action.case.get_absolute_url()}plan/"
    notify(case=action.case, organisation=party, kind=kind, event=event, resource=resource, at=at)
