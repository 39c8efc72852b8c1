"""`/trajecten/{id}/inbreng`: what a party already knows, so that nobody types it again (R54)."""

from datetime import date, datetime
from typing import Annotated, Any, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import CONTRIBUTE, case_for, has_permission
from cases.models import LifeDomain
from parties.idempotency import Outcome, once
from parties.rules import require
from parties.viewer import viewer_of_client
from plans import rules
from plans.actions import add_contribution
from plans.models import Contribution, ContributionKind
from reintegratie.lib.rest.calls import content_of, key_of
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import Strict, no_query, read_body
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.views import ApiView

LONGEST_TEXT = 4000


class Inbreng(TypedDict):
    """Wat een partij inbracht."""

    id: UUID
    soort: Annotated[str, ContributionKind]
    inhoud: str
    leefgebied: str | None
    vanaf: date | None
    tot: date | None
    organisatie: PartijVerwijzing
    vastgelegdOp: datetime


class InbrengLijst(TypedDict):
    """De inbreng die deze partij mag zien, oudste eerst."""

    resultaten: list[Inbreng]


class NieuweInbreng(Strict):
    fixed = frozenset({"id", "organisatie", "vastgelegdOp"})

    soort = serializers.ChoiceField(ContributionKind.choices)
    inhoud = serializers.CharField(max_length=LONGEST_TEXT)
    leefgebied = serializers.ChoiceField(
        LifeDomain.choices, required=False, allow_null=True, help_text="Leeg als het over het geheel gaat."
    )
    vanaf = serializers.DateField(required=False, allow_null=True)
    tot = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:  # the framework's own signature
        since, until = attrs.get("vanaf"), attrs.get("tot")
        if since and until and until < since:
            raise serializers.ValidationError({"tot": "Deze dag ligt voor de begindag."})
        return attrs


class Contributions(ApiView):
    scopes = {"GET": "trajecten", "POST": "inbreng"}

    @documented(
        "inbrengLijst",
        "De inbreng bij een traject",
        tag="Inbreng",
        answers={200: InbrengLijst},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="inbreng-inzien")
        require(viewer.sees_content)
        no_query(request)
        rows = Contribution.objects.visible_to(viewer).filter(case=case).select_related("owner")
        found: InbrengLijst = {
            "resultaten": [contribution_of(row) for row in rows.order_by("created_at", "id")]
        }
        return Response(found)

    @documented(
        "inbrengLeveren",
        "Inbreng leveren",
        tag="Inbreng",
        answers={201: Inbreng},
        scope="inbreng",
        body=NieuweInbreng,
        problems=(404,),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk)
        require(
            rules.may_contribute(
                viewer, contributes=has_permission(viewer, case, CONTRIBUTE), phase=case.phase
            )
        )
        given = read_body(request, NieuweInbreng)

        def add() -> Outcome:
            row = add_contribution(
                case=case,
                kind=given["soort"],
                text=given["inhoud"],
                domain=given.get("leefgebied") or "",
                since=given.get("vanaf"),
                until=given.get("tot"),
                by=viewer,
                at=viewer.at,
            )
            return Outcome(201, str(row.pk))

        outcome = once(add, client=self.client, key=key_of(request), call=content_of(request), at=viewer.at)
        row = Contribution.objects.visible_to(viewer).select_related("owner").get(pk=outcome.object_id)
        return Response(contribution_of(row), status=outcome.status)


def contribution_of(row: Contribution) -> Inbreng:
    return {
        "id": row.pk,
        "soort": row.kind,
        "inhoud": row.text,
        "leefgebied": row.domain or None,
        "vanaf": row.since,
        "tot": row.until,
        "organisatie": reference_to(row.owner),
        "vastgelegdOp": row.created_at,
    }
