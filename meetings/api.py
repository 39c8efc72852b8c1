"""`/overleggen`: the meetings in which this party has an item, and only those items (contract 4, R131)."""

from datetime import datetime
from typing import Annotated, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from meetings import rules
from meetings.access import OpenMeeting, decisions_of, invitations_of, meeting_for, meetings_of, notes_of
from meetings.models import (
    AgendaItem,
    Decision,
    DecisionKind,
    Invitation,
    InvitationAnswer,
    ItemKind,
    ItemNote,
    Meeting,
    MeetingKind,
    MeetingState,
)
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.pages import page_of
from reintegratie.lib.rest.reading import Strict, no_query, read_query
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.views import ApiView


class Overleg(TypedDict):
    """Een overleg waarin de eigen organisatie een agendapunt heeft."""

    id: UUID
    soort: Annotated[str, MeetingKind]
    begin: datetime
    plaats: str
    link: str
    status: Annotated[str, MeetingState]
    inrichting: PartijVerwijzing
    voorzitter: str


class Overleggen(TypedDict):
    """Een bladzijde met overleggen, in volgorde van begin."""

    resultaten: list[Overleg]
    volgende: str | None


class Besluit(TypedDict):
    """Een besluit dat deze partij mag zien."""

    id: UUID
    soort: Annotated[str, DecisionKind]
    omschrijving: str
    genomenOp: datetime


class Agendapunt(TypedDict):
    """Een eigen agendapunt. Van de andere punten is niets te zien, ook niet hoeveel het er zijn."""

    id: UUID
    traject: UUID
    zaaknummer: str
    soort: Annotated[str, ItemKind]
    minuten: int
    voorstel: Annotated[str, "Alleen voor de inrichting zelf; voor een andere partij leeg."]
    besproken: bool
    uitnodiging: Annotated[
        Annotated[str, InvitationAnswer] | None, "Het eigen antwoord; leeg zonder uitnodiging."
    ]
    besluiten: list[Besluit]


class OverlegMetPunten(Overleg):
    """Een overleg met de eigen agendapunten."""

    agendapunten: list[Agendapunt]


class MeetingQuery(Strict):
    cursor = serializers.CharField(required=False, help_text="Uit volgende van de vorige bladzijde.")


class MeetingList(ApiView):
    scopes = {"GET": "overleggen"}

    @documented(
        "overleggen",
        "Overleggen met een eigen agendapunt",
        tag="Overleggen",
        answers={200: Overleggen},
        scope="overleggen",
        query=MeetingQuery,
    )
    def get(self, request: Request) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        require(rules.may_see_meetings(viewer))
        read_query(request, MeetingQuery)
        rows = meetings_of(viewer).with_people()
        page = page_of(rows, request, by=("starts_at", "id"), scope=str(viewer.organisation.pk))
        ledger.record(viewer, "overleggen-lijst")
        found: Overleggen = {"resultaten": [meeting_of(row) for row in page.rows], "volgende": page.following}
        return Response(found)


class MeetingDetail(ApiView):
    scopes = {"GET": "overleggen"}

    @documented(
        "overleg",
        "Een overleg met de eigen agendapunten",
        tag="Overleggen",
        answers={200: OverlegMetPunten},
        scope="overleggen",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        opened = meeting_for(viewer, pk)
        no_query(request)
        found: OverlegMetPunten = {**meeting_of(opened.meeting), "agendapunten": items_in(opened, viewer)}
        return Response(found)


def meeting_of(row: Meeting) -> Overleg:
    return {
        "id": row.pk,
        "soort": row.kind,
        "begin": row.starts_at,
        "plaats": row.place,
        "link": row.link,
        "status": row.state,
        "inrichting": reference_to(row.organisation),
        "voorzitter": row.chair.name,
    }


def items_in(opened: OpenMeeting, viewer: Viewer) -> list[Agendapunt]:
    """The items of this party with its own answer and the decisions it may see."""
    answers = {
        invitation.item_id: invitation
        for invitation in invitations_of(viewer, opened.items).filter(organisation=viewer.organisation)
    }
    decisions: dict[UUID, list[Decision]] = {}
    for decision in decisions_of(viewer).filter(item__in=[item.pk for item in opened.items]):
        decisions.setdefault(decision.item_id, []).append(decision)
    notes = {note.item_id: note for note in notes_of(viewer).filter(item__in=opened.items)}
    return [
        item_of(item, answers.get(item.pk), notes.get(item.pk), decisions.get(item.pk, []))
        for item in opened.items
    ]


def item_of(
    item: AgendaItem, invitation: Invitation | None, note: ItemNote | None, decisions: list[Decision]
) -> Agendapunt:
    """Subject and proposal stand in the note of the PI; another party reads the subject as the item tells it."""
    return {
        "id": item.pk,
        "traject": item.case_id,
        "zaaknummer": item.case.number,
        "soort": note.kind if note else item.kind,
        "minuten": item.minutes,
        "voorstel": note.proposal if note else "",
        "besproken": item.discussed,
        "uitnodiging": invitation.answer if invitation else None,
        "besluiten": [decision_of(decision) for decision in decisions],
    }


def decision_of(row: Decision) -> Besluit:
    return {"id": row.pk, "soort": row.kind, "omschrijving": row.text, "genomenOp": row.decided_at}
