"""What stands around every page of one case: who, where, until when, and which pages this party may open."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases import rules
from cases.frame import CaseFrame, Part, frame_of
from cases.insiders import emergency_until
from cases.models import Capacity, Case, CaseParty
from consent.knowledge import knowledge_among, with_knowledge
from parties.viewer import Viewer
from reintegratie.lib.dutch import WEEKS_FROM, day_text, moment_text

TABS = (
    ("overzicht", "Overzicht", ""),
    ("screening", "Screening", "screening/"),
    ("toestemming", "Toestemming", "toestemming/"),
    ("informatiebladen", "Informatiebladen", "informatiebladen/"),
    ("plan", "Plan", "plan/"),
    ("termijnen", "Termijnen", "termijnen/"),
    ("overleggen", "Overleggen", "overleggen/"),
    ("notities", "Notities", "notities/"),
    ("geschiedenis", "Geschiedenis", "geschiedenis/"),
    ("inzage", "Inzage", "inzage/"),
)
"""Key, label and address behind the case, in the order in which the work goes."""


@dataclass(frozen=True)
class CaseHeader:
    """Who, where, until when, as texts; what this party may not know or nobody knows is empty."""

    number: str
    name: str
    phase: str = ""
    born_on: str = ""
    facility: str = ""
    facility_label: str = "Verblijft in"
    facility_note: str = ""
    entered_on: str = ""
    expected_release: str = ""
    release_note: str = ""
    origin_municipality: str = ""
    resettlement_municipality: str = ""
    probation: str = ""
    shield: str = ""
    """That the case is not for everybody of one's own organisation."""


def case_context(viewer: Viewer, case: Case, current: str) -> dict[str, Any]:  # the template's context
    """What every page of one case shares: case, header, tabs, who takes part, and in which capacity we do."""
    parties = list(with_knowledge(case.parties.active(viewer.at).with_people(), viewer))
    capacity = next(
        (Capacity(row.capacity) for row in parties if row.party_id == viewer.organisation.pk), None
    )
    frame = frame_of(case, viewer, knowledge_among(parties, viewer), parties)
    own = next((row for row in parties if row.party_id == viewer.organisation.pk), None)
    return {
        "case": case,
        "frame": frame,
        "header": replace(header_of(frame, viewer.on), shield=_shield(own, viewer)),
        "tabs": case_tabs(viewer, case, capacity, current),
        "parties": parties,
        "capacity": capacity,
    }


def _shield(own: CaseParty | None, viewer: Viewer) -> str:
    """That not everybody here may open the case, and until when noodtoegang lasts for who came in that way."""
    if own is None or not rules.sees_persons(viewer):
        return ""
    until = emergency_until(own, viewer)
    if until is not None:
        return f"Noodtoegang tot {moment_text(until)}"
    return "Afgeschermd" if own.named_only else ""


def case_tabs(
    viewer: Viewer, case: Case, capacity: Capacity | None, current: str
) -> list[dict[str, Any]]:  # rows for the template
    """Only the pages that this viewer may open; a page that would refuse is not offered."""
    return [
        {"label": label, "url": f"{case.get_absolute_url()}{path}", "current": key == current}
        for key, label, path in TABS
        if rules.has_tab(viewer, capacity, key)
    ]


def header_of(frame: CaseFrame, on: date) -> CaseHeader:
    """The frame in words. Where this party knows the dates, a missing one is said; elsewhere it is left out."""
    return CaseHeader(
        number=frame.number,
        name=frame.name,
        probation=", ".join(party.name for party in frame.probation),
        **(_person(frame) if Part.IDENTITY in frame.knows else {}),
        **(_detention(frame, on) if Part.DETENTION in frame.knows else {}),
    )


def _person(frame: CaseFrame) -> dict[str, str]:
    origin, resettlement = frame.origin_municipality, frame.resettlement_municipality
    return {
        "born_on": f"{day_text(frame.birth_date)} ({frame.age} jaar)" if frame.birth_date else "onbekend",
        "origin_municipality": origin.name if origin else "onbekend",
        "resettlement_municipality": resettlement.name if resettlement else "",
    }


def _detention(frame: CaseFrame, on: date) -> dict[str, str]:
    return {
        "phase": frame.phase_label.capitalize(),
        "facility": frame.facility.name if frame.facility else "",
        "facility_label": "Verbleef in" if frame.released_on else "Verblijft in",
        "facility_note": _stay(frame),
        "entered_on": _entered(frame),
        "expected_release": _release(frame),
        "release_note": _release_note(frame, on),
    }


def _stay(frame: CaseFrame) -> str:
    """Since when, or from when until when: who has left does not stay there."""
    if frame.released_on:
        since = f"van {day_text(frame.facility_since)} " if frame.facility_since else ""
        return f"{since}tot {day_text(frame.released_on)}"
    return f"sinds {day_text(frame.facility_since)}" if frame.facility_since else ""


def _entered(frame: CaseFrame) -> str:
    if frame.entered_on:
        return day_text(frame.entered_on)
    return f"verwacht op {day_text(frame.announced_for)}" if frame.announced_for else ""


def _release(frame: CaseFrame) -> str:
    if frame.released_on:
        return day_text(frame.released_on)
    return day_text(frame.expected_release_on, unknown="einddatum onbekend")


def _release_note(frame: CaseFrame, on: date) -> str:
    """How far away the release is, and whether there is a title afterwards for who may know (C3)."""
    if frame.released_on:
        return "ontslagen"
    if frame.expected_release_on is None:
        return ""
    days = (frame.expected_release_on - on).days
    if days < 0:
        return "verwachte einddatum is voorbij"
    return (
        "vandaag" if days == 0 else f"over {days} dagen" if days < WEEKS_FROM else f"over {days // 7} weken"
    )
