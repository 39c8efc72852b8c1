"""The road of an episode (C2): one table for messages and people, and no way around it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.events import Facts, Guard, RoadEvent
from cases.models import ENDED_PHASES, RELEASED_PHASES, CustodyTitle, Phase, Programme
from cases.road import INSIDE, INTERRUPTED, RELEASED, TABLE, Refused, may_move, refusal_of, row_of, step
from cases.road_document import document

TODAY = date(2026, 4, 22)
ALLOWED = Facts(
    phase=None,
    today=TODAY,
    on=TODAY,
    inflow_type="zelfmelder",
    custody_title=CustodyTitle.PRETRIAL,
    programme=Programme.BASIC,
)
"""A case of which no guard refuses anything but a demotion."""
EVENTS = st.lists(st.tuples(st.sampled_from(RoadEvent), st.sampled_from(Phase)), max_size=40)


def at(phase: Phase | None, **facts: object) -> Facts:
    return Facts(**{**ALLOWED.__dict__, "phase": phase, **facts})  # type: ignore[arg-type]  # fields of Facts


def test_every_event_has_one_row_with_a_source_and_a_sentence() -> None:
    assert [row.event for row in TABLE] == list(RoadEvent)
    assert all(row.source and row.refusal.endswith(".") and row.setters for row in TABLE)


@pytest.mark.parametrize("event", RoadEvent)
def test_whatever_is_refused_says_why_in_dutch(event: RoadEvent) -> None:
    programme = Programme.PLUS if event == RoadEvent.DEMOTED else Programme.BASIC
    for phase in (None, *Phase):
        refused = refusal_of(event, at(phase, programme=programme))

        assert bool(refused) == (phase not in row_of(event).origins)
        assert not refused or refused.startswith(row_of(event).refusal)


@settings(max_examples=400)
@given(EVENTS)
def test_no_sequence_of_events_skips_a_phase(events: list[tuple[RoadEvent, Phase]]) -> None:
    """Inside comes after entry, aftercare and closing after the release; and what has ended stays ended."""
    phase: Phase | None = None
    past: list[Phase | None] = [None]
    for event, choice in events:
        try:
            after = step(event, at(phase), to=choice)
        except Refused:
            continue
        if after != phase and phase is not None and after is not None:
            assert may_move(phase, after)
        if phase in ENDED_PHASES and after != phase:
            assert (phase, event) == (Phase.NOT_REPORTED, RoadEvent.ENTERED)
        phase = after
        past.append(phase)
    if phase in (*INSIDE, *INTERRUPTED):
        assert Phase.ADMITTED in past
    if phase in (Phase.AFTERCARE, Phase.CLOSED):
        assert set(past) & set(RELEASED)
        assert Phase.AFTERCARE in past


def test_nobody_is_closed_without_a_release() -> None:
    ways = {row.event: row.origins for row in TABLE if Phase.CLOSED in row.to}

    assert ways == {RoadEvent.AFTERCARE_CLOSED: (Phase.AFTERCARE,)}
    assert [row.event for row in TABLE if Phase.AFTERCARE in row.to] == [RoadEvent.AFTERCARE_STARTED]
    assert set(row_of(RoadEvent.AFTERCARE_STARTED).origins) == set(RELEASED)


@pytest.mark.parametrize("phase", INSIDE)
def test_a_release_comes_from_any_phase_inside(phase: Phase) -> None:
    assert step(RoadEvent.RELEASED, at(phase), to=Phase.RELEASED_NO_TITLE) == Phase.RELEASED_NO_TITLE


@pytest.mark.parametrize("phase", [phase for phase in ENDED_PHASES if phase != Phase.NOT_REPORTED])
def test_ended_stays_ended(phase: Phase) -> None:
    assert [row.event for row in TABLE if phase in row.origins and row.to] == []


@pytest.mark.parametrize(
    ("event", "phase", "facts", "sentence"),
    [
        (RoadEvent.ABSENT, Phase.SCREENED, {"on": date(2026, 4, 23)}, "ligt in de toekomst"),
        (
            RoadEvent.ABSENT,
            Phase.SCREENED,
            {"entered_on": date(2026, 4, 23)},
            "voor de binnenkomst op 23 april",
        ),
        (RoadEvent.RETURNED, Phase.ABSENT, {"phase_since": date(2026, 4, 23)}, "huidige fase op 23 april"),
        (
            RoadEvent.CUSTODY_SUSPENDED,
            Phase.SCREENED,
            {"custody_title": "isd"},
            "Alleen voorlopige hechtenis",
        ),
        (RoadEvent.NOT_REPORTED, Phase.ANNOUNCED, {"inflow_type": "arrestant"}, "Alleen een zelfmelder"),
        (
            RoadEvent.NOT_REPORTED,
            Phase.ANNOUNCED,
            {"announced_for": date(2026, 4, 23)},
            "opgeroepen voor 23 april",
        ),
        (RoadEvent.PROMOTED, Phase.MONITORING, {"programme": Programme.PLUS}, "begint al in plus"),
        (RoadEvent.PROMOTED, Phase.MONITORING, {"promotion_from": date(2026, 6, 1)}, "vanaf 1 juni 2026"),
        (RoadEvent.PROMOTED, Phase.MONITORING, {"place_kinds": ("gevangenis", "ebi")}, "geen promotie"),
        (RoadEvent.PROMOTED, Phase.MONITORING, {"custody_title": "isd"}, "geen promotie"),
        (RoadEvent.DEMOTED, Phase.MONITORING, {}, "volgt het plusprogramma niet"),
        (RoadEvent.PROMOTED, Phase.MONITORING, {"programme_since": date(2026, 4, 23)}, "vorige besluit"),
    ],
)
def test_each_guard_says_what_is_not_so(
    event: RoadEvent, phase: Phase, facts: dict[str, object], sentence: str
) -> None:
    assert sentence in refusal_of(event, at(phase, **facts))


def test_every_guard_is_used_and_holds_for_an_ordinary_case() -> None:
    assert {guard for row in TABLE for guard in row.guards} == set(Guard)


def test_the_document_for_people_is_the_table() -> None:
    """Write it again with ``manage.py process_document > docs/werkproces.md``."""
    written = Path(__file__).resolve().parents[2] / "docs" / "werkproces.md"

    assert written.read_text() == document()


def test_released_phases_are_those_of_the_vocabulary() -> None:
    assert set(RELEASED_PHASES) == {*RELEASED, Phase.AFTERCARE}
