"""Printing agenda and besluitenlijst: every copy has a number, a reader and ledger lines.

One for another party is a disclosure.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from cases.actions import lock_cases, notify
from cases.models import Case
from consent.actions import record_disclosure
from consent.endings import grounds_ended
from consent.visibility import RowKind
from meetings import rules
from meetings.access import items_of, write_reading
from meetings.actions.writing import lock_meeting
from meetings.agenda import agenda_for
from meetings.minutes import minutes_for
from meetings.models import AgendaPrint, Meeting, MeetingState, Paper
from meetings.refusals import MeetingRefusal, NotAllowed
from meetings.sheet import AgendaBlock, AgendaSheet, MinutesBlock, MinutesSheet
from parties.models import Organisation
from parties.viewer import Viewer
from plans.readers import reader_for

log = logging.getLogger(__name__)

Block = AgendaBlock | MinutesBlock
NECESSITY = "uitgenodigd bij het overleg over deze zaak"


class NothingForThisReader(MeetingRefusal):
    message = "Voor deze organisatie staat niets op de agenda."


class HeldAlready(MeetingRefusal):
    message = "Dit overleg is gehouden. Druk de besluitenlijst af."


class NotYetHeld(MeetingRefusal):
    message = "Dit overleg is nog niet afgesloten. Er is nog geen besluitenlijst."


@transaction.atomic
def print_agenda(
    *, meeting: Meeting, reader: Organisation, with_notes: bool, by: Viewer, at: datetime
) -> tuple[AgendaPrint, AgendaSheet]:
    """Make one copy for one reader. A guest prints his own copy; the PI prints everybody's (C5.8, quality 2.10)."""
    readers = _readers(meeting, reader, by=by, at=at)
    if rules.has_minutes(_lock(meeting, by)):
        raise HeldAlready
    sheet = agenda_for(meeting, readers, at)
    copy = AgendaPrint(meeting=meeting, for_organisation=reader, paper=Paper.AGENDA, with_notes=with_notes)
    return _print(copy, sheet.blocks, by=by, at=at), sheet


@transaction.atomic
def print_minutes(
    *, meeting: Meeting, reader: Organisation, by: Viewer, at: datetime
) -> tuple[AgendaPrint, MinutesSheet]:
    """Make one besluitenlijst for one reader, with what it may see now and no more (C5.9, C3 row 'MDO minutes')."""
    readers = _readers(meeting, reader, by=by, at=at)
    if not rules.has_minutes(_lock(meeting, by)):
        raise NotYetHeld
    sheet = minutes_for(meeting, readers, at)
    copy = AgendaPrint(meeting=meeting, for_organisation=reader, paper=Paper.MINUTES, with_notes=False)
    return _print(copy, sheet.blocks, by=by, at=at), sheet


@transaction.atomic
def mark_prints_outdated(*, case_id: UUID, recipient_id: UUID, since: datetime, at: datetime) -> int:
    """A ground ended at ``since``: copies for that reader, and the PI's own from which is read aloud, are no longer right.

    Copies of others do not change by it, and one that was made later is right. The chair of each meeting is told once
    per such moment, however often this is heard. A besluitenlijst for that reader must not be handed over any more
    either; the PI's own is its record and stays.
    """
    AgendaPrint.objects.filter(
        paper=Paper.MINUTES,
        for_organisation=recipient_id,
        outdated_at=None,
        printed_at__lte=since,
        case_ids__contains=[str(case_id)],
    ).update(outdated_at=since)
    standing = _standing_copies().filter(printed_at__lte=since, case_ids__contains=[str(case_id)])
    wrong = [
        copy
        for copy in standing.order_by("meeting", "serial")
        if copy.for_organisation_id in {recipient_id, copy.meeting.organisation_id}
    ]
    AgendaPrint.objects.filter(pk__in=[copy.pk for copy in wrong]).update(outdated_at=since)
    for meeting in {copy.meeting_id: copy.meeting for copy in wrong}.values():
        notify(
            case=Case.objects.get(pk=case_id),
            organisation=meeting.organisation,
            kind="agenda-verouderd",
            event=f"agenda-verouderd:{meeting.pk}:{case_id}",
            stage=f"{since:%Y%m%d%H%M%S}",
            resource=meeting.get_absolute_url(),
            recipients=[meeting.chair],
            at=at,
        )
    return len(wrong)


