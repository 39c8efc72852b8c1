"""How long does a guest take part in a case? Until the end of the last meeting day to which he is invited (R131)."""

from datetime import datetime, timedelta

from django.db import transaction

from cases.access import join_case, leave_case
from cases.actions import lock_case, lock_cases
from cases.models import Capacity, Case, CaseParty
from meetings.models import Invitation, Meeting, MeetingState
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.workdays import day_of, midnight_of


def end_of_day(moment: datetime) -> datetime:
    """The midnight in Amsterdam that follows this moment."""
    day = day_of(moment) + timedelta(days=1)
    return midnight_of(day)


@transaction.atomic
def settle_guest(*, case: Case, organisation: Organisation, by: Viewer, at: datetime) -> None:
    """Let a guest take part exactly as long as a standing invitation says. Other capacities are not touched."""
    lock_case(case)
    row = CaseParty.objects.active(at).filter(case=case, party=organisation).first()
    if row is not None and row.capacity != Capacity.GUEST:
        return
    until = _invited_until(case, organisation, at)
    if row is not None and row.until == until:
        return
    if row is not None:
        leave_case(row=row, until=at, by=by, at=at, why="uitnodiging gewijzigd")
    if until is not None:
        join_case(
            case=case,
            party=organisation,
            capacity=Capacity.GUEST,
            since=at,
            until=until,
            by=by,
            at=at,
            why="uitgenodigd voor een overleg",
        )


def settle_guests(meeting: Meeting, *, by: Viewer, at: datetime) -> None:
    """After a meeting moved or was called off: the same for everybody who is invited to one of its items."""
    invitations = Invitation.objects.filter(item__meeting=meeting, withdrawn_at=None)
    lock_cases(invitations.values("case"))
    for invitation in invitations.select_related("case", "organisation").order_by("pk"):
        settle_guest(case=invitation.case, organisation=invitation.organisation, by=by, at=at)


def _invited_until(case: Case, organisation: Organisation, at: datetime) -> datetime | None:
    standing = Invitation.objects.filter(case=case, organisation=organisation, withdrawn_at=None).exclude(
        item__meeting__state=MeetingState.CANCELLED
    )
    ends = [
        end_of_day(starts_at) for starts_at in standing.values_list("item__meeting__starts_at", flat=True)
    ]
    return max((end for end in ends if end > at), default=None)
