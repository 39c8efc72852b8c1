"""What does the law let this party know of the frame of a case? One answer for header, API and print (C3).

PI and reclassering on a title know all of it. A gemeente knows identity, dates, place and the gemeenten (R21-R24,
B1), not why somebody is inside or who supervises him. A netwerkpartner or guest knows a name and a case number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Capacity, Case, CaseParty, Phase
from cases.process import INTERRUPTED, RELEASED
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.workdays import day_of

KNOWS_ALL = frozenset({Capacity.PRISON, Capacity.PROBATION})
KNOWS_DATES = frozenset({Capacity.ORIGIN, Capacity.RESETTLEMENT})
OUTER_PHASES = {
    **dict.fromkeys(RELEASED, ("ontslagen", "ontslagen")),
    **dict.fromkeys((*INTERRUPTED, Phase.EXTRAMURAL), ("in-detentie", "in detentie")),
}
"""Phases that say more than begin, end and place: a gemeente reads them without the course of the detention (C3)."""


@dataclass(frozen=True)
class CaseFrame:
    """The frame of one case for one party; what it may not know is empty, as if nobody knew it."""

    number: str
    name: str
    sorted_name: str
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


def frame_of(
    case: Case, viewer: Viewer, capacity: Capacity | None, parties: Iterable[CaseParty] | None = None
) -> CaseFrame:
    """The frame as this party may know it at ``viewer.at``.

    ``parties`` are the rows of who takes part now, when the caller has them already (with their organisation).
    """
    if capacity not in KNOWS_ALL | KNOWS_DATES:
        return CaseFrame(case.number, case.detainee.full_name, case.detainee.sorted_name)
    rows = list(parties if parties is not None else case.parties.active(viewer.at).with_people())
    prison = next((row for row in rows if row.capacity == Capacity.PRISON), None)
    knows_all = capacity in KNOWS_ALL
    phase, phase_label = phase_for(case.phase, capacity)
    return CaseFrame(
        number=case.number,
        name=case.detainee.full_name,
        sorted_name=case.detainee.sorted_name,
        bsn=case.detainee.bsn,
        birth_date=case.detainee.birth_date,
        age=case.detainee.age_on(viewer.on),
        sex=case.detainee.sex,
        is_open=any(row.is_open for row in rows if row.party_id == viewer.organisation.pk),
        phase=phase,
        phase_label=phase_label,
        announced_for=case.announced_for,
        entered_at=case.entered_at,
        entered_on=_day(case.entered_at),
        expected_release_on=case.expected_release_on,
        released_at=case.released_at,
        released_on=_day(case.released_at),
        facility=prison.party if prison else None,
        facility_since=_day(prison.since) if prison else None,
        origin_municipality=case.origin_municipality,
        resettlement_municipality=case.resettlement_municipality,
        inflow_type=case.inflow_type if knows_all else "",
        custody_title=case.custody_title if knows_all else "",
        programme=case.programme if knows_all else "",
        post_release_title=case.post_release_title if knows_all else "",
        probation=tuple(row.party for row in rows if row.capacity == Capacity.PROBATION) if knows_all else (),
    )


def phase_for(phase: str, capacity: Capacity | None) -> tuple[str, str]:
    """Code and label of a phase for this party: not whether there is a title after release, nor an escape or a schorsing."""
    plain = (phase, str(Phase(phase).label))
    return OUTER_PHASES.get(phase, plain) if capacity in KNOWS_DATES else plain  # type: ignore[call-overload]  # str is the enum


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
