"""Keep the terms that follow from content in line with the facts, and write what people settle or begin by hand (C4)."""

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.actions import lock_case
from cases.actions.deadlines import equated_days
from cases.models import Case, DeadlineStatus
from cases.process import step_of
from cases.steps import Meaning, Step
from parties.models import Organisation
from parties.viewer import Viewer, process_viewer
from plans.actions.record import check_version, lock_running, write_row
from plans.models import ContentTerm, TermMark
from plans.term_facts import calendar_mark, facts_of, keeper_of, terms_in
from plans.terms import (
    AFTER_RELEASE,
    BEGUN_BY_HAND,
    KIND_OF_STEP,
    OF_INCOME,
    SETTLED_BY_HAND,
    Facts,
    WantedTerm,
    term_for,
    wanted_terms,
)
from plans.waiting_terms import waiting_cases
from reintegratie.lib.workdays import day_of

log = logging.getLogger(__name__)

OPEN, MET, LAPSED = DeadlineStatus.OPEN, DeadlineStatus.MET, DeadlineStatus.LAPSED
Change = tuple[ContentTerm, str]


@dataclass(frozen=True)
class Reckoning:
    """What the terms of one case are computed with today."""

    case: Case
    owner: Organisation
    facts: Facts
    equated: Collection[date]
    on: date

    @classmethod
    def of(cls, case: Case, owner: Organisation, at: datetime) -> "Reckoning":
        return cls(case, owner, facts_of(case), equated_days(), day_of(at))


class NotByHand(Exception):
    """This term follows from what is recorded elsewhere; or it is closed already."""


@transaction.atomic(savepoint=False)
def follow_terms(*, case: Case, by: Viewer, at: datetime) -> None:
    """Bring every term of content in line with the facts. Nothing is written when all is right.

    A piece of an action that holds the case: who changes a fact calls it, and :func:`catch_up` when the frame changed.
    """
    owner = keeper_of(case, at)
    if owner is None:
        return
    today = Reckoning.of(case, owner, at)
    for row, why in _changes(today, terms_in(case)):
        row.case = case
        write_row(row, by=by, at=at, why=why)
    _mark(today)


def _changes(today: Reckoning, rows: list[ContentTerm]) -> Iterator[Change]:
    """The rows that are not as they should be, with why."""
    by_hand, known = _apart(rows)
    kept = set()
    for wanted in wanted_terms(today.facts):
        key = (str(wanted.step), wanted.about)
        row = known.get(key) or _new(today, *key)
        kept.add(key)
        if why := _shaped(row, wanted, today):
            row.owner = today.owner
            yield row, why
    for key, row in known.items():
        if key not in kept and row.status == OPEN:
            yield row, _ended(row, today)
    for row in by_hand:
        if row.status == OPEN:
            yield from _kept_by_hand(row, today)


def _apart(rows: list[ContentTerm]) -> tuple[list[ContentTerm], Mapping[tuple[str, str], ContentTerm]]:
    by_hand = [row for row in rows if row.step in BEGUN_BY_HAND]
    return by_hand, {(row.step, row.about): row for row in rows if row.step not in BEGUN_BY_HAND}


def _new(today: Reckoning, step: str, about: str = "", number: int = 1) -> ContentTerm:
    kind, domain = KIND_OF_STEP.get(Step(step), OF_INCOME)
    row = ContentTerm(case=today.case, owner=today.owner, kind=kind, domain=domain)
    row.step, row.about, row.round = str(step), about, number
    return row


def _shaped(row: ContentTerm, wanted: WantedTerm, today: Reckoning) -> str:
    """Give a row the dates and the state that follow from the facts; why, or nothing when it is right already."""
    label = step_of(row.step, wanted.since).label
    if row.status == MET and (wanted.met or row.step in SETTLED_BY_HAND):
        return ""
    new, was = row._state.adding, row.status
    moved = _dated(row, wanted, today)
    row.status, row.closed_on = (MET, wanted.met_on or today.on) if wanted.met else (OPEN, None)
    if row.status != was:
        return f"{label}: {DeadlineStatus(row.status).label}"
    if new:
        return f"{label}: termijn gestart"
    return f"{label}: termijn opnieuw berekend" if moved else ""


def _dated(row: ContentTerm, wanted: WantedTerm, today: Reckoning) -> bool:
    """Write the dates into the row; whether that changed anything. A rule that changed leaves old terms theirs (C6.56)."""
    new = row._state.adding
    valid_on = wanted.since if new else row.step_valid_from
    known_on = today.on if new else day_of(row.created_at)
    facts, equated, on = today.facts, today.equated, today.on
    term = term_for(wanted, facts, equated, known_on=known_on, on=on, valid_on=valid_on)
    rule = step_of(wanted.step, valid_on)
    values = {
        "capacity": str(rule.responsible),
        "step_valid_from": rule.valid_from,
        "starts_on": term.starts_on,
        "raw_due_on": term.raw_due_on,
        "due_on": term.due_on,
        "skipped_days": list(term.skipped_days),
        "explanation": term.explanation,
    }
    moved = new or any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return moved


