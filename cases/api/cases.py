"""`/trajecten`: the cases in which the client's organisation takes part, and no trace of any other."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import rules
from cases.access import case_for, participations_of
from cases.actions import publish_changes
from cases.api.shapes import Traject, Trajecten, case_of
from cases.frame import Part
from cases.models import Capacity, CaseParty
from cases.querysets import CasePartyQuerySet
from consent.knowledge import knowing, with_knowledge
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.pages import page_of
from reintegratie.lib.rest.reading import MomentField, Strict, no_query, read_query
from reintegratie.lib.rest.views import ApiView

OPEN, CLOSED = "open", "gesloten"
TELLING = {"ontslagVoor": Part.DETENTION, "gemeente": Part.IDENTITY, "inrichting": Part.DETENTION}
"""Which part of the frame an answer to a filter tells."""


class CaseQuery(Strict):
    status = serializers.ChoiceField(
        [OPEN, CLOSED],
        required=False,
        help_text="Of de eigen organisatie het traject nog onder handen heeft.",
    )
    gewijzigdSinds = MomentField(  # noqa: N815  # the name of the contract
        required=False,
        help_text="Alleen wat op of na dit moment wijzigde; gebruik standPer van de vorige keer.",
    )
    ontslagVoor = serializers.DateField(  # noqa: N815  # the name of the contract
        required=False, help_text="Alleen met een verwachte einddatum voor deze dag."
    )
    gemeente = serializers.CharField(
        required=False, max_length=20, help_text="CBS-code van de gemeente van herkomst of hervestiging."
    )
    inrichting = serializers.CharField(
        required=False, max_length=20, help_text="Code van de inrichting van verblijf."
    )
    cursor = serializers.CharField(required=False, help_text="Uit volgende van de vorige bladzijde.")


class CaseList(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "trajecten",
        "Trajecten waaraan de eigen organisatie deelneemt",
        tag="Trajecten",
        answers={200: Trajecten},
        scope="trajecten",
        query=CaseQuery,
    )
    def get(self, request: Request) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        require(rules.sees_persons(viewer))
        asked = read_query(request, CaseQuery)
        publish_changes(party=viewer.organisation, at=viewer.at)
        rows = with_knowledge(narrowed(participations_of(viewer), viewer, asked).with_frame(), viewer)
        page = page_of(rows, request, by=("fed_at", "key"), scope=str(viewer.organisation.pk))
        beside = parties_beside(page.rows, viewer)
        subjects = [ledger.Subject(row.case.detainee_id, row.case_id) for row in page.rows]
        ledger.record(viewer, "trajecten-lijst", subjects=subjects)
        found: Trajecten = {
            "resultaten": [case_of(row, viewer, beside[row.case_id]) for row in page.rows],
            "volgende": page.following,
            "standPer": viewer.at,
        }
        return Response(found)


class CaseDetail(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "traject",
        "Het kader van een traject",
        tag="Trajecten",
        answers={200: Traject},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk)
        no_query(request)
        row = with_knowledge(participations_of(viewer).with_frame(), viewer).filter(case=case).latest("id")
        require(rules.may_open_page(viewer, Capacity(row.capacity), "overzicht"))
        return Response(case_of(row, viewer, parties_beside([row], viewer)[case.pk]))


def narrowed(rows: CasePartyQuerySet, viewer: Viewer, asked: dict[str, Any]) -> CasePartyQuerySet:
    """The rows that match a validated query.

    A party that may not know a fact gets nothing when it filters on it: an answer would tell the fact.
    """
    if "status" in asked:
        rows = rows.filter(is_open=asked["status"] == OPEN)
    if "gewijzigdSinds" in asked:
        rows = rows.filter(fed_at__gte=asked["gewijzigdSinds"])
    for name, part in TELLING.items():
        rows = rows.filter(knowing(viewer, part)) if name in asked else rows
    if "ontslagVoor" in asked:
        rows = rows.filter(case__expected_release_on__lt=asked["ontslagVoor"])
    if "gemeente" in asked:
        origin = Q(case__origin_municipality__code=asked["gemeente"])
        rows = rows.filter(origin | Q(case__resettlement_municipality__code=asked["gemeente"]))
    if "inrichting" in asked:
        stays = CaseParty.objects.holding(viewer.at).filter(case=OuterRef("case"), capacity=Capacity.PRISON)
        rows = rows.filter(Exists(stays.filter(party__code=asked["inrichting"])))
    return rows


def parties_beside(rows: list[CaseParty], viewer: Viewer) -> dict[UUID, list[CaseParty]]:
    """Who takes part in these cases now, in one statement for the whole page."""
    found: dict[UUID, list[CaseParty]] = {row.case_id: [] for row in rows}
    for party in CaseParty.objects.active(viewer.at).filter(case__in=found).with_people():
        found[party.case_id].append(party)
    return found
