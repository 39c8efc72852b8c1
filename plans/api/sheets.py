"""`/trajecten/{id}/informatiebladen`: what was sent to this party, as far as a ground is in force now (R26-R31)."""

from datetime import datetime
from typing import Annotated, NotRequired, TypedDict
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import case_for
from cases.models import Case, LifeDomain
from consent.visibility import ContentQuerySet, RowKind, sight_of
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from plans.actions import open_sheet
from plans.models import InformationSheet, SheetPart, SheetState
from plans.printing import sheet_pdf
from plans.reading import record_reading
from plans.sheets import lines_of, parts_of_sheet, parts_of_sheets
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.views import ApiView, PdfRenderer


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
        require(viewer.sees_content)
        no_query(request)
        sheets = list(sheets_for(case, viewer).order_by("-number"))
        parts = parts_of_sheets(sheets, viewer)
        write_reading(
            case, viewer, "informatiebladen-inhoud", [part for found in parts.values() for part in found]
        )
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
        require(viewer.sees_content)
        no_query(request)
        sheet = received(request, numbered_sheet(case, viewer, nr), viewer)
        parts = parts_of_sheet(sheet, viewer)
        write_reading(case, viewer, "informatieblad-inhoud", parts, sheet)
        return Response(sheet_of(sheet, parts))


class SheetPrint(ApiView):
    scopes = {"GET": "trajecten"}
    renderer_classes = (PdfRenderer, JSONRenderer)

    @documented(
        "informatiebladPdf",
        "Een informatieblad als PDF, gemaakt voor deze partij op dit moment",
        tag="Informatiebladen",
        answers={(200, "application/pdf"): {"type": "string", "format": "binary"}},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID, nr: int) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="informatieblad-afdrukken")
        require(viewer.sees_content)
        no_query(request)
        sheet = received(request, numbered_sheet(case, viewer, nr), viewer)
        parts = parts_of_sheet(sheet, viewer)
        if not parts:
            raise Http404
        write_reading(case, viewer, "informatieblad-afdruk", parts, sheet)
        return Response(sheet_pdf(sheet, parts, viewer), content_type=PdfRenderer.media_type)


def sheets_for(case: Case, viewer: Viewer) -> ContentQuerySet:
    """The sheets that were sent to this party."""
    rows = InformationSheet.objects.visible_to(viewer).filter(case=case, recipient=viewer.organisation)
    return rows.select_related("owner", "recipient", "case__detainee")


def write_reading(
    case: Case, viewer: Viewer, action: str, parts: list[SheetPart], sheet: InformationSheet | None = None
) -> None:
    """The ledger line with the domains that are shown and the grounds that opened them."""
    record_reading(
        viewer,
        case,
        action,
        domains=[part.domain for part in parts],
        sight=sight_of(viewer, case, RowKind.SHEET),
        object_kind="informatieblad" if sheet else "",
        object_id=sheet.pk if sheet else "",
    )


def received(request: Request, sheet: InformationSheet, viewer: Viewer) -> InformationSheet:
    """With the receipt, unless only the headers were asked: then nothing was read."""
    return sheet if request.method == "HEAD" else open_sheet(sheet=sheet, by=viewer, at=viewer.at)


def numbered_sheet(case: Case, viewer: Viewer, number: int) -> InformationSheet:
    """One sheet to this party by its version. Raises Http404."""
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