def _ended(row: ContentTerm, today: Reckoning) -> str:
    """What is no longer wanted: over with the detention, or its cause is gone. Before its day it lapses (C6.20)."""
    rule = step_of(row.step, row.step_valid_from)
    left_on = today.facts.released_on
    if left_on is not None and row.step not in AFTER_RELEASE:
        stopped = rule.meaning is Meaning.STOPS and row.due_on <= left_on
        row.status, row.closed_on = (MET, row.due_on) if stopped else (LAPSED, left_on)
        return f"{rule.label}: einde detentie"
    row.status, row.closed_on = LAPSED, today.on
    return f"{rule.label}: niet meer nodig"


def _kept_by_hand(row: ContentTerm, today: Reckoning) -> Iterator[Change]:
    """Its begin is its own fact; it ends with the detention or the case, and follows the calendar."""
    stays = not today.facts.over and (today.facts.inside or row.step in AFTER_RELEASE)
    if not stays:
        yield row, _ended(row, today)
    elif _dated(row, WantedTerm(Step(row.step), row.starts_on), today):
        yield row, f"{step_of(row.step, row.step_valid_from).label}: termijn opnieuw berekend"


def _mark(today: Reckoning) -> None:
    """Remember up to where this was computed. Bookkeeping, not a fact about a person: it leaves no history line."""
    mark = {
        "case_version": today.case.version,
        "birth_date": today.facts.birth_date or date.min,
        "calendar": calendar_mark(today.equated),
        "computed_on": today.on,
    }
    TermMark.objects.update_or_create(case=today.case, defaults=mark)


@transaction.atomic
def begin_term(*, case: Case, step: Step, since: date, by: Viewer, at: datetime) -> ContentTerm:
    """Begin a term whose day is known to a person only: a breach, the day that DJI gives, an application.

    One that runs moves to this day: it was put right. Raises NotByHand, CaseIsOver.
    """
    lock_running(case)
    if step not in BEGUN_BY_HAND:
        raise NotByHand
    mine = [row for row in terms_in(case) if row.step == step and row.owner_id == by.organisation.pk]
    running = next((row for row in mine if row.status == OPEN), None)
    today = Reckoning.of(case, by.organisation, at)
    row = running or _new(today, step, number=len(mine) + 1)
    row.case = case
    _dated(row, WantedTerm(step, since), today)
    why = f"{step_of(step, since).label}: termijn {'verplaatst' if running else 'gestart'}"
    write_row(row, by=by, at=at, why=why, action="termijn-beginnen")
    return row


@transaction.atomic
def settle_term(
    *,
    term: ContentTerm,
    done_on: date,
    by: Viewer,
    at: datetime,
    goes_on: bool = False,
    expected_version: int | None = None,
) -> ContentTerm:
    """Record that it was done, where no other fact says so. ``goes_on``: the advance was paid, the right is still open.

    Then the next four weeks begin on the day on which the former ended (Participatiewet art. 52, B11).
    Raises StaleVersion, NotByHand, CaseIsOver.
    """
    case = lock_running(term.case)
    row: ContentTerm = ContentTerm.objects.visible_to(by).get(pk=term.pk)
    row.case = case
    check_version(row, expected_version)
    if row.step not in SETTLED_BY_HAND or row.status != OPEN:
        raise NotByHand
    label = step_of(row.step, row.step_valid_from).label
    row.status, row.closed_on = MET, done_on
    write_row(row, by=by, at=at, why=f"{label}: vastgelegd", action="termijn-afdoen")
    if goes_on and row.step == Step.ADVANCE_PAYMENT:
        today = Reckoning.of(case, row.owner, at)
        following = _new(today, row.step, number=row.round + 1)
        _dated(following, WantedTerm(Step.ADVANCE_PAYMENT, row.raw_due_on), today)
        write_row(following, by=by, at=at, why=f"{label}: volgende ronde gestart")
    return row


def catch_up(*, at: datetime) -> int:
    """Compute again where the frame, the calendar or the day moved without a word to plans. Returns how many cases.

    Safe to run twice and at the same time; a case that fails stops no other, and is tried again.
    """
    calendar = calendar_mark(equated_days())
    return sum(_caught_up(pk, at) for pk in waiting_cases(calendar=calendar, on=day_of(at)))


def _caught_up(pk: UUID, at: datetime) -> bool:
    try:
        _follow(case=Case.objects.get(pk=pk), at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, the other cases are computed, and this one again
        log.warning("content terms of case %s were not computed: %s", pk, type(trouble).__name__)
        return False
    return True


@transaction.atomic
def _follow(*, case: Case, at: datetime) -> None:
    lock_case(case)
    owner = keeper_of(case, at)
    if owner is not None:
        follow_terms(case=case, by=process_viewer("termijnen", owner, at), at=at)
