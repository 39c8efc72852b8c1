"""Printing an agenda: every copy has a number, a reader and ledger lines; one for another party is a disclosure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from cases.actions import lock_cases, notify
from cases.models import Case
from consent.actions import record_disclosure
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
def mark_prints_outdated(*, case_id: UUID, recipient_id: UUID, at: datetime) -> int:
    """After a withdrawal: copies for that reader, and the PI's own from which is read aloud, are no longer right.

    Copies of others do not change by it. The chair of each meeting is told once per withdrawal moment.
    """
    standing = AgendaPrint.objects.filter(
        meeting__state=MeetingState.PLANNED,
        outdated_at=None,
        printed_at__lte=at,
        case_ids__contains=[str(case_id)],
    ).select_related("meeting__organisation", "meeting__chair")
    wrong = [
        copy
        for copy in standing.order_by("meeting", "serial")
        if copy.for_organisation_id in {recipient_id, copy.meeting.organisation_id}
    ]
    AgendaPrint.objects.filter(pk__in=[copy.pk for copy in wrong]).update(outdated_at=at)
    for meeting in {copy.meeting_id: copy.meeting for copy in wrong}.values():
        notify(
            case=Case.objects.get(pk=case_id),
            organisation=meeting.organisation,
            kind="agenda-verouderd",
            event=f"agenda-verouderd:{meeting.pk}:{case_id}",
            stage=f"{at:%Y%m%d%H%M%S}",
            resource=meeting.get_absolute_url(),
            recipients=[meeting.chair],
            at=at,
        )
    return len(wrong)


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
