"""Write what the messages about one detention say: dates, stays, phase, and who takes part."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import connection

from cases.access import Period, keep_periods
from cases.actions.chores import sync_chores
from cases.actions.circle import Circle
from cases.actions.clocks import run_clocks
from cases.actions.echoes import Before, tell_parties
from cases.actions.parties import bring_in_origin
from cases.actions.record import refresh_next_deadlines, save_case
from cases.events import Facts, RoadEvent
from cases.messages import EpisodeState, Stay
from cases.models import (
    ENDED_PHASES,
    RELEASED_PHASES,
    Capacity,
    Case,
    CaseParty,
    Detainee,
    FacilityStay,
    InflowType,
    Phase,
    Programme,
)
from cases.road import STOPPED_PHASES, Refused, step
from parties.models import Organisation, PartyKind
from reintegratie.lib.history import Actor, delete_as, save_as
from reintegratie.lib.workdays import day_of

Places = Mapping[str, Organisation]
BEFORE_ENTRY = (Phase.ANNOUNCED, Phase.NOT_REPORTED)


def apply_episode(
    *, state: EpisodeState, detainee: Detainee, places: Places, by: Actor, at: datetime
) -> Case:
    """Bring one case in line with what its messages say together; when it is already, nothing is written."""
    known = Case.objects.with_frame().filter(detention_number=state.number).first()
    case = known or Case(detention_number=state.number, detainee=detainee)
    before = Before.of(case)
    _write_frame(case, state, by=by, at=at)
    _write_stays(case, state, places, by=by, at=at)
    why = "Detentiemelding verwerkt"
    periods = _prison_periods(case, state, places)
    moved = keep_periods(case=case, capacity=Capacity.PRISON, periods=periods, by=by, at=at, why=why)
    _follow_entry(case, before, by=by, at=at)
    if moved:
        refresh_next_deadlines(case=case, at=at)
    if case.phase in STOPPED_PHASES:
        return case
    bring_in_origin(case=case, since=state.opens_at, by=by, at=at)
    circle = Circle.of(case, at)
    sync_chores(circle=circle, origin_code=state.origin_code, by=by, at=at)
    run_clocks(case=case, by=by, at=at)
    tell_parties(circle=circle, before=before, stays=state.stays, by=by, at=at)
    return case


def _write_frame(case: Case, state: EpisodeState, *, by: Actor, at: datetime) -> None:
    values = _frame_values(case, state, at)
    new = case._state.adding
    if not new and all(getattr(case, name) == value for name, value in values.items()):
        return
    why = _why(case, state)
    for name, value in values.items():
        setattr(case, name, value)
    if new:
        case.number, case.changed_at = _next_number(at), at
        save_as(case, by=by, at=at, why=why)
    else:
        save_case(case, by=by, at=at, why=why)


def _frame_values(case: Case, state: EpisodeState, at: datetime) -> dict[str, Any]:  # fields of Case by name
    phase = _phase(case, state, at)
    values: dict[str, Any] = {
        "inflow_type": state.inflow_type,
        "custody_title": state.custody_title,
        "announced_for": state.announced_for,
        "entered_at": state.entered_at,
        "released_at": state.released_at,
        "expected_release_on": state.expected_release_on,
        "phase": phase,
    }
    if phase != case.phase:
        values |= _since(phase, state)
    if not case.origin_set_by_hand:
        values["origin_municipality"] = municipality_of(state.origin_code, at)
    if state.entered_at is not None and (case._state.adding or case.phase in BEFORE_ENTRY):
        plus = state.inflow_type == InflowType.SELF_REPORTER
        values["programme"] = Programme.PLUS if plus else Programme.BASIC
    return values


def _phase(case: Case, state: EpisodeState, at: datetime) -> Phase:
    """Entry and release come from messages; what lies between is the work of people (C2).

    The table decides: an event that it refuses here happened before, or comes after the end, and changes no phase.
    """
    phase = None if case._state.adding else Phase(case.phase)
    for event, to in _said(case, state):
        today = day_of(at)
        with suppress(Refused):
            phase = step(event, Facts(phase, today, today), to=to)
    assert phase is not None
    return phase


def _since(phase: Phase, state: EpisodeState) -> dict[str, Any]:  # fields of Case by name
    """From which day a phase holds that a message brought; nothing it interrupted is waiting any more."""
    began = state.released_at if phase in RELEASED_PHASES else state.entered_at
    return {"phase_since": day_of(began) if began else None, "phase_before": "", "phase_reason": ""}


def _said(case: Case, state: EpisodeState) -> Iterator[tuple[RoadEvent, Phase]]:
    """What the messages say together, in the order of the road."""
    if state.entered_at is None:
        yield RoadEvent.ANNOUNCED, Phase.ANNOUNCED
    else:
        yield RoadEvent.ENTERED, Phase.ADMITTED
    if state.released_at is not None:
        with_title = bool(case.post_release_title)
        yield RoadEvent.RELEASED, Phase.RELEASED_WITH_TITLE if with_title else Phase.RELEASED_NO_TITLE


def _why(case: Case, state: EpisodeState) -> str:
    """What the messages changed, in words for the history of the case."""
    if case._state.adding:
        return "Begin detentie gemeld" if state.entered_at else "Zelfmelder aangekondigd"
    changes = (
        (case.entered_at is None and state.entered_at is not None, "Begin detentie gemeld"),
        (case.released_at != state.released_at, "Einde detentie gemeld"),
        (case.entered_at != state.entered_at, "Begindatum gecorrigeerd"),
        (case.expected_release_on != state.expected_release_on, "Verwachte einddatum gewijzigd"),
    )
    return next((text for changed, text in changes if changed), "Detentiemelding verwerkt")


def municipality_of(code: str, at: datetime) -> Organisation | None:
    """The gemeente with this code on this day; a merged one is followed to its successor (C6.28)."""
    found = Organisation.objects.filter(kind=PartyKind.MUNICIPALITY, code=code).first() if code else None
    seen = set()
    while found and found.valid_until and found.valid_until <= day_of(at) and found.successor:
        if found.pk in seen:
            break
        seen.add(found.pk)
        found = found.successor
    return found


def _next_number(at: datetime) -> str:
    """Z-2026-00042: given once, from a sequence; gaps are fine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_number')")
        return f"Z-{day_of(at).year}-{cursor.fetchone()[0]:05d}"


