"""Which copies of a meeting can be printed, for whom, and is the last one still right? (C5.8, C5.9)"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.models import CaseParty
from meetings import rules
from meetings.access import invitations_of
from meetings.models import AgendaItem, AgendaPrint, Meeting, MeetingState, Paper
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.dutch import moment_text

ADDRESSES = {Paper.AGENDA: "agenda.pdf", Paper.MINUTES: "besluitenlijst.pdf"}
WITHOUT_NOTES = "aantekeningen=nee"


@dataclass(frozen=True)
class Copy:
    """A copy for one reader. Without address there is nothing left that it may read."""

    name: str
    url: str
    plain_url: str = ""
    printed: str = ""
    outdated: str = ""


def copies_of(meeting: Meeting, items: Sequence[AgendaItem], viewer: Viewer) -> list[Copy]:
    """For the PI: its own copy and one per invited organisation. For a guest: its own. None once called off."""
    if meeting.state == MeetingState.CANCELLED:
        return []
    paper = Paper.MINUTES if rules.has_minutes(meeting) else Paper.AGENDA
    address = f"{meeting.get_absolute_url()}{ADDRESSES[paper]}"
    if not rules.is_own(viewer, meeting):
        return [_copy(viewer.organisation.called, paper, address)]
    prints = AgendaPrint.objects.filter(meeting=meeting, paper=paper).order_by("printed_at", "serial")
    newest = {copy.for_organisation_id: copy for copy in prints}
    name = meeting.organisation.name if paper == Paper.MINUTES else "Voorzitter"
    invited = {one.organisation_id: one.organisation for one in invitations_of(viewer, items)}
    reading = _taking_part(items, invited, viewer)
    return [
        _copy(name, paper, address, newest.get(meeting.organisation_id)),
        *(
            _copy(one.called, paper, f"{address}?voor={pk}" if pk in reading else "", newest.get(pk))
            for pk, one in invited.items()
        ),
    ]


def _taking_part(items: Sequence[AgendaItem], invited: dict[UUID, Organisation], viewer: Viewer) -> set[UUID]:
    """Who still takes part in a case here: a guest does until the end of the day (R131)."""
    rows = CaseParty.objects.active(viewer.at).filter(
        case__in=[item.case_id for item in items], party__in=list(invited)
    )
    return set(rows.values_list("party_id", flat=True))


def _copy(name: str, paper: Paper, url: str, last: AgendaPrint | None = None) -> Copy:
    plain = f"{url}{'&' if '?' in url else '?'}{WITHOUT_NOTES}" if url and paper == Paper.AGENDA else ""
    return Copy(
        name=name,
        url=url,
        plain_url=plain,
        printed=f"nummer {last.number}, {moment_text(last.printed_at)}" if last else "",
        outdated=moment_text(last.outdated_at) if last and last.outdated_at else "",
    )
