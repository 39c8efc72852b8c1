"""How it reads that a term stood still: when, why, until when, and what one may do about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.actions import refusal_to_suspend
from cases.ending import is_running
from cases.frame import Knowledge
from cases.models import Capacity, Case, Deadline, Suspension, SuspensionReason, SuspensionState
from cases.suspension import may_grant, may_suspend, tells_why
from cases.views.term_lines import stands_still
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text

Lines = dict[str, Any]  # parameters of cases/_terms.html

LABELS = {
    SuspensionState.ASKED: "Opschorting gevraagd",
    SuspensionState.GRANTED: "Opgeschort",
    SuspensionState.REFUSED: "Opschorting niet verleend",
}


@dataclass(frozen=True)
class Reader:
    """Who reads the terms of which case, and as what."""

    viewer: Viewer
    case: Case
    capacity: Capacity | None
    knows: Knowledge


def still_lines(rows: Iterable[Deadline], reader: Reader) -> Mapping[UUID, Lines]:
    """For each term its suspensions, and the way to the pages that change them."""
    found: dict[UUID, list[Suspension]] = defaultdict(list)
    asked = Suspension.objects.filter(case=reader.case).select_related("asked_by", "decided_by")
    for one in asked.order_by("since", "pk"):
        found[one.deadline_id].append(one)
    return {row.pk: _lines(row, found[row.pk], reader) for row in rows}


def _lines(row: Deadline, suspensions: list[Suspension], reader: Reader) -> Lines:
    viewer, case = reader.viewer, reader.case
    told = suspensions if tells_why(reader.knows, reader.capacity, row.capacity) else []
    pauses = [_pause(one, row, reader) for one in told]
    if not may_suspend(viewer.role_kind, reader.capacity, row.capacity) or not is_running(case.phase):
        return {"pauses": pauses}
    page = f"{case.get_absolute_url()}termijnen/{row.pk}/"
    asked = any(one.state == SuspensionState.ASKED for one in suspensions)
    why_not = refusal_to_suspend(row, on=viewer.on)
    return {
        "pauses": pauses,
        "suspend_url": f"{page}opschorten/" if not why_not and not asked else "",
        "resume_url": f"{page}hervatten/" if stands_still(row) and row.suspended_until else "",
        "no_suspension": why_not if row.closed_on is None else "",
    }


def _pause(one: Suspension, row: Deadline, reader: Reader) -> dict[str, str]:
    viewer, capacity = reader.viewer, reader.capacity
    mine = viewer.user is not None and one.asked_by_id == viewer.user.pk
    decides = one.state == SuspensionState.ASKED and may_grant(
        viewer.role_kind, capacity, row.capacity, asked_it=mine
    )
    taken_over = (
        capacity == row.capacity == Capacity.PRISON
    )  # at a transfer the whole file goes along (PM 38)
    own = one.party_id == viewer.organisation.pk or taken_over
    return {
        "label": LABELS[SuspensionState(one.state)],
        "text": _words(one),
        "note": one.note if own else "",
        "url": f"{reader.case.get_absolute_url()}opschortingen/{one.pk}/" if decides else "",
    }


def _words(one: Suspension) -> str:
    """'van 22 april 2026 tot 29 april 2026, wegens: wacht op een andere partij; akkoord van …'."""
    end = one.ended_on or one.until
    days = f"van {day_text(one.since)} tot {day_text(end)}" if end else f"vanaf {day_text(one.since)}"
    words = f"{days}, wegens: {SuspensionReason(one.reason).label}"
    if one.ended_on and one.until and one.ended_on < one.until:
        words += f" (gepland tot {day_text(one.until)})"
    people = [f"gevraagd door {one.asked_by.name}"] if one.asked_by else []
    if one.decided_by and one.decided_by_id != one.asked_by_id:
        people.append(f"beslist door {one.decided_by.name}")
    return "; ".join([words, *people])
