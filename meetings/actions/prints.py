"""Printing an agenda: every copy has a number, a reader and ledger lines; one for another party is a disclosure."""

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
from meetings.models import AgendaPrint, Meeting, MeetingState
from meetings.refusals import MeetingRefusal, NotAllowed
from meetings.sheet import AgendaBlock, AgendaSheet
from parties.models import Organisation
from parties.viewer import Viewer
from plans.readers import reader_for

log = logging.getLogger(__name__)

DOCUMENT = "mdo-agenda"
NECESSITY = "uitgenodigd bij het overleg over deze zaak"


class NothingForThisReader(MeetingRefusal):
    message = "Voor deze organisatie staat niets op de agenda."


@transaction.atomic
def print_agenda(
    *, meeting: Meeting, reader: Organisation, with_notes: bool, by: Viewer, at: datetime
) -> tuple[AgendaPrint, AgendaSheet]:
    """Make one copy for one reader. A guest prints his own copy; the PI prints everybody's (C5.8, quality 2.10)."""
    lock_meeting(meeting)
    lock_cases(
        items_of(by).filter(meeting=meeting).values("case")
    )  # a withdrawal comes before this copy or finds it
    inside = reader.pk == meeting.organisation_id
    if reader != by.organisation and not rules.may_print_for_others(by, meeting):
        raise NotAllowed
    readers = [by] if reader == by.organisation else [by, reader_for(reader, at)]
    sheet = agenda_for(meeting, readers, at)
    if not sheet.blocks and not inside:
        raise NothingForThisReader
    copy = AgendaPrint.objects.create(
        meeting=meeting,
        serial=_next_serial(meeting, reader),
        for_organisation=reader,
        printed_by=by.user,
        printed_at=at,
        with_notes=with_notes,
        case_ids=[block.case_id for block in sheet.blocks],
    )
    cases = Case.objects.in_bulk([UUID(block.case_id) for block in sheet.blocks])
    write_reading(by, meeting, "agenda-afdrukken", cases.values())
    if not inside:
        _disclose(copy, sheet.blocks, cases, by=by, at=at)
    return copy, sheet


@transaction.atomic
def mark_prints_outdated(*, case_id: UUID, recipient_id: UUID, since: datetime, at: datetime) -> int:
    """A ground ended at ``since``: copies for that reader, and the PI's own from which is read aloud, are no longer right.

    Copies of others do not change by it, and one that was made later is right. The chair of each meeting is told once
    per such moment, however often this is heard.
    """
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


def _disclose(
    copy: AgendaPrint, blocks: Sequence[AgendaBlock], cases: dict[UUID, Case], *, by: Viewer, at: datetime
) -> None:
    """What another party gets on paper is written in the register, per case with its grounds (Wjsg 51c(4), C5.19)."""
    for block in blocks:
        record_disclosure(
            case=cases[UUID(block.case_id)],
            sender=copy.meeting.organisation,
            recipient=copy.for_organisation,
            kind=DOCUMENT,
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
