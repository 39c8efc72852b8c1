"""How one line of a list of cases reads, and where its other pages are."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from cases.frame import CaseFrame, frame_of
from cases.models import Capacity, CaseParty
from cases.process import step_of
from parties.ledger import Subject
from parties.models import PartyKind
from parties.viewer import Viewer
from reintegratie.lib.dutch import days_text, urgency
from reintegratie.lib.keyset import DayCursor

TONES = {"late": "danger", "today": "warning", "soon": "warning", "open": "neutral"}
ROW_CLASSES = {"late": "is-late", "today": "is-soon", "soon": "is-soon", "open": ""}


@dataclass(frozen=True)
class Line:
    """One case in a list, as texts; what this party may not know is empty (C3)."""

    url: str
    number: str
    name: str
    born_on: str = ""
    place: str = ""
    phase: str = ""
    step: str = ""
    badge: str = ""
    tone: str = "inactive"
    due: str = ""
    row_class: str = ""
    worker: str = ""
    release: str = ""


def line_of(row: CaseParty, viewer: Viewer) -> Line:
    """A row of taking part, read with ``worklist.with_row``."""
    frame = frame_of(row.case, viewer, Capacity(row.capacity), parties=())
    url = row.case.get_absolute_url()
    if not frame.phase:
        return Line(url=url, number=frame.number, name=frame.sorted_name)
    return Line(
        url=url,
        number=frame.number,
        name=frame.sorted_name,
        born_on=f"{frame.birth_date:%d-%m-%Y}" if frame.birth_date else "onbekend",
        place=_place_name(row, frame, viewer),
        phase=frame.phase_label,
        worker=row.worker.name if row.worker else "",
        release=release_text(frame),
        **_term(row, viewer),
    )


def _place_name(row: CaseParty, frame: CaseFrame, viewer: Viewer) -> str:
    """A gemeente asks where somebody is, the others where he comes from."""
    if viewer.is_of(PartyKind.MUNICIPALITY):
        facility: str | None = row.facility_name  # type: ignore[attr-defined]  # annotated by with_row
        return facility or "onbekend"
    return frame.origin_municipality.name if frame.origin_municipality else "onbekend"


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


def release_text(frame: CaseFrame) -> str:
    """The day of release; that nobody knows it is said (users.md 3.14)."""
    if frame.released_on:
        return f"{frame.released_on:%d-%m-%Y} (ontslagen)"
    return f"{frame.expected_release_on:%d-%m-%Y}" if frame.expected_release_on else "einddatum onbekend"


def subjects_of(rows: Sequence[CaseParty]) -> list[Subject]:
    """Whose names a list shows: one ledger line each (quality 2.5)."""
    return [Subject(subject_id=row.case.detainee_id, case_id=row.case_id) for row in rows]


@dataclass(frozen=True)
class Pager:
    """The addresses of the page before and behind."""

    previous_url: str = ""
    next_url: str = ""
    count: str = ""


def pager_of(rows: Sequence[CaseParty], *, asked: dict[str, str], more: bool, back: bool) -> Pager:
    """Keyset pages of a worklist: ``back`` when we came here by 'Vorige', ``more`` when rows lie on in that direction."""
    if not rows:
        return Pager()
    first, last = _place(rows[0]), _place(rows[-1])
    has_previous = more if back else "na" in asked
    has_next = True if back else more
    kept = {key: value for key, value in asked.items() if key not in ("na", "voor") and value}
    return Pager(
        previous_url=f"?{urlencode({**kept, 'voor': first})}" if has_previous else "",
        next_url=f"?{urlencode({**kept, 'na': last})}" if has_next else "",
        count=f"{len(rows)} {'zaak' if len(rows) == 1 else 'zaken'} op deze pagina",
    )


def _place(row: CaseParty) -> str:
    return str(DayCursor(row.next_deadline, row.pk))
