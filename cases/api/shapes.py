"""How a case looks to a client: as far as the law lets its party know, and no key for the rest (C3)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict
from uuid import UUID

from cases.frame import CaseFrame, Part
from cases.models import Capacity, CaseParty, Detainee
from consent.knowledge import frame_for
from parties.viewer import Viewer
from reintegratie.lib.rest.references import PartijVerwijzing, reference_if, reference_to


class Persoon(TypedDict):
    """De betrokkene, voor zover de eigen partij mag weten wie het is; anders leeg."""

    voornamen: NotRequired[str]
    tussenvoegsel: NotRequired[str]
    achternaam: NotRequired[str]
    bsn: NotRequired[Annotated[str | None, "Leeg zolang het BSN niet bekend is."]]
    geboortedatum: NotRequired[date | None]
    geslacht: NotRequired[str]


class Traject(TypedDict):
    """Het kader van een traject. Wat de eigen partij niet mag weten, ontbreekt."""

    id: UUID
    zaaknummer: str
    persoon: Persoon
    hoedanigheid: Annotated[str, "De hoedanigheid waarin de eigen organisatie deelneemt."]
    gewijzigdOp: Annotated[datetime, "Moment van de laatste wijziging die voor deze partij zichtbaar is."]
    fase: NotRequired[str]
    begindatum: NotRequired[Annotated[date | None, "Leeg zolang de betrokkene niet is binnengekomen."]]
    verwachteBegindatum: NotRequired[date | None]
    verwachteEinddatum: NotRequired[date | None]
    einddatum: NotRequired[date | None]
    inrichting: NotRequired[PartijVerwijzing | None]
    gemeenteHerkomst: NotRequired[PartijVerwijzing | None]
    gemeenteHervestiging: NotRequired[PartijVerwijzing | None]
    instroomtype: NotRequired[str]
    titel: NotRequired[str]
    titelNaOntslag: NotRequired[str]
    programma: NotRequired[str]
    reclassering: NotRequired[list[PartijVerwijzing]]


class Trajecten(TypedDict):
    """Een bladzijde met trajecten, in volgorde van wijziging."""

    resultaten: list[Traject]
    volgende: str | None
    standPer: Annotated[datetime, "Geef dit moment de volgende keer mee als gewijzigdSinds."]


def case_of(row: CaseParty, viewer: Viewer, parties: Iterable[CaseParty]) -> Traject:
    """The case behind a row of taking part (read ``with_knowledge``), for the party of that row."""
    frame = frame_for(row, viewer, parties)
    found: Traject = {
        "id": row.case.pk,
        "zaaknummer": frame.number,
        "persoon": _name_of(row.case.detainee) if Part.NAME in frame.knows else {},
        "hoedanigheid": Capacity(row.capacity),
        "gewijzigdOp": _moment_of(row),
    }
    if Part.IDENTITY in frame.knows:
        _add_identity(found, frame)
    if Part.DETENTION in frame.knows:
        _add_detention(found, frame)
    if Part.COURSE in frame.knows:
        _add_course(found, frame)
    return found


def _name_of(person: Detainee) -> Persoon:
    return {
        "voornamen": person.first_names,
        "tussenvoegsel": person.prefix,
        "achternaam": person.surname,
    }


def _moment_of(row: CaseParty) -> datetime:
    """The moment by which the feed knows the change, or the change itself when it was not published yet."""
    return row.fed_at if row.in_feed and row.fed_at else row.changed_at


def _add_identity(found: Traject, frame: CaseFrame) -> None:
    found["persoon"]["bsn"] = frame.bsn
    found["persoon"]["geboortedatum"] = frame.birth_date
    found["persoon"]["geslacht"] = frame.sex
    found["gemeenteHerkomst"] = reference_if(frame.origin_municipality)
    found["gemeenteHervestiging"] = reference_if(frame.resettlement_municipality)


def _add_detention(found: Traject, frame: CaseFrame) -> None:
    """Begin, end and place (R21-R24)."""
    found["fase"] = frame.phase
    found["begindatum"] = frame.entered_on
    found["verwachteBegindatum"] = frame.announced_for
    found["verwachteEinddatum"] = frame.expected_release_on
    found["einddatum"] = frame.released_on
    found["inrichting"] = reference_if(frame.facility)


def _add_course(found: Traject, frame: CaseFrame) -> None:
    """Why somebody is inside and who supervises him: PI, and reclassering on a title."""
    found["instroomtype"] = frame.inflow_type
    found["titel"] = frame.custody_title
    found["titelNaOntslag"] = frame.post_release_title
    found["programma"] = frame.programme
    found["reclassering"] = [reference_to(party) for party in frame.probation]
