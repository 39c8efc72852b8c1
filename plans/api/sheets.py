"""`/trajecten/{id}/informatiebladen`: what was sent to this party, as far as a ground is in force now (R26-R31)."""

from datetime import datetime
from typing import Annotated, NotRequired, TypedDict
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import case_for
from cases.models import Case, LifeDomain
from consent.visibility import ContentQuerySet
from parties.viewer import Viewer, viewer_of_client
from plans.actions import open_sheet
from plans.models import InformationSheet, SheetPart, SheetState
from plans.sheets import lines_of, parts_by_sheet
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.views import ApiView


class BladRegel(TypedDict):
    """Een vraag en het antwoord, zoals ze op het blad staan."""

    vraag: str
    antwoord: str


class BladDeel(TypedDict):
    """Een leefgebied op het blad, met de grondslag waarop het is gedeeld."""

    leefgebied: Annotated[str, LifeDomain]
    grondslag: str
    regels: list[BladRegel]


class Informatieblad(TypedDict):
    """Een informatieblad aan deze partij. Van een ingetrokken blad blijft alleen over dat het is ingetrokken."""

    nummer: int
    status: Annotated[str, SheetState]
    afzender: PartijVerwijzing
    verzondenOp: NotRequired[datetime]
    contact: NotRequired[str]
    leefgebieden: NotRequired[Annotated[list[BladDeel], "Alleen wat deze partij nu nog mag zien."]]


class Informatiebladen(TypedDict):
    """De informatiebladen aan deze partij, de nieuwste versie eerst."""

    resultaten: list[Informatieblad]


class SheetList(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "informatiebladen",
        "De informatiebladen aan de eigen organisatie",
        tag="Informatiebladen",
        answers={200: Informatiebladen},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="informatiebladen-inzien")
        no_query(request)
        sheets = list(sheets_for(case, viewer).order_by("-number"))
        parts = parts_by_sheet(viewer, sheets)
        found: Informatiebladen = {"resultaten": [sheet_of(row, parts.get(row.pk, [])) for row in sheets]}
        return Response(found)


class SheetDetail(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "informatieblad",
        "Een informatieblad; de eerste keer lezen geldt als ontvangst",
        tag="Informatiebladen",
        answers={200: Informatieblad},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID, nr: int) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="informatieblad-inzien")
        no_query(request)
        sheet = sheet_for(case, viewer, nr)
        open_sheet(sheet=sheet, by=viewer, at=viewer.at)
        parts = parts_by_sheet(viewer, [sheet])
        return Response(sheet_of(sheet, parts.get(sheet.pk, [])))


def sheets_for(case: Case, viewer: Viewer) -> ContentQuerySet:
    """The sheets that were sent to this party."""
    rows = InformationSheet.objects.visible_to(viewer).filter(case=case, recipient=viewer.organisation)
    return rows.select_related("owner", "case")


def sheet_for(case: Case, viewer: Viewer, number: int) -> InformationSheet:
    """One sheet to this party. Raises Http404."""
    sheet: InformationSheet | None = sheets_for(case, viewer).filter(number=number).first()
    if sheet is None:
        raise Http404
    return sheet


def sheet_of(sheet: InformationSheet, parts: list[SheetPart]) -> Informatieblad:
    found: Informatieblad = {
        "nummer": sheet.number,
        "status": sheet.state,
        "afzender": reference_to(sheet.owner),
    }
    if sheet.state != SheetState.WITHDRAWN:
        found["verzondenOp"] = sheet.issued_at
        found["contact"] = sheet.contact
        found["leefgebieden"] = [part_of(part) for part in parts]
    return found


def part_of(part: SheetPart) -> BladDeel:
    lines = lines_of(part.content)
    return {
        "leefgebied": part.domain,
        "grondslag": part.ground,
        "regels": [{"vraag": line.label, "antwoord": line.value} for line in lines],
    }
