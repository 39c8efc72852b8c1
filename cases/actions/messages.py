"""Take in detention messages: store, judge with everything else about the person, and apply the difference (contract 5).

Messages are handled one at a time, under one lock of the database: what they say together does not depend on their
order of arrival, and two that arrive at the same moment cannot make the same person or case twice.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, connection, transaction

from cases.actions.people import replay_person
from cases.messages import Fault, MessageFacts, Verdict, digest_of, facts_of, parked
from cases.models import Case, Detainee, DetentionMessage, MessageStatus
from parties import ledger
from parties.models import ApiClient, Organisation, PartyKind
from parties.viewer import Viewer
from reintegratie.lib.history import Actor

log = logging.getLogger(__name__)

INTAKE_LOCK = 20_190_701
UNKNOWN_FACILITY, CONFLICT, INVALID = "onbekende-inrichting", "andere-inhoud", "ongeldig"
CLASH = parked("botst", "Past niet bij wat er over deze persoon al vastligt; zoek uit welke melding klopt.")


class Result(StrEnum):
    """What a sender hears."""

    ACCEPTED = "verwerkt"
    KNOWN = "al bekend"
    PARKED = "geparkeerd"
    REFUSED = "geweigerd"


@dataclass(frozen=True)
class Outcome:
    """What became of one message. ``conflict``: the id was used before for other content (409)."""

    result: Result
    code: str = ""
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    message: DetentionMessage | None = None
    case: Case | None = None

    @property
    def conflict(self) -> bool:
        return self.code == CONFLICT


@transaction.atomic
def receive_message(
    *, body: Any, by: Actor, at: datetime, client: ApiClient | None = None
) -> Outcome:  # body: any JSON value
    """Take in one message. The same message again is known; an id that comes back with other content is refused."""
    facts, faults = facts_of(body)
    if facts is None:
        reason = "; ".join(f"{fault.field or 'melding'} {fault.text}" for fault in faults)
        return Outcome(Result.REFUSED, INVALID, reason, tuple(faults))
    _take_turns()
    digest = digest_of(body)
    earlier = {
        row.content_digest: row for row in DetentionMessage.objects.filter(message_id=facts.message_id)
    }
    row = earlier.get(digest)
    if row is not None and row.status != MessageStatus.REFUSED:
        return Outcome(Result.KNOWN, row.reason_code, row.reason, message=row, case=row.case)
    row = row or DetentionMessage(
        message_id=facts.message_id, content_digest=digest, body=body, client=client
    )
    _describe(row, facts, at)
    if DetentionMessage.objects.claiming(facts.message_id).exists():
        return _refuse(row, CONFLICT, "Dit berichtId is eerder gebruikt voor een melding met andere inhoud.")
    if row.facility is None:
        reason = f"insluiting.inrichting: '{facts.facility_code}' is geen bekende inrichting"
        fault = Fault("insluiting.inrichting", "is geen bekende inrichting")
        return _refuse(row, UNKNOWN_FACILITY, reason, fault)
    row.status, row.reason_code, row.reason = MessageStatus.PARKED, "", ""
    row.save()
    return _judge(row, facts, by=by, at=at)


@transaction.atomic
def retry_message(*, message: DetentionMessage, by: Actor, at: datetime) -> Outcome:
    """Judge a parked message again, for instance after reference data was completed."""
    _take_turns()
    message.refresh_from_db()
    facts, _ = facts_of(message.body)
    if message.status != MessageStatus.PARKED or facts is None:
        return _outcome_of(message)
    return _judge(message, facts, by=by, at=at)


def retry_waiting(*, by: Actor, at: datetime) -> int:
    """Judge the messages again that take effect now; each in its own transaction. Returns how many.

    One that fails waits for the next time, and stops no other.
    """
    return sum(_retried(row, by=by, at=at) for row in list(DetentionMessage.objects.due_now(at)))


def _retried(row: DetentionMessage, *, by: Actor, at: datetime) -> bool:
    try:
        retry_message(message=row, by=by, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, the messages behind it take effect today
        log.warning("message %s was not judged: %s", row.pk, type(trouble).__name__)
        return False
    return True


@transaction.atomic
def settle_message(*, message: DetentionMessage, note: str, by: Viewer, at: datetime) -> DetentionMessage:
    """A person dealt with a parked message outside the system; it no longer counts, and says who decided that."""
    _take_turns()
    message.refresh_from_db()
    if message.status == MessageStatus.PARKED:
        message.status, message.settled_by, message.settled_note = MessageStatus.SETTLED, by.user, note
        message.save(update_fields=["status", "settled_by", "settled_note"])
        _write_ledger(message, by, "detentiemelding-afhandelen")
    return message


def _take_turns() -> None:
    """One message at a time, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INTAKE_LOCK])


