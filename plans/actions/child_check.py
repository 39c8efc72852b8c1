"""The kind-check: ask it, tell the gemeente of origin the same day, record the contact (R122, C5.6, C6.50)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from cases.actions import close_task, finish_task, notify, open_task
from cases.models import Capacity, Case, CaseParty, CaseTask, TaskKind
from consent.actions import record_disclosure
from consent.visibility import Ground, GroundCode
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions.record import check_version, lock_inside, lock_running, write_row
from plans.actions.terms import follow_terms
from plans.models import ChildCheck, ChildCheckAnswer

NOTICE = "kind-check"
GROUND = Ground(GroundCode.PBW5B, "Handreiking par. 3.6.1(2)")


class NoPositiveChildCheck(Exception):
    """Contact about children or informal care is recorded with a positive kind-check only."""


@transaction.atomic
def record_child_check(
    *,
    case: Case,
    answer: ChildCheckAnswer,
    asked_on: date,
    by: Viewer,
    at: datetime,
    is_urgent: bool = False,
    expected_version: int | None = None,
) -> ChildCheck:
    """Record the kind-check. 'Yes' tells the gemeente of origin at once, whatever the consent (R122, C6.50).

    The notice holds no more than that attention is needed and how urgent it is. Another answer ends the work that 'yes'
    gave; a second 'yes' gives it again, and is told again. Raises StaleVersion.
    """
    lock_inside(case)
    row = ChildCheck.objects.visible_to(by).filter(case=case).first() or ChildCheck(case=case)
    check_version(row, expected_version)
    row.owner, row.answer = by.organisation, ChildCheckAnswer(answer)
    row.asked_on, row.recorded_by = asked_on, by.user
    row.is_urgent = is_urgent and answer == ChildCheckAnswer.YES
    write_row(row, by=by, at=at, why="Kind-check vastgelegd", action="kindcheck-vastleggen")
    if answer != ChildCheckAnswer.YES:
        for task in _open_tasks(case):
            close_task(task=task, by=by, at=at, why=f"Kind-check: {ChildCheckAnswer(answer).label}")
    elif row.contacted_on is None:
        _ask_for_contact(row, by=by, at=at)
    follow_terms(case=case, by=by, at=at)
    return row


def _ask_for_contact(row: ChildCheck, *, by: Viewer, at: datetime) -> None:
    """Same-day work for both sides. A gemeente that does not take part is telephoned: the PI keeps the task."""
    case, kind, origin = row.case, TaskKind.CONTACT_TODAY, origin_of(row.case, at)
    open_task(case=case, party=by.organisation, kind=kind, since=row.created_at, by=by, at=at)
    if origin is not None:
        task = open_task(case=case, party=origin, kind=kind, since=row.created_at, by=by, at=at)
        disclose(row, origin, by=by, at=at)
        ended = CaseTask.history.filter(id=task.pk).exclude(done_at=None).count()
        stage = f"opnieuw-{ended}" if ended else ""
        notify(case=case, organisation=origin, kind=kind, event=f"{NOTICE}:{row.pk}", stage=stage, at=at)


@transaction.atomic
def record_child_contact(
    *,
    check: ChildCheck,
    contacted_on: date,
    contacted_who: str,
    by: Viewer,
    at: datetime,
    expected_version: int,
) -> ChildCheck:
    """Record who was spoken to at the gemeente and when; that ends the work for both sides (C4 child_check_contact)."""
    case = lock_running(check.case)
    row: ChildCheck = ChildCheck.objects.visible_to(by).get(pk=check.pk)
    check_version(row, expected_version)
    if row.answer != ChildCheckAnswer.YES:
        raise NoPositiveChildCheck
    row.contacted_on, row.contacted_who = contacted_on, contacted_who
    write_row(row, by=by, at=at, why="Contact met de gemeente vastgelegd", action="kindcheck-contact")
    for task in _open_tasks(case):
        finish_task(task=task, by=by, at=at, why="Contact na de kind-check vastgelegd")
    follow_terms(case=case, by=by, at=at)
    return row


def _open_tasks(case: Case) -> QuerySet[CaseTask]:
    """What lies with both sides until there was contact."""
    return CaseTask.objects.filter(case=case, kind=TaskKind.CONTACT_TODAY, done_at=None)


def origin_of(case: Case, at: datetime) -> Organisation | None:
    """The gemeente of origin, when it takes part now."""
    rows = CaseParty.objects.active(at).filter(case=case, capacity=Capacity.ORIGIN)
    row = rows.select_related("party").first()
    return row.party if row else None


def disclose(row: ChildCheck, recipient: Organisation, *, by: Viewer, at: datetime) -> None:
    """Force the recorded ground: the interest of the child, not consent (C3 note, Pbw 5b)."""
    record_disclosure(
        case=row.case,
        sender=by.organisation,
        recipient=recipient,
        kind=NOTICE,
        document_id=row.pk,
        version=row.version,
        grounds={NOTICE: GROUND},
        necessity="Belang van kinderen of van wie mantelzorg krijgt: direct contact",
        by=by,
        at=at,
    )