def _write_stays(case: Case, state: EpisodeState, places: Places, *, by: Actor, at: datetime) -> None:
    """The stays inside, in order. An announced zelfmelder stays nowhere yet."""
    wanted = [] if state.entered_at is None else list(state.stays)
    rows = list(FacilityStay.objects.filter(case=case).order_by("since"))
    for stay in wanted:
        row = _row_for(stay, rows, places) or FacilityStay(case=case, detainee=case.detainee)
        values = (places[stay.facility_code].pk, stay.since, stay.until)
        if not row._state.adding and (row.facility_id, row.since, row.until) == values:
            continue
        row.facility_id, row.since, row.until = values
        save_as(row, by=by, at=at, why="Verblijf volgens de detentiemeldingen")
    for row in rows:
        delete_as(row, by=by, at=at, why="Verblijf vervallen na een latere melding")


def _row_for(stay: Stay, rows: list[FacilityStay], places: Places) -> FacilityStay | None:
    place = places[stay.facility_code].pk
    mine = sorted(
        (row for row in rows if row.facility_id == place),
        key=lambda row: (row.since != stay.since, row.since),
    )
    if mine:
        rows.remove(mine[0])
    return mine[0] if mine else None


def _prison_periods(case: Case, state: EpisodeState, places: Places) -> list[Period]:
    """Who keeps the file when: the announced PI until the entry, then the PI of stay; the last one keeps it (C2)."""
    turns: list[tuple[str, datetime]] = []
    if state.announced_at and (state.entered_at is None or state.announced_at < state.entered_at):
        turns.append((state.announced_facility, state.announced_at))
    if state.entered_at is not None:
        first, *rest = state.stays
        turns += [(first.facility_code, first.since if turns else min(first.since, state.opens_at))]
        turns += [(stay.facility_code, stay.since) for stay in rest]
    merged = [turn for n, turn in enumerate(turns) if n == 0 or turns[n - 1][0] != turn[0]]
    ends = [since for _, since in merged[1:]] + [None]
    is_open = case.phase not in (*RELEASED_PHASES, *ENDED_PHASES)
    return [
        Period(places[code], since, until, is_open=is_open and until is None)
        for (code, since), until in zip(merged, ends, strict=True)
    ]


def _follow_entry(case: Case, before: Before, *, by: Actor, at: datetime) -> None:
    """A corrected begin date moves the begin of the gemeente's part, when that came from the message."""
    if before.entered_at is None or before.entered_at == case.entered_at or case.entered_at is None:
        return
    rows = CaseParty.objects.filter(case=case, capacity=Capacity.ORIGIN, since=before.entered_at, until=None)
    for row in rows:
        row.since, row.changed_at = case.entered_at, at
        save_as(row, by=by, at=at, why="Begindatum gecorrigeerd")
