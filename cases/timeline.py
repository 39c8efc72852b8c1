"""What changed in the frame of a case, when, by whom and why, as far as this party may know it?

Old and new come from the history of each table. A change that this party may not know leaves no line at all, and a
party other than the PI sees what happened since it takes part: earlier facts were not given to it (C6.6).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Q, QuerySet

from cases.frame import KNOWS_ALL, KNOWS_DATES, phase_for
from cases.models import (
    Capacity,
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    DeadlineStatus,
    Detainee,
    FacilityStay,
    TaskKind,
)
from cases.process import step_of, steps_for
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text, moment_text

Line = Any  # a row of a history table; simple_history makes the class at run time


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it became, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    """One moment of the timeline. ``actor`` is as the history keeps it; names are looked up in bulk.

    ``table`` is the model whose row changed.
    """

    at: datetime
    actor: str
    what: str
    why: str = ""
    changes: tuple[Change, ...] = ()
    table: str = ""


DATES = (
    "announced_for",
    "entered_at",
    "expected_release_on",
    "released_at",
    "origin_municipality",
    "resettlement_municipality",
)
CASE_FIELDS = {
    **dict.fromkeys(
        KNOWS_ALL,
        (
            "phase",
            *DATES,
            "inflow_type",
            "custody_title",
            "programme",
            "post_release_title",
            "last_mdo_held_on",
        ),
    ),
    **dict.fromkeys(KNOWS_DATES, ("phase", *DATES)),
}
"""Which facts of the frame each party may know, as in cases.frame."""

WORKER_LABEL, STATUS_LABEL = "Behandelaar", "Status"
PERSON_FIELDS = ("bsn", "first_names", "prefix", "surname", "birth_date", "sex")


def frame_events(case: Case, viewer: Viewer, capacity: Capacity | None) -> list[Event]:
    """Every event of the frame for this party, in no order."""
    fields = CASE_FIELDS.get(capacity) if capacity else None
    if fields is None:
        return []
    lines = case.history.select_related("origin_municipality", "resettlement_municipality")
    told = told_lines(in_order(lines), fields, capacity=capacity)
    events = [_told("Zaak", line, changes) for line, changes in told]
    begin = min((event.at for event in events), default=case.changed_at)
    person = Detainee.history.filter(id=case.detainee_id, history_date__gte=begin, history_type="~")
    events += [_told("Persoonsgegevens", *pair) for pair in told_lines(in_order(person), PERSON_FIELDS)]
    events += _stays(case)
    events += _parties(case, viewer, capacity)
    events += _terms(case, capacity)
    events += _tasks(case, viewer)
    since = _knows_since(case, viewer, capacity)
    return [event for event in events if since is None or event.at >= since]


def _knows_since(case: Case, viewer: Viewer, capacity: Capacity | None) -> datetime | None:
    """The PI takes the whole file over at a transfer (PM 38); the others begin where they came in."""
    if capacity == Capacity.PRISON:
        return None
    row = case.parties.of(viewer).first()
    return row.since if row else viewer.at


def in_order(lines: QuerySet[Line]) -> list[Line]:
    """History lines in the order in which they were written; a line may be dated back."""
    return list(lines.order_by("history_id"))


def told_lines(
    lines: Iterable[Line], fields: Collection[str], *, capacity: Capacity | None = None
) -> Iterator[tuple[Line, tuple[Change, ...]]]:
    """Each history line with what it changed in these fields; a line that changed none of them is left out."""
    before: dict[object, Line] = {}
    for line in lines:
        changes = tuple(changes_between(before.get(line.id), line, fields, capacity=capacity))
        before[line.id] = line
        if changes:
            yield line, changes


def changes_between(
    old: Line | None, new: Line, fields: Collection[str], *, capacity: Capacity | None = None
) -> Iterator[Change]:
    """What differs between two lines of one row; the first line tells what was filled in."""
    for name in fields:
        field = new._meta.get_field(name)
        was = _text(old, field, capacity) if old is not None else ""
        now = _text(new, field, capacity)
        if was != now:
            yield Change(str(field.verbose_name).capitalize(), was, now)


def _text(line: Line, field: "Field[Any, Any]", capacity: Capacity | None) -> str:
    """The value of a field in words."""
    if field.name == "phase":
        return phase_for(line.phase, capacity)[1]
    if field.is_relation:
        return _name_of(getattr(line, field.name))
    return value_text(getattr(line, field.attname), dict(field.flatchoices))


def _name_of(row: Any) -> str:  # an organisation or a person
    return str(row.name) if row is not None else ""


def value_text(value: object, choices: dict[Any, Any]) -> str:  # Django's own choices
    """A stored value as people read it."""
    if value in choices and value != "":
        return str(choices[value])
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    return "" if value in (None, "", [], {}) else str(value)


def verb_of(line: Line) -> str:
    return {"+": "vastgelegd", "~": "gewijzigd", "-": "verwijderd"}[line.history_type]


def event_of(line: Line, what: str, changes: tuple[Change, ...] = ()) -> Event:
    why, table = line.history_change_reason or "", line.instance_type.__name__
    return Event(line.history_date, line.history_user_id, what, why, changes, table)


def _told(name: str, line: Line, changes: tuple[Change, ...]) -> Event:
    return event_of(line, f"{name} {verb_of(line)}", changes)


def _stays(case: Case) -> Iterator[Event]:
    lines = FacilityStay.history.filter(case=case).select_related("facility")
    for line, changes in told_lines(in_order(lines), ("facility", "since", "until")):
        yield event_of(line, f"Verblijf in {line.facility.name} {verb_of(line)}", changes)


def _parties(case: Case, viewer: Viewer, capacity: Capacity | None) -> Iterator[Event]:
    """Who came and went. Who does the work inside another organisation is its own affair."""
    lines = CaseParty.history.filter(case=case).select_related("party", "worker")
    if capacity not in KNOWS_ALL:
        known = {Capacity.PRISON} | KNOWS_DATES
        lines = lines.filter(Q(capacity__in=known) | Q(party=viewer.organisation.pk))
    for line, changes in told_lines(in_order(lines), ("capacity", "assignment", "until", "worker")):
        own = line.party_id == viewer.organisation.pk
        shown = tuple(change for change in changes if own or change.label != WORKER_LABEL)
        if shown:
            yield event_of(line, f"Deelname van {line.party.called} {verb_of(line)}", shown)


def _terms(case: Case, capacity: Capacity | None) -> Iterator[Event]:
    lines = Deadline.history.filter(case=case, step__in=steps_for(capacity))
    for line, changes in told_lines(
        in_order(lines), ("due_on", "status", "suspended_until", "suspension_reason")
    ):
        started = line.history_type == "+"
        shown = tuple(change for change in changes if not started or change.label != STATUS_LABEL)
        event = event_of(line, _term_name(line), shown)
        yield replace(event, why="") if started else event


def _term_name(line: Line) -> str:
    label = step_of(line.step, line.step_valid_from).label
    if line.history_type == "+":
        return f"Termijn gestart: {label}"
    if line.status == DeadlineStatus.OPEN:
        return f"Termijn verschoven: {label}"
    return f"Termijn {DeadlineStatus(line.status).label}: {label}"


def _tasks(case: Case, viewer: Viewer) -> Iterator[Event]:
    """The tasks of our own organisation only."""
    for line in CaseTask.history.filter(case=case, party=viewer.organisation.pk):
        label = TaskKind(line.kind).label
        yield event_of(line, f"Taak {'afgedaan' if line.done_at else 'ontstaan'}: {label}")


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Each table gives its lines oldest first; of one moment too the last line stands on top."""
    return sorted(events, key=lambda event: event.at)[::-1]
