"""Start, meet, recompute and end the terms of a case (C4). A change keeps what was due when in the history."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from cases.actions.record import lock_case, refresh_next_deadlines, save_case
from cases.models import RELEASED_PHASES, Capacity, Case, Deadline, DeadlineStatus, EquatedDay, Phase
from cases.process import AFTER_RELEASE, step_of
from cases.querysets import DeadlineQuerySet
from cases.road import INTERRUPTED
from cases.steps import Step
from cases.suspension import pauses_of, with_pauses
from cases.terms import TOO_LATE, Term, term_of
from reintegratie.lib.dutch import day_text
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

OPEN, MET, LAPSED = DeadlineStatus.OPEN, DeadlineStatus.MET, DeadlineStatus.LAPSED
SUSPENDED = DeadlineStatus.SUSPENDED
RUNNING = (OPEN, SUSPENDED)


def equated_days() -> frozenset[date]:
    """The days equalised with public holidays that count now."""
    return frozenset(EquatedDay.objects.filter(ended=False).values_list("on", flat=True))


@transaction.atomic
def start_deadline(*, case: Case, step: Step, since: date, by: Actor, at: datetime) -> Deadline:
    """Start the term of a step, counted from ``since``. Starting it again with the same day changes nothing.

    A back-dated correction moves the term; one that was met stays as it was (C6.53).
    """
    lock_case(case)
    deadline = start_round(case=case, step=step, since=since, by=by, at=at, equated=equated_days())
    refresh_next_deadlines(case=case, at=at, steps=(step,))
    return deadline


def start_round(
    *,
    case: Case,
    step: Step,
    since: date,
    by: Actor,
    at: datetime,
    equated: Collection[date],
    round_number: int = 1,
) -> Deadline:
    """Make or move one round of a step, without touching the worklist. A lapsed one moves and stays lapsed."""
    found = Deadline.objects.filter(case=case, step=step, round=round_number).first()
    row = found or Deadline(case=case, step=step, round=round_number)
    why = shape_round(row, since, equated, on=day_of(at))
    if why:
        save_as(row, by=by, at=at, why=why)
    return row


def shape_round(
    row: Deadline,
    since: date,
    equated: Collection[date],
    *,
    on: date,
    revive: bool = False,
    moves_when_met: bool = False,
) -> str:
    """Give a round the dates it should have; returns the reason to write it, or nothing when it is right already.

    A term that somebody met stays as it was. ``revive`` opens a lapsed one again; ``moves_when_met`` is for what messages
    themselves met: the outcome must not depend on which of them came first (contract 5). The periods in
    which it stood still count again, and one that begins during an interruption stands still from the start.
    """
    new = row._state.adding
    rule = step_of(row.step, since if new else row.step_valid_from)
    term = term_of(rule, since, equated, round_number=row.round)
    term = with_pauses(term, rule, pauses_of(row.pauses), equated)
    if rule.backward and not rule.earliest and term.due_on < on:
        term = replace(term, explanation=f"{term.explanation}{TOO_LATE}")
    reopened = revive and row.status == LAPSED
    settled = row.status == MET and not moves_when_met
    if not new and (settled or (_same(row, term) and not reopened)):
        return ""
    if reopened:
        row.status, row.closed_on = OPEN, None
    if (new or reopened) and row.case.phase in INTERRUPTED:
        row.status, row.suspended_on = SUSPENDED, on
    row.capacity, row.step_valid_from = rule.responsible, rule.valid_from
    row.starts_on, row.raw_due_on, row.due_on = term.starts_on, term.raw_due_on, term.due_on
    row.skipped_days, row.explanation = list(term.skipped_days), term.explanation
    return f"{rule.label}: termijn {'gestart' if new else 'opnieuw berekend'}"


@transaction.atomic
def meet_deadline(*, case: Case, step: Step, on: date, by: Actor, at: datetime, why: str) -> Deadline | None:
    """Close what this one time does for a step: every round that was due by then, or else the first that comes.

    Returns the last round that it closed, None when there is none.
    """
    lock_case(case)
    rounds = list(_open_rounds(case, step))
    met = [row for row in rounds if row.due_on <= on] or rounds[:1]
    for row in met:
        _close(row, MET, on=on, by=by, at=at, why=why)
    refresh_next_deadlines(case=case, at=at, steps=(step,) if met else ())
    return met[-1] if met else None


@transaction.atomic
def drop_deadline(*, case: Case, step: Step, by: Actor, at: datetime, why: str) -> None:
    """End the open rounds of a step that is not needed any more: it lapses, it was neither met nor missed."""
    lock_case(case)
    for row in _open_rounds(case, step):
        save_as(row, by=by, at=at, why=lapse(row, on=day_of(at), why=why))
    refresh_next_deadlines(case=case, at=at, steps=(step,))


@transaction.atomic
def restart_mdo_cycle(*, case: Case, held_on: date, by: Actor, at: datetime) -> Deadline | None:
    """An MDO was held for this case: close the running round and start six weeks from that day (R149, C7 D8).

    An older MDO that is written up later moves nothing; a cancelled one never comes here. After release the MDO is
    recorded and no new round starts: None.
    """
    lock_case(case)
    last = Deadline.objects.filter(case=case, step=Step.MDO_CYCLE).order_by("-round").first()
    if last is not None and case.last_mdo_held_on is not None and held_on <= case.last_mdo_held_on:
        return last
    if last is not None and last.status in RUNNING:
        _close(last, MET, on=held_on, by=by, at=at, why=f"MDO gehouden op {day_text(held_on)}")
    case.last_mdo_held_on = held_on
    own = (Capacity.PRISON,)  # the others hear of an MDO by their own agenda item
    save_case(case, by=by, at=at, why=f"MDO gehouden op {day_text(held_on)}", seen_by=own)
    if case.released_at is not None:
        return None
    deadline = start_round(
        case=case,
        step=Step.MDO_CYCLE,
        since=held_on,
        by=by,
        at=at,
        equated=equated_days(),
        round_number=last.round + 1 if last else 1,
    )
    refresh_next_deadlines(case=case, at=at, steps=(Step.MDO_CYCLE,))
    return deadline


def lapse_all(*, case: Case, on: date, by: Actor, at: datetime, why: str) -> None:
    """End every open term of a case whose detention ended.

    What begins with the release goes on during the aftercare; to close that is what it asked for (R195).
    """
    for row in Deadline.objects.filter(case=case).running():
        if row.step in AFTER_RELEASE and case.phase in RELEASED_PHASES:
            continue
        if row.step in AFTER_RELEASE and case.phase == Phase.CLOSED:
            _close(row, MET, on=day_of(at), by=by, at=at, why=why)
        else:
            save_as(row, by=by, at=at, why=lapse(row, on=on, why=why))


def lapse(row: Deadline, *, on: date, why: str) -> str:
    """End an open term without judging it: before its day a term lapses, it is not missed (C6.19, C6.20)."""
    row.status, row.closed_on = LAPSED, on
    return f"{why}; de termijn was al voorbij" if row.due_on < on else why


def _open_rounds(case: Case, step: Step) -> DeadlineQuerySet:
    return Deadline.objects.filter(case=case, step=step).running().order_by("round")


def _same(row: Deadline, term: Term) -> bool:
    dates = (row.starts_on, row.due_on, row.raw_due_on, tuple(row.skipped_days))
    return dates == (term.starts_on, term.due_on, term.raw_due_on, term.skipped_days)


def meet(row: Deadline, *, on: date, why: str) -> str:
    """Close a round that was done on this day; returns the reason to write it."""
    row.status, row.closed_on = MET, on
    return why


def _close(row: Deadline, status: DeadlineStatus, *, on: date, by: Actor, at: datetime, why: str) -> None:
    row.status, row.closed_on = status, on
    save_as(row, by=by, at=at, why=why)
