"""When, where and under whom: planning, changing, moving and cancelling a meeting. No clock of a case moves (D8)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings import rules
from meetings.actions.guests import settle_guests
from meetings.actions.telling import tell_invited
from meetings.actions.writing import saved, to_prepare
from meetings.models import Meeting, MeetingKind, MeetingState
from meetings.refusals import MeetingRefusal, NotAllowed
from parties.models import Organisation, Role, User
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of


@dataclass(frozen=True)
class MeetingPlan:
    """What is agreed beforehand."""

    starts_at: datetime
    chair: User
    kind: str
    place: str
    link: str
    minutes_per_item: int
    deputy: User | None
    secretary: User | None


class ChairNotFit(MeetingRefusal):
    message = "De voorzitter moet op die dag afdelingshoofd van deze inrichting zijn."


class DeputyNotFit(MeetingRefusal):
    message = (
        "De plaatsvervanger moet op die dag afdelingshoofd of directeur van deze inrichting zijn. "
        "Een casemanager kan alleen door het afdelingshoofd worden aangewezen."
    )


class SecretaryNotFit(MeetingRefusal):
    message = "De secretaris moet op die dag bij deze inrichting werken."


class DeputyIsChair(MeetingRefusal):
    message = "Kies als plaatsvervanger iemand anders dan de voorzitter."


@transaction.atomic
def plan_meeting(
    *,
    starts_at: datetime,
    chair: User,
    by: Viewer,
    at: datetime,
    kind: str = MeetingKind.MDO,
    place: str = "",
    link: str = "",
    minutes_per_item: int = 10,
    deputy: User | None = None,
    secretary: User | None = None,
) -> Meeting:
    """Plan a meeting of the viewer's own PI, chaired by an afdelingshoofd (R131) with a mandated deputy (C6.25)."""
    if not rules.may_plan_meeting(by):
        raise NotAllowed
    meeting = Meeting(organisation=by.organisation)
    plan = MeetingPlan(starts_at, chair, kind, place, link, minutes_per_item, deputy, secretary)
    _fill(meeting, plan, by)
    save_as(meeting, by=by, at=at, why="overleg gepland")
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    chair: User,
    kind: str,
    place: str,
    link: str,
    minutes_per_item: int,
    deputy: User | None,
    secretary: User | None,
    expected_version: int,
    by: Viewer,
    at: datetime,
) -> Meeting:
    """Change what was agreed. Another moment is told to who is invited. Raises StaleVersion."""
    plan = MeetingPlan(starts_at, chair, kind, place, link, minutes_per_item, deputy, secretary)
    return _change(meeting, plan, expected_version, by=by, at=at)


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, expected_version: int, by: Viewer, at: datetime
) -> Meeting:
    """Give the meeting another moment. The six-week term counts from holding, so nothing of it moves (D8)."""
    plan = MeetingPlan(
        starts_at,
        meeting.chair,
        meeting.kind,
        meeting.place,
        meeting.link,
        meeting.minutes_per_item,
        meeting.deputy,
        meeting.secretary,
    )
    return _change(meeting, plan, expected_version, by=by, at=at)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Viewer, at: datetime) -> Meeting:
    """Call the meeting off. Terms stay as they were; guests no longer take part (D8, C6.25)."""
    meeting = to_prepare(meeting, by)
    meeting.state = MeetingState.CANCELLED
    meeting.cancel_reason = reason
    saved(meeting, by=by, at=at, why=f"overleg afgelast: {reason}")
    tell_invited(meeting, kind="overleg-afgelast", at=at)
    settle_guests(meeting, by=by, at=at)
    return meeting


def _change(
    meeting: Meeting, plan: MeetingPlan, expected_version: int, *, by: Viewer, at: datetime
) -> Meeting:
    meeting = to_prepare(meeting, by, expected_version=expected_version)
    moved = plan.starts_at != meeting.starts_at
    _fill(meeting, plan, by)
    saved(meeting, by=by, at=at, why="overleg verplaatst" if moved else "overleg gewijzigd")
    if moved:
        settle_guests(meeting, by=by, at=at)
        tell_invited(meeting, kind="overleg-verplaatst", at=at)
    return meeting


def _fill(meeting: Meeting, plan: MeetingPlan, by: Viewer) -> None:
    _require_fit(meeting.organisation, plan, by, deputy_was=meeting.deputy_id)
    meeting.kind = plan.kind
    meeting.starts_at = plan.starts_at
    meeting.place = plan.place
    meeting.link = plan.link
    meeting.minutes_per_item = plan.minutes_per_item
    meeting.chair = plan.chair
    meeting.deputy = plan.deputy
    meeting.secretary = plan.secretary


def _require_fit(organisation: Organisation, plan: MeetingPlan, by: Viewer, *, deputy_was: object) -> None:
    if not rules.is_fit_to_chair(_roles(plan.chair, organisation, plan.starts_at)):
        raise ChairNotFit
    if plan.secretary and not _roles(plan.secretary, organisation, plan.starts_at):
        raise SecretaryNotFit
    if plan.deputy is None:
        return
    if plan.deputy == plan.chair:
        raise DeputyIsChair
    roles = _roles(plan.deputy, organisation, plan.starts_at)
    already_named = bool(roles) and plan.deputy.pk == deputy_was
    if not already_named and not rules.is_fit_to_deputise(roles, mandated_by=by):
        raise DeputyNotFit


def _roles(user: User, organisation: Organisation, starts_at: datetime) -> set[str]:
    """The roles of this person at the organisation on the day of the meeting."""
    on = day_of(starts_at)
    roles = Role.objects.active_on(on).filter(user=user, organisation=organisation)
    return set(roles.values_list("kind", flat=True))
