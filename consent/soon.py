"""Which consents end soon, or ended just now? Over all cases of the PI of stay, so that none runs out unseen."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import Answer, Consent
from parties.models import Organisation
from parties.viewer import Viewer

AHEAD, BACK = timedelta(days=60), timedelta(days=14)
SHOWN = 300


@dataclass(frozen=True)
class Ending:
    """What one paper opened until one day, for one recipient. Only who takes part still can be asked about again."""

    case: Case
    recipient: Organisation
    valid_until: Any  # a moment, read as a day on the page
    domains: tuple[str, ...]
    takes_part: bool
    mine: bool


def ending_consents(viewer: Viewer, *, mine: bool = False) -> QuerySet[Consent]:
    """Every yes with an end in this window, in the cases that this PI works on now. Expiry itself needs no job."""
    rows = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=Capacity.PRISON, is_open=True)
    if mine:
        rows = rows.filter(worker=viewer.user)
    window = {"valid_until__gt": viewer.at - BACK, "valid_until__lte": viewer.at + AHEAD}
    return Consent.objects.filter(Exists(rows), answer=Answer.GIVEN, withdrawn_at=None, **window)


def endings_of(viewer: Viewer, *, mine: bool = False) -> tuple[list[Ending], bool]:
    """Papers rather than boxes, what ends first on top; at most ``SHOWN`` boxes, in one statement, and whether that
    was all."""
    there = CaseParty.objects.active(viewer.at).filter(case=OuterRef("case"), party=OuterRef("recipient"))
    own = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), worker=viewer.user)
    rows = ending_consents(viewer, mine=mine).annotate(takes_part=Exists(there), is_mine=Exists(own))
    papers: dict[tuple[UUID, UUID, Any], list[Consent]] = {}
    found = list(
        rows.select_related("case__detainee", "recipient").order_by("valid_until", "sequence")[: SHOWN + 1]
    )
    for row in found[:SHOWN]:
        papers.setdefault((row.case_id, row.recipient_id, row.valid_until), []).append(row)
    return [_ending(boxes) for boxes in papers.values()], len(found) <= SHOWN


def _ending(boxes: list[Any]) -> Ending:  # consents with their annotations
    first = boxes[0]
    asked = {box.domain for box in boxes}
    labels = tuple(str(domain.label) for domain in LifeDomain if domain in asked)
    return Ending(
        first.case,
        first.recipient,
        first.valid_until,
        labels,
        takes_part=first.takes_part,
        mine=first.is_mine,
    )