def _describe(row: DetentionMessage, facts: MessageFacts, at: datetime) -> None:
    row.kind, row.detention_number = facts.kind, facts.detention_number
    row.sent_at, row.effective_at, row.received_at = facts.sent_at, facts.effective_at, at
    row.facility = Organisation.objects.filter(kind=PartyKind.PRISON, code=facts.facility_code).first()
    row.chain_number = facts.person.chain_number or _chain_number_of(facts.person.bsn)
    row.bsn = "" if row.chain_number else facts.person.bsn or ""


def _chain_number_of(bsn: str | None) -> str:
    """A message without strafrechtsketennummer is matched on BSN, never on name and birth date (C6.30)."""
    known = Detainee.objects.filter(bsn=bsn).values_list("chain_number", flat=True).first() if bsn else None
    return known or ""


def _refuse(row: DetentionMessage, code: str, reason: str, *faults: Fault) -> Outcome:
    row.status, row.reason_code, row.reason = MessageStatus.REFUSED, code, reason[:300]
    row.save()
    return Outcome(Result.REFUSED, code, reason, faults, message=row)


def _judge(row: DetentionMessage, facts: MessageFacts, *, by: Actor, at: datetime) -> Outcome:
    """Replay the person; whatever the database would not accept parks this message and changes nothing else."""
    if not row.chain_number:
        unknown = "De melding noemt geen strafrechtsketennummer en het BSN is niet bekend."
        _set_aside(row, parked("persoon-onbekend", unknown))
    else:
        try:
            with transaction.atomic():
                replay_person(chain_number=row.chain_number, by=by, at=at)
                _adopt(facts.person.bsn, row.chain_number, by=by, at=at)
                _check_now()
        except IntegrityError:
            _set_aside(row, CLASH)
    row.refresh_from_db()
    _write_ledger(row, by, "detentiemelding-verwerken")
    return _outcome_of(row)


def _check_now() -> None:
    """Overlap of stays is judged at commit; ask for the verdict while this message can still be set aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _adopt(bsn: str | None, chain_number: str, *, by: Actor, at: datetime) -> None:
    """Messages that named only this BSN belong to this person, now that he is known."""
    if not bsn or not Detainee.objects.filter(bsn=bsn, chain_number=chain_number).exists():
        return
    nameless = DetentionMessage.objects.parked().filter(chain_number="", bsn=bsn)
    if nameless.update(chain_number=chain_number, bsn=""):
        replay_person(chain_number=chain_number, by=by, at=at)


def _set_aside(row: DetentionMessage, verdict: Verdict) -> None:
    row.status, row.reason_code, row.reason = verdict.status, verdict.code, verdict.reason
    row.save(update_fields=["status", "reason_code", "reason"])


def _outcome_of(row: DetentionMessage) -> Outcome:
    result = Result.ACCEPTED if row.status == MessageStatus.APPLIED else Result.PARKED
    return Outcome(result, row.reason_code, row.reason, message=row, case=row.case)


def _write_ledger(row: DetentionMessage, by: Actor, action: str) -> None:
    """A viewer's work on a message stands in the ledgers; a process without an organisation leaves its history lines."""
    if not isinstance(by, Viewer):
        return
    subjects: Iterable[ledger.Subject] = ()
    if row.case is not None:
        subjects = [ledger.Subject(row.case.detainee_id, row.case_id, ground="Wjsg 51c")]
    ledger.record(by, action, subjects=subjects, object_kind="detentiemelding", object_id=row.message_id)
