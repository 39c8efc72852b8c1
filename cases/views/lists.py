"""How one line of a list of cases reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.frame import CaseFrame, Part
from cases.models import CaseParty
from cases.process import step_of
from consent.knowledge import frame_for
from parties.ledger import Subject
from parties.models import PartyKind
from parties.viewer import Viewer
from reintegratie.lib.dutch import days_text, urgency

TONES = {"late": "danger", "today": "warning", "soon": "warning", "open": "neutral"}
ROW_CLASSES = {"late": "is-late", "today": "is-soon", "soon": "is-soon", "open": ""}


@dataclass(frozen=True)
class Line:
    """One case in a list, as texts; what this party may not know is empty (C3)."""

    url: str
    number: str
    name: str
    key: str = ""
    born_on: str = ""
    place: str = ""
    phase: str = ""
    step: str = ""
    badge: str = ""
    tone: str = "inactive"
    due: str = ""
    row_class: str = ""
    worker: str = ""
    standing_in: bool = False
    release: str = ""
    release_note: str = ""


def line_of(row: CaseParty, viewer: Viewer, *, standing_in: bool = False) -> Line:
    """A row of taking part, read with ``worklist.with_row`` and ``with_knowledge``."""
    frame = frame_for(row, viewer, parties=())
    release, release_note = release_text(frame) if Part.DETENTION in frame.knows else ("", "")
    return Line(
        url=row.case.get_absolute_url(),
        number=frame.number,
        name=frame.sorted_name,
        key=str(row.key),
        standing_in=standing_in,
        born_on=_born_on(frame),
        place=_place_name(row, frame, viewer),
        phase=frame.phase_label,
        worker=row.worker.name if row.worker else "",
        release=release,
        release_note=release_note,
        **_term(row, viewer),
    )


def place_label(viewer: Viewer) -> str:
    return "Inrichting" if viewer.is_of(PartyKind.MUNICIPALITY) else "Gemeente van herkomst"


def _born_on(frame: CaseFrame) -> str:
    if Part.IDENTITY not in frame.knows:
        return ""
    return f"{frame.birth_date:%d-%m-%Y}" if frame.birth_date else "onbekend"


def _place_name(row: CaseParty, frame: CaseFrame, viewer: Viewer) -> str:
    """The PI and the reclassering ask where somebody comes from, the others where he is."""
    if viewer.is_of(PartyKind.PRISON, PartyKind.PROBATION):
        if Part.IDENTITY not in frame.knows:
            return ""
        return frame.origin_municipality.name if frame.origin_municipality else "onbekend"
    facility: str | None = row.facility_name  # type: ignore[attr-defined]  # annotated by with_row
    return (facility or "onbekend") if Part.DETENTION in frame.knows else ""


def _term(row: CaseParty, viewer: Viewer) -> dict[str, str]:
    due = row.next_deadline
    if due is None:
        return {}
    state = urgency(due, viewer.on)
    step: str = row.next_step or ""  # type: ignore[attr-defined]  # annotated by with_row
    return {
        "step": step_of(step, due).label if step else "",
        "badge": days_text(due, viewer.on),
        "tone": TONES[state],
        "due": f"{due:%d-%m-%Y}",
        "row_class": ROW_CLASSES[state],
    }


def release_text(frame: CaseFrame) -> tuple[str, str]:
    """The day of release and a word about it; that nobody knows it is said (users.md 3.14)."""
    if frame.released_on:
        return f"{frame.released_on:%d-%m-%Y}", "ontslagen"
    if frame.expected_release_on:
        return f"{frame.expected_release_on:%d-%m-%Y}", ""
    return "", "einddatum onbekend"


def subjects_of(rows: Sequence[CaseParty]) -> list[Subject]:
    """Whose names a list shows: one ledger line each (quality 2.5)."""
    return [Subject(subject_id=row.case.detainee_id, case_id=row.case_id) for row in rows]
