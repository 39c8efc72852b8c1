"""Judge all messages about one person again, and write what changed: the person, his cases, and each message's fate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from cases.actions.episodes import Places, apply_episode
from cases.actions.record import lock_cases
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
    stored = [
        Stored(row.pk, facts, row.received_at, row.status == MessageStatus.APPLIED)
        for row, facts in _read(rows)
    ]
    cases = _cases(chain_number, stored)
    outcome = replay(
        stored,
        standing={
            number: Standing(case.entered_at, case.released_at)
            for number, case in cases.items()
            if case.entered_at is not None and case.detainee.chain_number == chain_number
        },
        refused=_set_apart(stored, chain_number, cases),
        on=day_of(at),
    )
    if outcome.person is not None and outcome.episodes:
        detainee = _write_person(outcome.person, chain_number, by=by, at=at)
        places = _places(_named(outcome.episodes))
        for state in outcome.episodes:
            cases[state.number] = apply_episode(state=state, detainee=detainee, places=places, by=by, at=at)
        if len(cases) > 1:
            _link(detainee, by=by, at=at)
    _write_verdicts(rows, outcome.verdicts, cases)


def _cases(chain_number: str, stored: Sequence[Stored]) -> dict[str, Case]:
    """The cases of this person, and those of others whose number his messages name; locked before anything is judged."""
    numbers = {one.facts.detention_number for one in stored}
    found = Case.objects.filter(Q(detainee__chain_number=chain_number) | Q(detention_number__in=numbers))
    return {case.detention_number: case for case in lock_cases(found.values("pk"))}


def _read(rows: Sequence[DetentionMessage]) -> list[tuple[DetentionMessage, MessageFacts]]:
    read = [(row, facts_of(row.body)[0]) for row in rows]
    return [(row, facts) for row, facts in read if facts is not None]


def _set_apart(stored: Sequence[Stored], chain_number: str, cases: Mapping[str, Case]) -> dict[int, Verdict]:
    """Messages that name the BSN, the detention or the PI of nobody or somebody else; never guessed (C6.31)."""
    bsns = {one.facts.person.bsn for one in stored}
    others = Detainee.objects.filter(bsn__in=bsns).exclude(chain_number=chain_number)
    foreign_bsns = set(others.values_list("bsn", flat=True))
    foreign = {number for number, case in cases.items() if case.detainee.chain_number != chain_number}
    places = _places({one.facts.facility_code for one in stored})
    verdicts = {}
    for one in stored:
        if one.facts.detention_number in foreign:
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
    found = Organisation.objects.select_related("group").filter(kind=PartyKind.PRISON, code__in=codes)
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
    rows: Sequence[DetentionMessage], verdicts: Mapping[int, Verdict], cases: Mapping[str, Case]
) -> None:
    """What became of each message. One about somebody else's number or BSN is not tied to a case."""
    for row in rows:
        verdict = verdicts.get(row.pk)
        if verdict is None:
            continue
        case = cases.get(row.detention_number)
        stranger = verdict in {SOMEONE_ELSES_NUMBER, SOMEONE_ELSES_BSN}
        case_id = case.pk if case is not None and not stranger else None
        now = (verdict.status, verdict.code, verdict.reason, case_id)
        if now != (row.status, row.reason_code, row.reason, row.case_id):
            row.status, row.reason_code, row.reason, row.case_id = now
            row.save(update_fields=["status", "reason_code", "reason", "case"])
