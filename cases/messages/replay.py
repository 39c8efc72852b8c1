"""What do all messages about one person say together? A pure answer that does not depend on their order of arrival.

Everything a person's messages say is judged anew with each message (contract 5). The one thing that history decides:
a detention that already stands in the system is not pushed out by another one that overlaps it; the newcomer waits.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from cases.messages.episode import episode_of
from cases.messages.facts import Kind, PersonFacts
from cases.messages.outcome import EpisodeState, Replay, Standing, Stored, Verdict
from cases.models.vocabulary import MessageStatus
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import day_of

LATER = "later"
"""Takes effect on a later day; judged again on that day."""
MAY_WAIT = frozenset({Kind.TRANSFER, Kind.END})
"""What moves a person has effect from its day. A coming entry is known at once, so that everyone can prepare for it."""


def replay(
    messages: Iterable[Stored],
    *,
    standing: Mapping[str, Standing],
    refused: Mapping[int, Verdict],
    on: date,
) -> Replay:
    """Judge every message of one person.

    ``standing`` are the detentions in the system that have begun; ``refused`` the verdicts that were reached outside
    (whose BSN, whose number).
    """
    outcome = Replay(verdicts=dict(refused))
    waiting = _waiting(messages, refused, on, outcome)
    birth_date = _latest_person(waiting).birth_date if waiting else None
    states: list[tuple[EpisodeState, list[Stored]]] = []
    for number, group in sorted(_by_number(waiting).items()):
        state = episode_of(number, group, birth_date, outcome)
        if state is not None:
            states.append((state, group))
    _admit_all(states, standing, outcome)
    applied = [stored for stored in waiting if _is_applied(stored, outcome)]
    outcome.person = _latest_person(applied) if applied else None
    outcome.episodes.sort(key=lambda state: (state.begin_at, state.number))
    return outcome


def _waiting(messages: Iterable[Stored], refused: Collection[int], on: date, outcome: Replay) -> list[Stored]:
    """The messages that may count today, in the order in which they were sent; the rest takes effect later."""
    waiting = []
    for stored in sorted(messages, key=lambda stored: stored.facts.order):
        if stored.pk in refused:
            continue
        effective_on = day_of(stored.facts.effective_at)
        if effective_on > on and stored.facts.kind in MAY_WAIT:
            why = f"Gaat pas in op {day_text(effective_on)}; wordt dan vanzelf verwerkt."
            outcome.park([stored], LATER, why)
        else:
            waiting.append(stored)
    return waiting


def _by_number(messages: Iterable[Stored]) -> dict[str, list[Stored]]:
    groups: dict[str, list[Stored]] = defaultdict(list)
    for stored in messages:
        groups[stored.facts.detention_number].append(stored)
    return groups


def _latest_person(messages: list[Stored]) -> PersonFacts:
    """The person as he was described last; a BSN or birth date that was known is not forgotten."""
    people = [stored.facts.person for stored in messages]
    return replace(
        people[-1],
        chain_number=next((one.chain_number for one in reversed(people) if one.chain_number), ""),
        bsn=next((one.bsn for one in reversed(people) if one.bsn), None),
        birth_date=next((one.birth_date for one in reversed(people) if one.birth_date), None),
    )


def _admit_all(
    states: list[tuple[EpisodeState, list[Stored]]], standing: Mapping[str, Standing], outcome: Replay
) -> None:
    """Let detentions in that overlap no other; what stands and has no news first, newcomers last."""
    judged = {state.number for state, _ in states}
    taken = [period for number, period in standing.items() if number not in judged]

    def turn(pair: tuple[EpisodeState, list[Stored]]) -> tuple[bool, bool, object, str]:
        state, group = pair
        news = any(not stored.applied_before for stored in group)
        return (state.number not in standing, news, state.begin_at, state.number)

    for state, group in sorted(states, key=turn):
        if state.entered_at is None:
            outcome.episodes.append(state)
        elif any(state.period.overlaps(other) for other in taken):
            _keep_waiting(state, group, standing, outcome)
            taken += [standing[state.number]] if state.number in standing else []
        else:
            outcome.episodes.append(state)
            taken.append(state.period)


def _keep_waiting(
    state: EpisodeState, group: list[Stored], standing: Mapping[str, Standing], outcome: Replay
) -> None:
    if state.number in standing:
        news = [stored for stored in group if not stored.applied_before]
        outcome.park(news, "overlapt", "Overlapt met een andere insluiting van deze persoon.")
        return
    why = "De vorige insluiting van deze persoon is nog niet beëindigd; wordt vanzelf verwerkt na het einde."
    outcome.park(group, "vorige-loopt-nog", why)


def _is_applied(stored: Stored, outcome: Replay) -> bool:
    verdict = outcome.verdicts.get(stored.pk)
    return verdict is None or verdict.status == MessageStatus.APPLIED
