"""What changed in the frame of a case, when, by whom and why, as far as this party may know it?

Old and new come from the history of each table. A change that this party may not know leaves no line at all, and a
party other than the PI sees what happened since it takes part: earlier facts were not given to it (C6.6).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Q, QuerySet

from cases.frame import KNOWS_DATES, Knowledge, Part, phase_for
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
)
GEMEENTEN = ("origin_municipality", "resettlement_municipality")
CASE_FIELDS = {
    Part.IDENTITY: GEMEENTEN,
    Part.DETENTION: ("phase", *DATES),
    Part.COURSE: (
        "inflow_type",
        "custody_title",
        "phase_since",
        "phase_reason",
        "extramural_ground",
        "programme",
        "programme_since",
        "programme_reason",
        "post_release_title",
        "last_mdo_held_on",
    ),
}
"""Which facts of a case belong to each part of the frame, as in cases.frame."""
PERSON_FIELDS = {
    Part.NAME: ("first_names", "prefix", "surname"),
    Part.IDENTITY: ("bsn", "birth_date", "sex"),
}

STATUS_LABEL = "Status"
OWN_AFFAIRS = {"Behandelaar", "Afdeling", "Afgeschermd"}
"""What an organisation arranges inside, and no other party reads."""
NOT_SHIELDED = Change("Afgeschermd", "", "nee")
"""How every taking part begins: nothing to tell."""


def frame_events(case: Case, viewer: Viewer, capacity: Capacity | None, knows: Knowledge) -> list[Event]:
    """Every event of the frame for a party that knows these parts of it, in no order."""
    if capacity is None:
        return []
    fields = [name for part, names in CASE_FIELDS.items() if part in knows for name in names]
    lines = case.history.select_related("origin_municipality", "resettlement_municipality")
    told = told_lines(in_order(lines), fields, knows=knows)
    events = [_told("Zaak", line, changes) for line, changes in told]
    begin = min((event.at for event in events), default=case.changed_at)
    person = Detainee.history.filter(id=case.detainee_id, history_date__gte=begin, history_type="~")
    personal = [name for part, names in PERSON_FIELDS.items() if part in knows for name in names]
    events += [_told("Persoonsgegevens", *pair) for pair in told_lines(in_order(person), personal)]
    events += _stays(case) if Part.DETENTION in knows else []
    events += _parties(case, viewer, knows)
    events += _terms(case, capacity, knows) if Part.DETENTION in knows else []
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
    lines: Iterable[Line], fields: Collection[str], *, knows: Knowledge = frozenset()
) -> Iterator[tuple[Line, tuple[Change, ...]]]:
    """Each history line with what it changed in these fields; a line that changed none of them is left out."""
    before: dict[object, Line] = {}
    for line in lines:
        changes = tuple(changes_between(before.get(line.id), line, fields, knows=knows))
        before[line.id] = line
        if changes:
            yield line, changes


def changes_between(
    old: Line | None, new: Line, fields: Collection[str], *, knows: Knowledge = frozenset()
) -> Iterator[Change]:
    """What differs between two lines of one row; the first line tells what was filled in."""
    for name in fields:
        field = new._meta.get_field(name)
        was = _text(old, field, knows) if old is not None else ""
        now = _text(new, field, knows)
        if was != now:
            yield Change(str(field.verbose_name).capitalize(), was, now)


def _text(line: Line, field: "Field[Any, Any]", knows: Knowledge) -> str:
    """The value of a field in words."""
    if field.name == "phase":
        return phase_for(line.phase, knows)[1]
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


def _parties(case: Case, viewer: Viewer, knows: Knowledge) -> Iterator[Event]:
    """Who came and went. Who does the work inside another organisation is its own affair."""
    lines = CaseParty.history.filter(case=case).select_related("party", "worker")
    if Part.COURSE not in knows:
        known = ({Capacity.PRISON} if Part.DETENTION in knows else set()) | (
            KNOWS_DATES if Part.IDENTITY in knows else set()
        )
        lines = lines.filter(Q(capacity__in=known) | Q(party=viewer.organisation.pk))
    for line, changes in told_lines(
        in_order(lines), ("capacity", "assignment", "until", "worker", "unit", "named_only")
    ):
        own = line.party_id == viewer.organisation.pk
        shown = tuple(one for one in changes if one != NOT_SHIELDED and (own or one.label not in OWN_AFFAIRS))
        if shown:
            yield event_of(line, f"Deelname van {line.party.called} {verb_of(line)}", shown)


def _terms(case: Case, capacity: Capacity | None, knows: Knowledge) -> Iterator[Event]:
    """Why a term stood still is for who knows the course: an absence is one of the reasons (C3)."""
    why = ("suspended_until", "suspension_reason") if Part.COURSE in knows else ()
    fields = ("due_on", "status", *why)
    lines = Deadline.history.filter(case=case, step__in=steps_for(capacity))
    for line, changes in told_lines(in_order(lines), fields):
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
