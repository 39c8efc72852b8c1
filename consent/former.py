"""What does an organisation keep of a case in which it no longer takes part? Its own register and its own log (C3 rule 1).

Nothing new: no plan, no screening, no sheet, no consent, no date or place after it left. The penitentiair dossier went
along with the detainee (PM 38); of its own inrichtingsdossier a PI still knows for six months whom it was about (PM 39).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q

from cases.access import CASE_ROLES, CaseNotFound, participations_of
from cases.models import Capacity, Case, CaseParty, Detainee
from consent.reading_log import Period
from parties import ledger
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import add_months, day_of

INSIDE_MONTHS = 6
ACTIVITY = "eerder"
"""How the acts on these pages are named in the ledgers: they stand in the log of who left, although he left."""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class UntilTheEnd(Period):
    """Whole days, and never anything after the moment on which the organisation left."""

    end: datetime = NEVER

    def of(self, field: str) -> Q:
        return super().of(field) & Q(**{f"{field}__lte": self.end})

    def of_lines(self) -> Q:
        return super().of("at") & (Q(at__lte=self.end) | Q(activity__startswith=f"{ACTIVITY}-"))


@dataclass(frozen=True)
class FormerPart:
    """That the viewer's organisation took part in a case, in which capacities, and until when it did last."""

    case: Case
    rows: tuple[CaseParty, ...]
    name: str = ""

    @property
    def end(self) -> datetime:
        return max(row.until for row in self.rows if row.until)

    @property
    def address(self) -> str:
        return f"/eerder/{self.case.pk}/"

    @property
    def stretches(self) -> list[str]:
        """In which capacity, from when until when; oldest first."""
        return [
            f"{Capacity(row.capacity).label}, van {day_text(day_of(row.since))} tot {_day(row.until)}"
            for row in self.rows
        ]

    def period(self, since: date | None, until: date | None) -> UntilTheEnd:
        return UntilTheEnd(since, until, self.end)


def former_parts(viewer: Viewer) -> list[FormerPart]:
    """Every case in which the viewer's organisation took part before, latest end first."""
    rows: dict[UUID, list[CaseParty]] = {}
    if viewer.role_kind in CASE_ROLES:
        for row in (
            CaseParty.objects.former_of(viewer).select_related("case__detainee").order_by("since", "id")
        ):
            rows.setdefault(row.case_id, []).append(row)
    parts = [FormerPart(of_case[0].case, tuple(of_case)) for of_case in rows.values()]
    return sorted(parts, key=lambda part: (part.end, part.case.number), reverse=True)


def former_part(viewer: Viewer, pk: UUID, *, action: str) -> FormerPart:
    """One of them, with the name for who may still know it; in both ledgers. Raises CaseNotFound."""
    found = CaseParty.objects.former_of(viewer).filter(case=pk).select_related("case__detainee")
    rows = tuple(found.order_by("since", "id")) if viewer.role_kind in CASE_ROLES else ()
    if not rows:
        raise CaseNotFound
    part = FormerPart(rows[0].case, rows)
    subject = ledger.Subject(subject_id=part.case.detainee_id, case_id=part.case.pk)
    ledger.record(
        viewer, f"{ACTIVITY}-{action}", subjects=[subject], object_kind="zaak", object_id=part.case.pk
    )
    return FormerPart(part.case, rows, name_of(part, viewer))


def takes_part_again(part: FormerPart, viewer: Viewer) -> bool:
    """Whether the case itself is open to this viewer now."""
    return participations_of(viewer).filter(case=part.case).exists()


def knows_person(part: FormerPart, viewer: Viewer) -> bool:
    """The PI of a former stay, until six months after its end; it begins anew with every stay there (PM 39)."""
    was_prison = any(row.capacity == Capacity.PRISON for row in part.rows)
    return was_prison and viewer.sees_content and viewer.on < add_months(day_of(part.end), INSIDE_MONTHS)


def name_of(part: FormerPart, viewer: Viewer) -> str:
    """The name as it was known when the stay ended; what was corrected later is not for who left.

    Of a stay that was registered afterwards: the name with which that was done.
    """
    if not knows_person(part, viewer):
        return ""
    lines = Detainee.history.filter(id=part.case.detainee_id)
    then = lines.filter(history_date__lte=part.end).order_by("-history_date", "-history_id").first()
    line = then or lines.order_by("history_id").first()
    return str(line.instance.full_name) if line else ""


def _day(moment: datetime | None) -> str:
    return day_text(day_of(moment)) if moment else ""
