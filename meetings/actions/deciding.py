"""What is decided on an item. Until the meeting is closed it is a note that may still be taken away."""

from datetime import date, datetime

from django.db import transaction

from cases.actions import lock_case
from cases.models import CaseParty
from meetings.actions.writing import to_prepare
from meetings.models import AgendaItem, Decision, DecisionKind
from meetings.refusals import MeetingRefusal
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import delete_as, save_as


class DecisionEmpty(MeetingRefusal):
    message = "Schrijf op wat er is besloten, of kies een standaardzin."


class ActionIncomplete(MeetingRefusal):
    message = "Een actie heeft een partij en een datum nodig."


class AssigneeTakesNoPart(MeetingRefusal):
    message = "Deze partij doet niet mee in deze zaak en kan geen actie krijgen."


@transaction.atomic
def record_decision(
    *,
    item: AgendaItem,
    kind: str,
    by: Viewer,
    at: datetime,
    text: str = "",
    domain: str = "",
    assignee: Organisation | None = None,
    due_on: date | None = None,
) -> Decision:
    """Note a decision. With a party and a day it becomes that party's action at closing (users.md 3.10).

    Advice on promotion or degradation is advice: the directeur decides, and nothing else changes here (C7 D3).
    """
    to_prepare(item.meeting, by)
    lock_case(item.case)
    _require_whole(kind, text, assignee, due_on)
    if assignee and not CaseParty.objects.active(at).filter(case=item.case_id, party=assignee).exists():
        raise AssigneeTakesNoPart
    decision = Decision(
        item=item,
        case=item.case,
        owner=item.owner,
        kind=kind,
        text=text,
        domain=domain,
        assignee=assignee,
        due_on=due_on,
        decided_at=at,
        created_at=at,
        changed_at=at,
    )
    save_as(decision, by=by, at=at, why="besluit genoteerd")
    return decision


@transaction.atomic
def drop_decision(*, decision: Decision, item: AgendaItem, by: Viewer, at: datetime) -> None:
    """Take away a note that was wrong, before the meeting is closed. The history keeps it."""
    to_prepare(item.meeting, by)
    delete_as(decision, by=by, at=at, why="besluit weggehaald voor het sluiten van het overleg")


def _require_whole(kind: str, text: str, assignee: Organisation | None, due_on: date | None) -> None:
    if (assignee is None) != (due_on is None) or (kind == DecisionKind.ACTION and assignee is None):
        raise ActionIncomplete
    needs_text = kind in {DecisionKind.ACTION, DecisionKind.OTHER, DecisionKind.ADJUST_PLAN} or assignee
    if needs_text and not text.strip():
        raise DecisionEmpty
