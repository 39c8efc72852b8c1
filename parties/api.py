"""The API of parties: organisations and gemeenten, reference data with validity dates (contract 4)."""

from datetime import date
from typing import Annotated, TypedDict
from uuid import UUID

from django.utils.timezone import localdate
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from parties.models import Organisation, PartyKind
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.pages import page_of
from reintegratie.lib.rest.reading import Strict, read_query
from reintegratie.lib.rest.views import ApiView

KINDS = [kind for kind in PartyKind.values if kind not in (PartyKind.MUNICIPALITY, PartyKind.OPERATOR)]


class Organisatie(TypedDict):
    """Een partij: inrichting, reclassering, netwerkpartner of Zorg- en Veiligheidshuis."""

    id: UUID
    soort: str
    code: str
    naam: str
    onderdeelVan: str
    plaats: str
    geverifieerd: Annotated[bool, "Of een beheerder de gegevens heeft nagezien."]
    geldigVan: date | None
    geldigTot: Annotated[date | None, "Eerste dag waarop de organisatie niet meer bestaat."]


class Organisaties(TypedDict):
    """Een bladzijde met organisaties; volgende is het adres van de volgende, of leeg bij de laatste."""

    resultaten: list[Organisatie]
    volgende: str | None


class Gemeente(TypedDict):
    """Een gemeente met haar CBS-code."""

    code: str
    naam: str
    veiligheidsregio: str
    geldigVan: date | None
    geldigTot: date | None
    opgegaanIn: Annotated[str | None, "CBS-code van de gemeente waarin deze opging."]
    aangesloten: Annotated[bool, "Of de gemeente begin- en eindberichten ontvangt."]


class Gemeenten(TypedDict):
    """Een bladzijde met gemeenten."""

    resultaten: list[Gemeente]
    volgende: str | None


class OrganisationQuery(Strict):
    soort = serializers.ChoiceField(KINDS, required=False, help_text="Alleen organisaties van deze soort.")
    cursor = serializers.CharField(required=False, help_text="Uit volgende van de vorige bladzijde.")


class MunicipalityQuery(Strict):
    cursor = serializers.CharField(required=False, help_text="Uit volgende van de vorige bladzijde.")


class Organisations(ApiView):
    scopes = {"GET": None}

    @documented(
        "organisaties",
        "Organisaties",
        tag="Referentiegegevens",
        answers={200: Organisaties},
        scope=None,
        query=OrganisationQuery,
    )
    def get(self, request: Request) -> Response:
        asked = read_query(request, OrganisationQuery)
        rows = Organisation.objects.filter(kind__in=[asked["soort"]] if "soort" in asked else KINDS)
        page = page_of(rows, request, by=("code", "id"), scope="")
        found: Organisaties = {
            "resultaten": [organisation_of(row) for row in page.rows],
            "volgende": page.following,
        }
        return Response(found)


class Municipalities(ApiView):
    scopes = {"GET": None}

    @documented(
        "gemeenten",
        "Gemeenten",
        tag="Referentiegegevens",
        answers={200: Gemeenten},
        scope=None,
        query=MunicipalityQuery,
    )
    def get(self, request: Request) -> Response:
        read_query(request, MunicipalityQuery)
        rows = Organisation.objects.filter(kind=PartyKind.MUNICIPALITY).select_related("successor")
        page = page_of(rows, request, by=("code", "id"), scope="")
        on = localdate()
        found: Gemeenten = {
            "resultaten": [municipality_of(row, on) for row in page.rows],
            "volgende": page.following,
        }
        return Response(found)


def organisation_of(row: Organisation) -> Organisatie:
    return {
        "id": row.pk,
        "soort": row.kind,
        "code": row.code,
        "naam": row.name,
        "onderdeelVan": row.parent_name,
        "plaats": row.place,
        "geverifieerd": row.verified,
        "geldigVan": row.valid_from,
        "geldigTot": row.valid_until,
    }


def municipality_of(row: Organisation, on: date) -> Gemeente:
    return {
        "code": row.code,
        "naam": row.name,
        "veiligheidsregio": row.region,
        "geldigVan": row.valid_from,
        "geldigTot": row.valid_until,
        "opgegaanIn": row.successor.code if row.successor else None,
        "aangesloten": row.is_connected(on),
    }
