"""Judge all messages about one person again, and write what changed: the person, his cases, and each message's fate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from cases.actions.episodes import Places, apply_episode
from cases.messages import (
    EpisodeState,
    MessageFacts,
    PersonFacts,
    Standing,
    Stored,
    Verdict,
    facts_of,
    parked,
    replay,
)
from cases.models import Case, Detainee, DetentionMessage, MessageStatus
from parties.models import Organisation, PartyKind
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

SOMEONE_ELSES_BSN = parked(
    "bsn-bij-ander", "Dit BSN staat bij een persoon met een ander strafrechtsketennummer."
)
UNKNOWN_PLACE = parked(
    "onbekende-inrichting", "De inrichting uit deze melding staat niet (meer) in het systeem."
)
SOMEONE_ELSES_NUMBER = parked("insluiting-bij-ander", "Dit insluitingsnummer hoort bij een andere persoon.")


def replay_person(*, chain_number: str, by: Actor, at: datetime) -> None:
    """The outcome is that of the right order by effective moment, whatever the order of arrival (contract 5)."""
    rows = list(DetentionMessage.objects.counting().filter(chain_number=chain_number).order_by("id"))
    stored = [Stored(row.pk, facts, row.status == MessageStatus.APPLIED) for row, facts in _read(rows)]
    cases = list(Case.objects.filter(detainee__chain_number=chain_number).exclude(entered_at=None))
    outcome = replay(
        stored,
        standing={
            case.detention_number: Standing(case.entered_at, case.released_at)
            for case in cases
            if case.entered_at is not None
        },
        refused=_set_apart(stored, chain_number),
        on=day_of(at),
    )
    applied: dict[str, Case] = {}
    if outcome.person is not None and outcome.episodes:
        detainee = _write_person(outcome.person, chain_number, by=by, at=at)
        places = _places(_named(outcome.episodes))
        for state in outcome.episodes:
            applied[state.number] = apply_episode(state=state, detainee=detainee, places=places, by=by, at=at)
        _link(detainee, by=by, at=at)
    _write_verdicts(rows, outcome.verdicts, applied)


def _read(rows: Sequence[DetentionMessage]) -> list[tuple[DetentionMessage, MessageFacts]]:
    read = [(row, facts_of(row.body)[0]) for row in rows]
    return [(row, facts) for row, facts in read if facts is not None]


def _set_apart(stored: Sequence[Stored], chain_number: str) -> dict[int, Verdict]:
    """Messages that name the BSN, the detention or the PI of nobody or somebody else; never guessed (C6.31)."""
    bsns = {one.facts.person.bsn for one in stored}
    numbers = {one.facts.detention_number for one in stored}
    others = Detainee.objects.exclude(chain_number=chain_number)
    foreign_bsns = set(others.filter(bsn__in=bsns).values_list("bsn", flat=True))
    foreign_cases = Case.objects.filter(detention_number__in=numbers).exclude(
        detainee__chain_number=chain_number
    )
    foreign_numbers = set(foreign_cases.values_list("detention_number", flat=True))
    places = _places({one.facts.facility_code for one in stored})
    verdicts = {}
    for one in stored:
        if one.facts.detention_number in foreign_numbers:
            verdicts[one.pk] = SOMEONE_ELSES_NUMBER
        elif one.facts.person.bsn in foreign_bsns:
            verdicts[one.pk] = SOMEONE_ELSES_BSN
        elif one.facts.facility_code not in places:
            verdicts[one.pk] = UNKNOWN_PLACE
    return verdicts


def _write_person(person: PersonFacts, chain_number: str, *, by: Actor, at: datetime) -> Detainee:
    """The person as he was described last; who he is follows from his number, never from his name."""
    detainee = Detainee.objects.select_for_update().filter(chain_number=chain_number).first()
    detainee = detainee or Detainee(chain_number=chain_number)
    values = {
        "bsn": person.bsn or detainee.bsn,
        "first_names": person.first_names,
        "prefix": person.prefix,
        "surname": person.surname,
        "birth_date": person.birth_date or detainee.birth_date,
        "sex": person.sex,
    }
    if detainee._state.adding or any(getattr(detainee, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(detainee, name, value)
        save_as(detainee, by=by, at=at, why="Persoonsgegevens uit een detentiemelding")
    return detainee


def _places(codes: Collection[str]) -> Places:
    found = Organisation.objects.filter(kind=PartyKind.PRISON, code__in=codes)
    return {organisation.code: organisation for organisation in found}


def _named(episodes: Iterable[EpisodeState]) -> set[str]:
    named = {state.announced_facility for state in episodes}
    return named | {stay.facility_code for state in episodes for stay in state.stays}


def _link(detainee: Detainee, *, by: Actor, at: datetime) -> None:
    """A re-entry is a new case that knows the one before it (C2)."""
    previous = None
    for case in Case.objects.filter(detainee=detainee).exclude(entered_at=None).order_by("entered_at"):
        if case.previous_id != (previous.pk if previous else None):
            case.previous = previous
            save_as(case, by=by, at=at, why="Gekoppeld aan de vorige insluiting")
        previous = case


def _write_verdicts(
    rows: Sequence[DetentionMessage], verdicts: Mapping[int, Verdict], applied: Mapping[str, Case]
) -> None:
    known = dict(
        Case.objects.filter(detention_number__in={row.detention_number for row in rows}).values_list(
            "detention_number", "pk"
        )
    )
    for row in rows:
        verdict = verdicts.get(row.pk)
        case_id = known.get(row.detention_number)
        if verdict is None or verdict.code in {SOMEONE_ELSES_NUMBER.code, SOMEONE_ELSES_BSN.code}:
            case_id = row.case_id
        now = (verdict.status, verdict.code, verdict.reason) if verdict else None
        if now in {None, (row.status, row.reason_code, row.reason)} and row.case_id == case_id:
            continue
        if verdict is not None:
            row.status, row.reason_code, row.reason = verdict.status, verdict.code, verdict.reason
        row.case_id = case_id
        row.save(update_fields=["status", "reason_code", "reason", "case"])
