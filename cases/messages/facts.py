"""What does one detention message say? The format is ours (contract 5); faults come back all together."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as dutch_bsn

from cases.messages.reader import Fault, Reader
from cases.models.vocabulary import CustodyTitle, InflowType

UNKNOWN_BIRTH_DAY = re.compile(r"(\d{4})-(?:00-00|\d{2}-00)")


class Kind(StrEnum):
    """The kinds of message (contract 5)."""

    ANNOUNCEMENT = "aankondiging"
    BEGIN = "begin"
    TRANSFER = "overplaatsing"
    RELEASE_DATE = "einddatum-gewijzigd"
    END = "einde"
    CORRECTION = "correctie"


BEGIN_KINDS = (Kind.BEGIN, Kind.CORRECTION)


@dataclass(frozen=True)
class PersonFacts:
    """Who the message is about, as the sender knows him. An unknown BSN or birth date is None."""

    chain_number: str
    bsn: str | None
    first_names: str
    prefix: str
    surname: str
    birth_date: date | None
    sex: str


@dataclass(frozen=True)
class MessageFacts:
    """One message that keeps to the format."""

    message_id: UUID
    kind: Kind
    sent_at: datetime
    person: PersonFacts
    detention_number: str
    inflow_type: str
    custody_title: str
    begin_at: datetime | None
    expected_release_on: date | None
    end_at: datetime | None
    facility_code: str
    origin_code: str
    announced_for: date | None
    transfer_at: datetime | None

    @property
    def effective_at(self) -> datetime:
        """From when the message holds: the order in which messages count."""
        moments = {
            Kind.BEGIN: self.begin_at,
            Kind.CORRECTION: self.begin_at,
            Kind.TRANSFER: self.transfer_at,
            Kind.END: self.end_at,
        }
        return moments.get(self.kind) or self.sent_at

    @property
    def order(self) -> tuple[datetime, str]:
        """The later statement wins; the id decides between messages sent at the same moment."""
        return (self.sent_at, str(self.message_id))


def facts_of(body: Any) -> tuple[MessageFacts | None, list[Fault]]:  # any JSON value
    """The facts of a message, or every fault in it."""
    faults: list[Fault] = []
    top = Reader(body, "", faults)
    top.only("berichtId", "soort", "verzondenOp", "persoon", "insluiting", "ingangOp")
    message_id, kind = top.uuid("berichtId"), top.choice("soort", tuple(Kind))
    sent_at = top.moment("verzondenOp", required=True)
    transfer_at = top.moment("ingangOp", required=kind == Kind.TRANSFER)
    person = _person(top.part("persoon"))
    inside = top.part("insluiting")
    episode = _episode(inside, kind)
    if faults or message_id is None or sent_at is None:
        return None, faults
    facts = MessageFacts(
        message_id=message_id,
        kind=Kind(kind),
        sent_at=sent_at,
        person=person,
        transfer_at=transfer_at,
        **episode,
    )
    return facts, []


def _person(reader: Reader) -> PersonFacts:
    reader.only(
        "strafrechtsketennummer",
        "bsn",
        "voornamen",
        "tussenvoegsel",
        "achternaam",
        "geboortedatum",
        "geslacht",
    )
    chain_number = reader.text("strafrechtsketennummer", at_most=20)
    bsn = _bsn(reader)
    if not chain_number and bsn is None:
        reader.fault("strafrechtsketennummer", "ontbreekt, en er is geen BSN om de persoon aan te herkennen")
    return PersonFacts(
        chain_number=chain_number,
        bsn=bsn,
        first_names=reader.text("voornamen", at_most=150),
        prefix=reader.text("tussenvoegsel", at_most=30),
        surname=reader.text("achternaam", at_most=150, required=True),
        birth_date=_birth_date(reader),
        sex=reader.choice("geslacht", ("m", "v", "x"), required=False),
    )


def _bsn(reader: Reader) -> str | None:
    """Nine digits that pass the 11-test; eight get their leading zero (B20)."""
    value = reader.text("bsn", at_most=9)
    if not value:
        return None
    try:
        return str(dutch_bsn.validate(value.zfill(9)))
    except ValidationError:
        reader.fault("bsn", "is geen geldig BSN (elfproef)")
        return None


def _birth_date(reader: Reader) -> date | None:
    """A birth date may be unknown, or known by its year only (C6.32)."""
    value = reader.body.get("geboortedatum")
    if isinstance(value, str) and UNKNOWN_BIRTH_DAY.fullmatch(value):
        return None
    return reader.day("geboortedatum")


def _episode(reader: Reader, kind: str) -> dict[str, Any]:  # the fields of MessageFacts by name
    reader.only(
        "nummer",
        "instroomtype",
        "titel",
        "begin",
        "verwachtEinde",
        "einde",
        "inrichting",
        "gemeenteHerkomst",
        "verwachteBegin",
    )
    inflow_type = reader.choice("instroomtype", InflowType.values)
    if kind == Kind.ANNOUNCEMENT and inflow_type not in {"", InflowType.SELF_REPORTER}:
        reader.fault("instroomtype", "een aankondiging is er alleen voor een zelfmelder")
    return {
        "detention_number": reader.text("nummer", at_most=40, required=True),
        "inflow_type": inflow_type,
        "custody_title": reader.choice("titel", CustodyTitle.values),
        "begin_at": reader.moment("begin", required=kind in BEGIN_KINDS),
        "expected_release_on": reader.day("verwachtEinde"),
        "end_at": reader.moment("einde", required=kind == Kind.END),
        "facility_code": reader.text("inrichting", at_most=20, required=True),
        "origin_code": reader.text("gemeenteHerkomst", at_most=20),
        "announced_for": reader.day("verwachteBegin", required=kind == Kind.ANNOUNCEMENT),
    }


def digest_of(body: dict[str, Any]) -> str:  # a JSON object
    """The same content gives the same digest, whatever the order of its fields."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
