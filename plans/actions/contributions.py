"""What the gemeente and the reclassering already know, so that nobody types it again (R54, R140, contract: inbreng)."""

from datetime import date, datetime

from django.db import transaction

from cases.actions import notify
from cases.models import Capacity, Case, CaseParty
from parties.viewer import Viewer
from plans.actions.record import lock_case, write_row
from plans.models import Contribution, ContributionKind


@transaction.atomic
def add_contribution(
    *,
    case: Case,
    domain: str,
    kind: ContributionKind,
    text: str,
    by: Viewer,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
) -> Contribution:
    """Bring something in. It belongs to the party that wrote it; the PI of stay reads it in the screening."""
    lock_case(case)
    row = Contribution(
        case=case,
        owner=by.organisation,
        domain=domain,
        kind=kind,
        text=text,
        since=since,
        until=until,
        recorded_by=by.user,
    )
    write_row(row, by=by, at=at, why="Inbreng voor de screening", action="inbreng-leveren")
    prison = CaseParty.objects.active(at).filter(case=case, capacity=Capacity.PRISON).select_related("party")
    for party in prison:
        notify(case=case, organisation=party.party, kind="inbreng", event=f"inbreng:{row.pk}", at=at)
    return row
