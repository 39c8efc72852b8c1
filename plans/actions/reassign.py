"""Give several cases to one colleague, with the open actions that stood in the name of who had them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cases.actions import reassign_cases
from cases.models import CaseParty
from parties.models import User
from parties.viewer import Viewer
from plans.actions.record import write_row
from plans.models import Action, ActionState


@transaction.atomic
def hand_over_cases(*, rows: Collection[CaseParty], worker: User, by: Viewer, at: datetime, why: str) -> int:
    """Returns how many cases changed hands. Raises CannotReassign, and then nothing is written."""
    handed = reassign_cases(rows=rows, worker=worker, by=by, at=at, why=why)
    former = {one.row.case_id: one.former_id for one in handed}
    mine = Action.objects.visible_to(by).filter(
        case__in=former, assignee=by.organisation.pk, state=ActionState.OPEN
    )
    for action in mine.exclude(worker=None).select_related("case").order_by("case", "id"):
        if action.worker_id == former[action.case_id]:
            action.worker = worker
            write_row(action, by=by, at=at, why=f"Medewerker gewijzigd: {why}", action="actie-wijzigen")
    return len(handed)
