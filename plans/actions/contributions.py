"""What the gemeente and the reclassering already know, so that nobody types it again (R54, R140, contract: inbreng)."""

from datetime import date, datetime

from django.db import transaction

from cases.actions import meet_deadline, notify
from cases.models import Capacity, Case, CaseParty
from cases.steps import Step
from parties.viewer import Viewer
from plans.actions.record import lock_inside, lock_running, write_row
from plans.models import Contribution, ContributionKind

ASKED = "informatie-gevraagd"
WHO_MAY_KNOW = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)


class NobodyToAsk(Exception):
    """No gemeente and no reclassering takes part in the case yet."""


@transaction.atomic
def ask_for_contributions(*, case: Case, by: Viewer, at: datetime) -> list[CaseParty]:
    """Ask gemeente and reclassering what they know, and so meet the first term of the PI (R139 step 1, C4).

    Asking again reaches only the parties that joined since. Raises NobodyToAsk.
    """
    lock_inside(case)
    parties = list(
        CaseParty.objects.active(at)
        .filter(case=case, capacity__in=WHO_MAY_KNOW)
        .select_related("party")
        .order_by("pk")
    )
    if not parties:
        raise NobodyToAsk
    for row in parties:
        page = f"{case.get_absolute_url()}inbreng/"
        event = f"{ASKED}:{case.pk}:{row.pk}"
        notify(case=case, organisation=row.party, kind=ASKED, event=event, resource=page, at=at)
    meet_deadline(case=case, step=Step.INFO_REQUEST, on=by.on, by=by, at=at, why="Informatie gevraagd")
    return parties


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
    lock_running(case)
    row = Contribution(
        case=case,
        owner=by.organisation,
        domain=domain,
        kind=ContributionKind(kind),
        text=text,
        since=since,
        until=until,
        recorded_by=by.user,
    )
    write_row(row, by=by, at=at, why="Inbreng voor de screening", action="inbreng-leveren")
    prison = CaseParty.objects.holding(at).filter(case=case, capacity=Capacity.PRISON).select_related("party")
    for party in prison:
        notify(case=case, organisation=party.party, kind="inbreng", event=f"inbreng:{row.pk}", at=at)
    return row
