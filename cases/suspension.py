"""When may a term be suspended, and when does it end afterwards? Pure: dates in, dates and Dutch out (users.md 2).

The term keeps the days that were left: working days for a term in working days, else calendar days. It never ends
earlier than it did. What was too late already when it was suspended gets no extra day. A term that counts back never
moves, and a statutory term stands still for absence alone.
"""

from collections.abc import Collection as Days
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.frame import Part
from cases.models.vocabulary import Capacity, SuspensionReason
from cases.steps import Meaning, Step, StepRule, Unit
from cases.terms import Term, rolled
from parties.models import RoleKind
from reintegratie.lib.workdays import ONE_DAY, add_working_days, is_working_day

LONGEST = timedelta(days=42)
"""One round of the MDO: who needs more suspends again, and that asks for the afdelingshoofd."""
NEVER = (Step.BEGIN_MESSAGE,)
HAND_REASONS = tuple(
    reason for reason in SuspensionReason if reason not in (SuspensionReason.ABSENT, SuspensionReason.CUSTODY)
)
"""What a person may choose; an interruption of the detention is recorded as a phase."""
SUSPENDING_ROLES: dict[str, frozenset[str]] = {
    Capacity.PRISON: frozenset({RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD}),
    Capacity.ORIGIN: frozenset({RoleKind.AFTERCARE_COORDINATOR}),
    Capacity.RESETTLEMENT: frozenset({RoleKind.AFTERCARE_COORDINATOR}),
    Capacity.PROBATION: frozenset({RoleKind.PROBATION_OFFICER}),
}
"""Who suspends the terms of his own party."""


@dataclass(frozen=True)
class Pause:
    """A period in which a term stood still; ``until`` is the first day on which it ran again."""

    since: date
    until: date


def pauses_of(stored: Iterable[Sequence[str]]) -> list[Pause]:
    """As the term keeps them: pairs of days, oldest first."""
    return [Pause(date.fromisoformat(since), date.fromisoformat(until)) for since, until in stored]


def stored_pauses(pauses: Iterable[Pause]) -> list[list[str]]:
    return [[pause.since.isoformat(), pause.until.isoformat()] for pause in pauses]


def cut_at(pauses: Iterable[Pause], day: date) -> list[Pause]:
    """The pauses as they were when they all ended on this day at the latest."""
    kept = (Pause(pause.since, min(pause.until, day)) for pause in pauses if pause.since < day)
    return list(kept)


def with_pauses(term: Term, rule: StepRule, pauses: Iterable[Pause], equated: Days[date]) -> Term:
    """The term after it stood still in these periods."""
    first = term.due_on
    for pause in pauses if not rule.backward else ():
        if term.due_on >= pause.since:  # what was late already stays late
            term = _shifted(term, rule, pause, equated)
    if term.due_on == first:
        return term
    return replace(
        term, explanation=f"{term.explanation}; {_later(first, term.due_on, rule, equated)} door opschorting"
    )


def _shifted(term: Term, rule: StepRule, pause: Pause, equated: Days[date]) -> Term:
    if rule.unit is Unit.WORKING_DAYS:
        count = working_days_between(pause.since, pause.until, equated)
        due, skipped = add_working_days(term.due_on, count, equated)
        return replace(term, raw_due_on=due, due_on=due, skipped_days=(*term.skipped_days, *skipped))
    raw = term.raw_due_on + (pause.until - pause.since)
    due = max(term.due_on, rolled(rule, raw, equated))
    rolled_over = tuple(raw + timedelta(days=n) for n in range((due - raw).days))
    return replace(term, raw_due_on=raw, due_on=due, skipped_days=rolled_over)


def working_days_between(since: date, until: date, equated: Days[date]) -> int:
    """How many working days lie from this day up to that one, which does not count."""
    return sum(is_working_day(since + ONE_DAY * n, equated) for n in range((until - since).days))


def _later(first: date, due: date, rule: StepRule, equated: Days[date]) -> str:
    """'4 werkdagen later', in the days of the term itself."""
    if rule.unit is Unit.WORKING_DAYS:
        count = working_days_between(first + ONE_DAY, due + ONE_DAY, equated)
        return f"{count} {Unit.WORKING_DAYS.value[count != 1]} later"
    count = (due - first).days
    return f"{count} {Unit.DAYS.value[count != 1]} later"


def refusal_by_rule(rule: StepRule) -> str:
    """Why nobody suspends a term of this step by hand; empty when it may be suspended."""
    if rule.statutory:
        return (
            f"Dit is een wettelijke termijn ({rule.source}). Die loopt door: alleen als de gedetineerde ongeoorloofd "
            "afwezig is of de hechtenis is geschorst, staat hij stil."
        )
    if rule.step in NEVER:
        return "De gemeente hoort altijd meteen van een detentie; dit wordt niet opgeschort."
    if rule.backward:
        return "Deze termijn telt terug vanaf de einddatum en schuift niet op."
    if rule.meaning is not Meaning.DUE:
        return "Dit is een dag vanaf wanneer iets mag; er valt niets op te schorten."
    return ""


def refusal_of_end(until: date, today: date) -> str:
    """Why a suspension may not end on this day."""
    if until <= today:
        return "Kies een dag na vandaag: op die dag loopt de termijn weer."
    if until > today + LONGEST:
        return "Een opschorting duurt hooguit zes weken. Is het dan niet klaar, schort dan opnieuw op."
    return ""


def may_suspend(kind: str, capacity: str | None, responsible: str) -> bool:
    """Whether this role suspends a term of its own party; ``capacity``: in which it takes part."""
    return capacity == responsible and kind in SUSPENDING_ROLES.get(responsible, ())


def tells_why(knows: Days[str], capacity: str | None, responsible: str) -> bool:
    """Whether a party may know why and until when a term stands still: its own party, and who knows the course.

    An absence is one of the reasons, and a gemeente is not told that by the frame (C3); so it reads no reason at all.
    """
    return Part.COURSE in knows or capacity == responsible


def may_grant(kind: str, capacity: str | None, responsible: str, *, asked_it: bool) -> bool:
    """A second one in a row: in a PI the afdelingshoofd decides, elsewhere a colleague of who asked."""
    if responsible == Capacity.PRISON:
        return capacity == responsible and kind == RoleKind.UNIT_HEAD
    return may_suspend(kind, capacity, responsible) and not asked_it
