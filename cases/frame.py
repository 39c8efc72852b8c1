"""How does the frame of a case read for a party that knows these parts of it? One shape for header, API and print (C3).

Which parts a party may know follows from grounds: :mod:`consent.knowledge` asks them (ADR 0013). Here they only take shape.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

from cases.models import Capacity, Case, CaseParty, Phase
from cases.road import INTERRUPTED, RELEASED
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.workdays import day_of

KNOWS_ALL = frozenset({Capacity.PRISON, Capacity.PROBATION})
"""The parties that work with the title and the course of a detention; the reclassering where it has a title (R158)."""
KNOWS_DATES = frozenset({Capacity.ORIGIN, Capacity.RESETTLEMENT})


class Part(TextChoices):
    """What a party may know of the frame. Who knows the identity knows the name; nobody knows less than the number."""

    NAME = "naam", "naam"
    IDENTITY = "identiteit", "naam, geboortedatum, BSN en gemeenten"
    DETENTION = "detentie", "begin, einde en plaats van de detentie"
    COURSE = "verloop", "titel, programma en verloop van de detentie"


Knowledge = frozenset[Part]

OUTER_PHASES = {
    **dict.fromkeys(RELEASED, ("ontslagen", "ontslagen")),
    **dict.fromkeys((*INTERRUPTED, Phase.EXTRAMURAL), ("in-detentie", "in detentie")),
}
"""Phases that say more than begin, end and place: who does not know the course reads them without it (C3)."""


@dataclass(frozen=True)
class CaseFrame:
    """The frame of one case for one party; what it may not know is empty, as if nobody knew it."""

    number: str
    name: str
    sorted_name: str
    knows: Knowledge = frozenset()
    bsn: str | None = None
    birth_date: date | None = None
    age: int | None = None
    sex: str = ""
    is_open: bool | None = None
    phase: str = ""
    phase_label: str = ""
    announced_for: date | None = None
    entered_at: datetime | None = None
    entered_on: date | None = None
    expected_release_on: date | None = None
    released_at: datetime | None = None
    released_on: date | None = None
    facility: Organisation | None = None
    facility_since: date | None = None
    origin_municipality: Organisation | None = None
    resettlement_municipality: Organisation | None = None
    inflow_type: str = ""
    custody_title: str = ""
    programme: str = ""
    post_release_title: str = ""
    probation: tuple[Organisation, ...] = ()


def frame_of(case: Case, viewer: Viewer, knows: Collection[Part], parties: Iterable[CaseParty]) -> CaseFrame:
    """The frame with these parts at ``viewer.at``. ``parties``: who takes part now, with their organisation."""
    rows, known = list(parties), frozenset(knows)
    name, sorted_name = _names(case, known)
    return CaseFrame(
        number=case.number,
        name=name,
        sorted_name=sorted_name,
        knows=known,
        is_open=any(row.is_open for row in rows if row.party_id == viewer.organisation.pk),
        **(_identity(case, viewer) if Part.IDENTITY in known else {}),
        **(_detention(case, rows, known) if Part.DETENTION in known else {}),
        **(_course(case, rows) if Part.COURSE in known else {}),
    )


def _names(case: Case, knows: Knowledge) -> tuple[str, str]:
    """Who may not know whom a case is about reads its number."""
    if knows.isdisjoint((Part.NAME, Part.IDENTITY)):
        return f"Zaak {case.number}", f"Zaak {case.number}"
    return case.detainee.full_name, case.detainee.sorted_name


def _identity(case: Case, viewer: Viewer) -> dict[str, Any]:  # fields of CaseFrame
    return {
        "bsn": case.detainee.bsn,
        "birth_date": case.detainee.birth_date,
        "age": case.detainee.age_on(viewer.on),
        "sex": case.detainee.sex,
        "origin_municipality": case.origin_municipality,
        "resettlement_municipality": case.resettlement_municipality,
    }


def _detention(case: Case, rows: list[CaseParty], knows: Knowledge) -> dict[str, Any]:  # same
    prison = next((row for row in rows if row.capacity == Capacity.PRISON), None)
    phase, phase_label = phase_for(case.phase, knows)
    return {
        "phase": phase,
        "phase_label": phase_label,
        "announced_for": case.announced_for,
        "entered_at": case.entered_at,
        "entered_on": _day(case.entered_at),
        "expected_release_on": case.expected_release_on,
        "released_at": case.released_at,
        "released_on": _day(case.released_at),
        "facility": prison.party if prison else None,
        "facility_since": _day(prison.since) if prison else None,
    }


def _course(case: Case, rows: list[CaseParty]) -> dict[str, Any]:  # same
    return {
        "inflow_type": case.inflow_type,
        "custody_title": case.custody_title,
        "programme": case.programme,
        "post_release_title": case.post_release_title,
        "probation": tuple(row.party for row in rows if row.capacity == Capacity.PROBATION),
    }


def phase_for(phase: str, knows: Collection[Part]) -> tuple[str, str]:
    """Code and label of a phase: without the course not whether there is a title after release, an escape or a schorsing."""
    plain = (phase, str(Phase(phase).label))
    return plain if Part.COURSE in knows else OUTER_PHASES.get(phase, plain)  # type: ignore[call-overload]  # str is the enum


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
