"""Whose turn is it in a case, and in which life domains is something open? Conditions on the rows of a worklist.

Each asks content through its own rule of visibility: a filter tells no more than the page of the case (quality 2.3).
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices

from cases import worklist
from cases.models import CaseTask
from cases.worklist import State
from parties.viewer import Viewer
from plans.models import Action, ActionState, DomainRecord, DomainStatus, Goal, GoalState
from reintegratie.lib.dutch import SOON_DAYS


class Side(TextChoices):
    """Whose turn it is."""

    OURS = "wij", "aan ons"
    THEIRS = "ander", "aan een andere partij"


def conditions(viewer: Viewer) -> dict[State, Q]:
    """What each group of the list holds; its number counts the same."""
    return {
        State.LATE: worklist.late(viewer.on),
        State.TODAY: worklist.today(viewer.on),
        State.WEEK: worklist.this_week(viewer.on),
        State.WAITING: waiting_on_others(viewer),
        State.SUSPENDED: worklist.suspended(viewer),
        State.COMING: worklist.coming(viewer.on),
    }


def turn(viewer: Viewer, side: Side) -> Q:
    return our_turn(viewer) if side == Side.OURS else waiting_on_others(viewer)


def waiting_on_others(viewer: Viewer) -> Q:
    """Another party has an open action in this case, as far as this viewer may know (R19)."""
    return Q(Exists(_open_actions(viewer).exclude(assignee=viewer.organisation.pk)))


def our_turn(viewer: Viewer) -> Q:
    """We have an open action or task in this case, or a term of our own is late or falls within a week."""
    actions = _open_actions(viewer).filter(assignee=viewer.organisation.pk)
    tasks = CaseTask.objects.filter(case=OuterRef("case"), party=viewer.organisation.pk, done_at=None)
    soon = worklist.own_term_until(viewer, viewer.on + timedelta(days=SOON_DAYS))
    return Q(Exists(actions)) | Q(Exists(tasks)) | soon


def open_in(viewer: Viewer, domain: str) -> Q:
    """In this domain this viewer may see an open action, an open goal, or that it asks for attention."""
    here = {"case": OuterRef("case"), "domain": domain}
    asking = (DomainStatus.ATTENTION, DomainStatus.URGENT)
    records = DomainRecord.objects.visible_to(viewer).filter(status__in=asking, **here)
    goals = Goal.objects.visible_to(viewer).filter(state=GoalState.OPEN, **here)
    actions = Action.objects.visible_to(viewer).filter(state=ActionState.OPEN, **here)
    return Q(Exists(actions)) | Q(Exists(goals)) | Q(Exists(records))


def _open_actions(viewer: Viewer) -> QuerySet[Any]:
    """Those that this viewer may see, beside a row of taking part."""
    return Action.objects.visible_to(viewer).filter(case=OuterRef("case"), state=ActionState.OPEN)