def outdate_prints(*, at: datetime) -> int:
    """Mark the copies of which a ground ended and nobody heard: an expiry, or a lost signal (quality 3.1).

    Returns how many. A case that fails is tried again the next time, and stops no other.
    """
    on_paper = {
        case_id for case_ids in _standing_copies().values_list("case_ids", flat=True) for case_id in case_ids
    }
    ended = grounds_ended(at, RowKind.ACTION, RowKind.DECISION) if on_paper else {}
    return sum(
        _outdate(case_id, recipient_id, since, at)
        for (case_id, recipient_id), since in ended.items()
        if str(case_id) in on_paper
    )


def _outdate(case_id: UUID, recipient_id: UUID, since: datetime, at: datetime) -> int:
    try:
        return mark_prints_outdated(case_id=case_id, recipient_id=recipient_id, since=since, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it must not leave other copies unmarked
        log.warning("prints of case %s were not marked: %s", case_id, type(trouble).__name__)
        return 0


def _standing_copies() -> QuerySet[AgendaPrint]:
    """Copies from which may still be read: of a meeting to come, and not outdated."""
    rows = AgendaPrint.objects.filter(meeting__state=MeetingState.PLANNED, outdated_at=None)
    return rows.select_related("meeting__organisation", "meeting__chair")


def _lock(meeting: Meeting, by: Viewer) -> Meeting:
    """The meeting as it stands, with its cases locked: a withdrawal comes before this copy or finds it."""
    now = lock_meeting(meeting)
    lock_cases(items_of(by).filter(meeting=meeting).values("case"))
    return now


def _readers(meeting: Meeting, reader: Organisation, *, by: Viewer, at: datetime) -> list[Viewer]:
    """Everybody who will hold the sheet: who prints, and for whom. Raises NotAllowed."""
    if reader == by.organisation:
        return [by]
    if not rules.may_print_for_others(by, meeting):
        raise NotAllowed
    return [by, reader_for(reader, at)]


def _print(copy: AgendaPrint, blocks: Sequence[Block], *, by: Viewer, at: datetime) -> AgendaPrint:
    """Number the copy and write who made it about whom. Raises NothingForThisReader."""
    inside = copy.for_organisation == copy.meeting.organisation
    if not blocks and not inside:
        raise NothingForThisReader
    copy.serial = _next_serial(copy.meeting, copy.for_organisation)
    copy.printed_by, copy.printed_at = by.user, at
    copy.case_ids = [block.case_id for block in blocks]
    copy.save(force_insert=True)
    cases = Case.objects.in_bulk([UUID(block.case_id) for block in blocks])
    write_reading(by, copy.meeting, f"{Paper(copy.paper).label}-afdrukken", cases.values())
    if not inside:
        _disclose(copy, blocks, cases, by=by, at=at)
    return copy


def _disclose(
    copy: AgendaPrint, blocks: Sequence[Block], cases: dict[UUID, Case], *, by: Viewer, at: datetime
) -> None:
    """What another party gets on paper is written in the register, per case with its grounds (Wjsg 51c(4), C5.19)."""
    for block in blocks:
        record_disclosure(
            case=cases[UUID(block.case_id)],
            sender=copy.meeting.organisation,
            recipient=copy.for_organisation,
            kind=copy.paper,
            document_id=copy.pk,
            version=copy.serial,
            grounds=block.grounds,
            necessity=NECESSITY,
            by=by,
            at=at,
        )


def _next_serial(meeting: Meeting, reader: Organisation) -> int:
    """Numbers per reader, so that nobody reads from his number how many copies others got (quality 2.3)."""
    copies = AgendaPrint.objects.filter(meeting=meeting, for_organisation=reader)
    return (copies.aggregate(last=Max("serial"))["last"] or 0) + 1
