"""Which cases should be on this agenda? Those whose plan, six-weekly MDO or release check is due around that day.

A proposal is no more than that: somebody puts the case on the agenda (R147, R149, R150, users.md 3.9).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from cases.models import Capacity, Case, CaseParty, Deadline
from cases.process import step_of
from cases.steps import Step
from meetings.access import items_of
from meetings.models import ItemKind, Meeting, MeetingState
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text, days_text, urgency
from reintegratie.lib.workdays import day_of

KIND_OF_STEP = {
    Step.PLAN_ADOPTION: ItemKind.ADOPTION,
    Step.STAY_PLAN: ItemKind.ADOPTION,
    Step.TWO_WEEK_PLAN: ItemKind.ADOPTION,
    Step.ISD_EVALUATION: ItemKind.ADOPTION,
    Step.MDO_CYCLE: ItemKind.REVIEW,
    Step.PRE_RELEASE_CHECK: ItemKind.PRE_RELEASE,
}
WINDOW = timedelta(days=14)
"""What falls due until two weeks after the meeting would be too late for the next one."""
MOST = 50


@dataclass(frozen=True)
class Proposal:
    """A case that is due, why, and whether it stands on another open agenda already."""

    case: Case
    kind: ItemKind
    step: str
    due_on: date
    due: str
    standing: str
    state: str
    elsewhere: str = ""


def proposals_for(meeting: Meeting, viewer: Viewer) -> list[Proposal]:
    """Late first; a case once, for its most pressing term; nobody who is on this agenda already."""
    due = _due(meeting, viewer)
    elsewhere = planned_elsewhere(viewer, meeting, {row.case_id for row in due})
    return [_proposal(row, viewer, elsewhere.get(row.case_id)) for row in due]


def kind_for(case: Case) -> ItemKind:
    """What this case is due for first, so that nobody has to look it up (R147, R149, R150)."""
    terms = Deadline.objects.open().filter(case=case, step__in=KIND_OF_STEP).order_by("due_on", "step")
    step = terms.values_list("step", flat=True).first()
    return KIND_OF_STEP[Step(step)] if step else ItemKind.REVIEW


def planned_elsewhere(viewer: Viewer, meeting: Meeting, case_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """The first other meeting that is planned for each of these cases: two at once is a warning (users.md 3.9)."""
    others = (
        items_of(viewer)
        .filter(case__in=case_ids, meeting__state=MeetingState.PLANNED)
        .exclude(meeting=meeting.pk)
        .order_by("-meeting__starts_at")
    )
    return dict(others.values_list("case_id", "meeting__starts_at"))


def _due(meeting: Meeting, viewer: Viewer) -> list[Deadline]:
    ours = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=Capacity.PRISON, is_open=True)
    on_agenda = items_of(viewer).filter(meeting=meeting, case__detainee=OuterRef("case__detainee"))
    terms = Deadline.objects.open().filter(
        Exists(ours),
        ~Exists(on_agenda),
        step__in=KIND_OF_STEP,
        due_on__lte=day_of(meeting.starts_at) + WINDOW,
    )
    ordered = terms.select_related("case__detainee").order_by("due_on", "case__number", "step")
    return _first_of_each_case(ordered[: 3 * MOST])[:MOST]


def _first_of_each_case(terms: Iterable[Deadline]) -> list[Deadline]:
    first: dict[UUID, Deadline] = {}
    for term in terms:
        first.setdefault(term.case_id, term)
    return list(first.values())


def _proposal(term: Deadline, viewer: Viewer, elsewhere: datetime | None) -> Proposal:
    return Proposal(
        case=term.case,
        kind=KIND_OF_STEP[Step(term.step)],
        step=step_of(term.step, term.step_valid_from).label,
        due_on=term.due_on,
        due=day_text(term.due_on),
        standing=days_text(term.due_on, viewer.on),
        state=urgency(term.due_on, viewer.on),
        elsewhere=day_text(day_of(elsewhere)) if elsewhere else "",
    )
