"""Closing a meeting that was held: the moment on which its decisions begin to work (C2 mdo_held, D8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from cases.actions import lock_cases
from meetings import rules
from meetings.access import decisions_of, items_of, notes_of
from meetings.actions.attending import Presence, write_people
from meetings.actions.effects import carry_out
from meetings.actions.telling import tell_invited
from meetings.actions.writing import locked, saved, write_row
from meetings.models import AgendaItem, Decision, ItemNote, Meeting, MeetingState
from meetings.refusals import MeetingRefusal, NotAllowed
from parties.viewer import Viewer

LONGEST_BEFORE = timedelta(days=31)
"""A meeting may be brought forward without being moved first, but not by more than this."""


@dataclass(frozen=True)
class Discussion:
    """That an item was discussed, and whether the detainee was there (R149: if possible with detainee)."""

    detainee_present: bool
    absence_reason: str = ""


class HeldInFuture(MeetingRefusal):
    message = "Het overleg kan pas worden afgesloten als het is gehouden."


class HeldLongBefore(MeetingRefusal):
    message = "Dit is meer dan een maand vóór de geplande dag. Controleer de datum."


class NothingDiscussed(MeetingRefusal):
    message = "Geef aan welke zaken zijn besproken. Ging het overleg niet door? Kies dan 'Afgelasten'."


class DetaineeAbsentWithoutReason(MeetingRefusal):
    message = "De gedetineerde was er niet bij. Zeg waarom."


class DecisionMissing(MeetingRefusal):
    message = "Er staat nog geen besluit. Noteer minstens 'Traject voortzetten'."


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    discussed: Mapping[UUID, Discussion],
    by: Viewer,
    at: datetime,
    held_at: datetime | None = None,
    people: Iterable[Presence] | None = None,
    expected_version: int | None = None,
) -> Meeting:
    """Close the meeting: record who chaired and who was there, and let the decisions on discussed cases work.

    Only the chair or deputy closes (R131, C6.25). A case that was not discussed keeps its terms as they were (D8).
    Nothing is closed when one case refuses; the refusal names its number.
    """
    held_at = held_at or at
    meeting = locked(meeting, expected_version=expected_version)
    if not rules.may_hold(by, meeting):
        raise NotAllowed
    _check_moment(meeting, held_at, at)
    items = [item for item in items_of(by).filter(meeting=meeting) if item.pk in discussed]
    if not items:
        raise NothingDiscussed
    cases = {case.pk: case for case in lock_cases({item.case_id for item in items})}
    if people is not None:
        write_people(meeting, people, by=by, at=at)
    decisions = _decisions_on(items, by)
    notes = {note.item_id: note for note in notes_of(by).filter(item__in=[item.pk for item in items])}
    for item in items:
        item.case = cases[item.case_id]
        if not decisions[item.pk]:
            raise DecisionMissing(item.case.number)
        _write_discussion(item, notes[item.pk], discussed[item.pk], by=by, at=at)
        carry_out(item, decisions[item.pk], meeting, held_at=held_at, by=by, at=at)
    meeting.state, meeting.held_at, meeting.chaired_by = MeetingState.HELD, held_at, by.user
    saved(meeting, by=by, at=at, why="overleg gehouden en afgesloten")
    tell_invited(meeting, kind="overleg-gehouden", at=at)
    return meeting


def _check_moment(meeting: Meeting, held_at: datetime, at: datetime) -> None:
    """The next terms count from this moment (D8), so a slip in the year must not get through."""
    if held_at > at:
        raise HeldInFuture
    if held_at < meeting.starts_at - LONGEST_BEFORE:
        raise HeldLongBefore


def _decisions_on(items: list[AgendaItem], by: Viewer) -> dict[UUID, list[Decision]]:
    by_item: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in (
        decisions_of(by).filter(item__in=[item.pk for item in items]).select_related("case", "assignee")
    ):
        by_item[decision.item_id].append(decision)
    return by_item


def _write_discussion(
    item: AgendaItem, note: ItemNote, discussion: Discussion, *, by: Viewer, at: datetime
) -> None:
    if not discussion.detainee_present and not discussion.absence_reason.strip():
        raise DetaineeAbsentWithoutReason(item.case.number)
    item.discussed = True
    write_row(item, by=by, at=at, why="besproken in het overleg")
    note.detainee_present = discussion.detainee_present
    note.detainee_absence_reason = "" if discussion.detainee_present else discussion.absence_reason
    write_row(note, by=by, at=at, why="besproken in het overleg")
