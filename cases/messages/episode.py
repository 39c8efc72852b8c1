"""What do the messages about one detention say together? Each counts from the moment from which it holds."""

from dataclasses import replace
from datetime import date, datetime

from cases.messages.facts import Kind
from cases.messages.outcome import APPLIED, EpisodeState, Replay, Stay, Stored, parked
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import day_of

ADULT = 18


def episode_of(
    number: str, group: list[Stored], birth_date: date | None, outcome: Replay
) -> EpisodeState | None:
    """One detention from its messages, oldest statement first; None when it cannot begin."""
    announcement = _last(group, Kind.ANNOUNCEMENT)
    begin = _last(group, Kind.BEGIN)
    source = begin or announcement
    if source is None:
        outcome.park(_news(group), "wacht-op-begin", "Er is nog geen beginmelding van deze insluiting.")
        return None
    start = day_of(begin.facts.effective_at) if begin else source.facts.announced_for
    if birth_date is not None and start is not None and _age(birth_date, start) < ADULT:
        outcome.park(
            _news(group),
            "minderjarig",
            "Jonger dan 18 jaar bij binnenkomst: valt buiten het akkoord (R12). Er is niets gedeeld.",
        )
        return None
    for stored in group:
        if stored.facts.kind in {Kind.ANNOUNCEMENT, Kind.BEGIN}:
            outcome.verdicts[stored.pk] = APPLIED
    state = EpisodeState(
        number=number,
        inflow_type=source.facts.inflow_type,
        custody_title=source.facts.custody_title,
        announced_at=announcement.facts.sent_at if announcement else None,
        announced_for=announcement.facts.announced_for if announcement else None,
        announced_facility=announcement.facts.facility_code if announcement else "",
        origin_code=next((one.facts.origin_code for one in reversed(group) if one.facts.origin_code), ""),
    )
    state = _inside(state, group, begin, outcome) if begin else _announced(state, source, group, outcome)
    return _with_release_date(state, group, outcome)


def _announced(
    state: EpisodeState, announcement: Stored, group: list[Stored], outcome: Replay
) -> EpisodeState:
    """Only announced: whatever needs a beginning waits for it."""
    late = [one for one in group if one.facts.kind in {Kind.TRANSFER, Kind.END, Kind.CORRECTION}]
    outcome.park(late, "wacht-op-begin", "Er is nog geen beginmelding van deze insluiting.")
    stay = Stay(announcement.facts.facility_code, announcement.facts.sent_at, None)
    return replace(state, stays=(stay,))


def _inside(state: EpisodeState, group: list[Stored], begin: Stored, outcome: Replay) -> EpisodeState:
    """Begin, correction, transfers and end, each judged by the moment from which it holds."""
    end = _end(group, begin.facts.effective_at, outcome)
    entered_at = _corrected(group, begin, end, outcome)
    places = [(begin.facts.facility_code, entered_at)]
    for transfer in _transfers(group, entered_at, end, outcome):
        places += [(transfer.facts.facility_code, transfer.facts.effective_at)]
    stays = [Stay(facility, since, None) for facility, since in places]
    ends = [stay.since for stay in stays[1:]] + [end]
    stays = [replace(stay, until=until) for stay, until in zip(stays, ends, strict=True)]
    return replace(
        state,
        entered_at=entered_at,
        heard_at=begin.received_at,
        released_at=end,
        stays=_joined(stays),
    )


def _end(group: list[Stored], begun_at: datetime, outcome: Replay) -> datetime | None:
    end_at = None
    for stored in group:
        if stored.facts.kind != Kind.END:
            continue
        if stored.facts.effective_at < begun_at:
            outcome.verdicts[stored.pk] = parked(
                "einde-voor-begin",
                f"Het einde ligt voor het begin van de insluiting ({day_text(day_of(begun_at))}).",
            )
        else:
            outcome.verdicts[stored.pk] = APPLIED
            end_at = stored.facts.effective_at
    return end_at


def _corrected(group: list[Stored], begin: Stored, end: datetime | None, outcome: Replay) -> datetime:
    """The begin as it was stated last; a correction that puts it after the end cannot be right."""
    entered_at, stated = begin.facts.effective_at, begin.facts.order
    for stored in group:
        if stored.facts.kind != Kind.CORRECTION:
            continue
        if end is not None and stored.facts.effective_at > end:
            outcome.verdicts[stored.pk] = parked(
                "begin-na-einde", f"Het gecorrigeerde begin ligt na het einde ({day_text(day_of(end))})."
            )
            continue
        outcome.verdicts[stored.pk] = APPLIED
        if stored.facts.order > stated:
            entered_at, stated = stored.facts.effective_at, stored.facts.order
    return entered_at


def _transfers(
    group: list[Stored], entered_at: datetime, end: datetime | None, outcome: Replay
) -> list[Stored]:
    """Transfers by the moment from which they hold; of two at the same moment the later statement counts."""
    by_moment: dict[datetime, Stored] = {}
    for stored in group:
        if stored.facts.kind != Kind.TRANSFER:
            continue
        moment = stored.facts.effective_at
        if moment < entered_at:
            why = f"De overplaatsing ligt voor het begin van de insluiting ({day_text(day_of(entered_at))})."
            outcome.verdicts[stored.pk] = parked("overplaatsing-voor-begin", why)
        elif end is not None and moment >= end:
            why = f"De overplaatsing ligt na het einde van de insluiting ({day_text(day_of(end))})."
            outcome.verdicts[stored.pk] = parked("overplaatsing-na-einde", why)
        else:
            outcome.verdicts[stored.pk] = APPLIED
            by_moment[moment] = stored
    return [by_moment[moment] for moment in sorted(by_moment)]


def _joined(stays: list[Stay]) -> tuple[Stay, ...]:
    """Leave out empty stays and join stays in the same PI that follow each other."""
    joined: list[Stay] = []
    for stay in stays:
        if stay.until is not None and stay.until <= stay.since and len(stays) > 1:
            continue
        if joined and joined[-1].facility_code == stay.facility_code:
            joined[-1] = replace(joined[-1], until=stay.until)
        else:
            joined.append(stay)
    return tuple(joined)


def _with_release_date(state: EpisodeState, group: list[Stored], outcome: Replay) -> EpisodeState:
    """The expected end as DJI stated it last (C7 D14). A date before the begin is not taken over."""
    begun_on = day_of(state.entered_at) if state.entered_at else state.announced_for
    expected = None
    for stored in group:
        facts = stored.facts
        if facts.kind not in {Kind.ANNOUNCEMENT, Kind.BEGIN, Kind.RELEASE_DATE}:
            continue
        impossible = bool(begun_on and facts.expected_release_on and facts.expected_release_on < begun_on)
        if facts.kind == Kind.RELEASE_DATE:
            why = "De verwachte einddatum ligt voor het begin van de insluiting."
            outcome.verdicts[stored.pk] = parked("einddatum-voor-begin", why) if impossible else APPLIED
        if not impossible:
            expected = facts.expected_release_on
    return replace(state, expected_release_on=expected)


def _news(group: list[Stored]) -> list[Stored]:
    """What was applied before stays applied; a person decides what must become of it."""
    return [stored for stored in group if not stored.applied_before]


def _last(group: list[Stored], kind: Kind) -> Stored | None:
    return next((stored for stored in reversed(group) if stored.facts.kind == kind), None)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
