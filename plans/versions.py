"""Which adopted versions of a plan may this party read, and what changed between two of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.models import Case
from parties.viewer import Viewer
from plans.models import PlanVersion, PlanVersionPart
from plans.questions import AnswerLine
from plans.snapshots import INNER_LABELS, Snapshot
from reintegratie.lib.dutch import day_text

ADDED, CHANGED, DROPPED, SAME = "toegevoegd", "gewijzigd", "vervallen", ""
KINDS = ("doelen", "acties")


@dataclass(frozen=True)
class Line:
    """One goal or action of a version, with what became of it since the version before."""

    content: Mapping[str, object]
    change: str = SAME
    before: Mapping[str, object] | None = None

    @property
    def due(self) -> str:
        return _day_in_words(self.content)

    @property
    def due_before(self) -> str:
        return _day_in_words(self.before or {})


@dataclass(frozen=True)
class VersionHead:
    """The number and day of an adopted version, as its parts tell them."""

    number: int
    adopted_on: date


def visible_versions(case: Case, viewer: Viewer) -> list[VersionHead]:
    """The versions of which the viewer may see at least one part, the newest first."""
    contents = PlanVersionPart.objects.visible_to(viewer).filter(case=case).values_list("content", flat=True)
    heads = {content["versie"]: date.fromisoformat(content["vastgesteld_op"]) for content in contents}
    return [VersionHead(number, heads[number]) for number in sorted(heads, reverse=True)]


def newest_number(case: Case, viewer: Viewer) -> int:
    """The version a party reacts to: the newest of which it may see something, or none."""
    return max((head.number for head in visible_versions(case, viewer)), default=0)


def parts_of_version(case: Case, viewer: Viewer, number: int) -> dict[str, Snapshot]:
    """The parts of one version that the viewer may see now, per domain; empty when there are none for him."""
    rows = PlanVersionPart.objects.visible_to(viewer).filter(case=case, plan_version__number=number)
    return {row.domain: row.content for row in rows.order_by("domain")}


def version_head(case: Case, viewer: Viewer, number: int) -> PlanVersion | None:
    """The head with the internal parts: for the PI of stay only."""
    row: PlanVersion | None = PlanVersion.objects.visible_to(viewer).filter(case=case, number=number).first()
    return row


def adoption_day(parts: Mapping[str, Snapshot]) -> date:
    """The day on which a version was adopted, as its parts tell it."""
    return date.fromisoformat(str(next(iter(parts.values()))["vastgesteld_op"]))


def inner_lines(head: PlanVersion | None) -> list[AnswerLine]:
    """The internal parts of a version, in words; a version without a head for this viewer has none."""
    if head is None:
        return []
    return [AnswerLine(label, str(head.inner_part.get(key, ""))) for key, label in INNER_LABELS.items()]


def compare(newer: Snapshot | None, older: Snapshot | None, kind: str) -> list[Line]:
    """The goals or actions of one domain with their difference in words; what was dropped stands at the end."""
    new, old = _by_id(newer, kind), _by_id(older, kind)
    lines = [
        Line(content, _change(content, old.get(key), bool(older)), old.get(key))
        for key, content in new.items()
    ]
    return lines + [Line(content, DROPPED) for key, content in old.items() if key not in new]


def _by_id(part: Snapshot | None, kind: str) -> dict[str, Mapping[str, object]]:
    rows = part.get(kind, []) if part else []
    assert isinstance(rows, Sequence)
    return {row["id"]: row for row in rows}


def _change(content: Mapping[str, object], before: Mapping[str, object] | None, compared: bool) -> str:
    if before is None:
        return ADDED if compared else SAME
    return CHANGED if content != before else SAME


def _day_in_words(content: Mapping[str, object]) -> str:
    day = str(content.get("uiterlijk") or "")
    return day_text(date.fromisoformat(day)) if day else ""
