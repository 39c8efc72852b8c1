"""`/trajecten/{id}/leefgebieden`: the domains this party may see now. The others are absent, not closed (contract 4)."""

from datetime import datetime
from typing import Annotated, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import case_for
from cases.models import Case, LifeDomain
from consent.visibility import Ground, sight_of
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from plans.listed import open_facts, open_lines
from plans.models import DomainRecord, DomainStatus, SupportAnswer
from plans.querysets import records_by_domain
from plans.reading import record_reading
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.views import ApiView

OWN = "eigen gegevens"


class Hulpvraag(TypedDict):
    """Of de betrokkene hulp wil. Geen hulpvraag en niet willen antwoorden zijn antwoorden."""

    antwoord: Annotated[str, SupportAnswer]
    toelichting: str


class Antwoord(TypedDict):
    """Een vraag en het antwoord, zoals mensen ze lezen."""

    vraag: str
    antwoord: str


class Leefgebied(TypedDict):
    """Wat er over een leefgebied is vastgelegd, en op welke grondslag u het ziet."""

    leefgebied: Annotated[str, LifeDomain]
    status: Annotated[str, DomainStatus]
    hulpvraag: Hulpvraag
    gegevens: Annotated[dict[str, object], "De antwoorden per code van de vragenset."]
    gegevensInWoorden: list[Antwoord]
    vragenset: str
    grondslag: str
    gewijzigdOp: Annotated[datetime | None, "Leeg zolang er niets is vastgelegd."]


class Leefgebieden(TypedDict):
    """Alleen de leefgebieden die deze partij nu mag zien; de rest ontbreekt."""

    resultaten: list[Leefgebied]


class Domains(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "leefgebieden",
        "De leefgebieden die de eigen organisatie nu mag zien",
        tag="Trajecten",
        answers={200: Leefgebieden},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="leefgebieden-inzien")
        require(viewer.sees_content)
        no_query(request)
        found: Leefgebieden = {"resultaten": domains_of(case, viewer)}
        record_reading(
            viewer, case, "leefgebieden-inhoud", domains=[row["leefgebied"] for row in found["resultaten"]]
        )
        return Response(found)


def domains_of(case: Case, viewer: Viewer) -> list[Leefgebied]:
    """The open domains in their fixed order, also those in which nothing was recorded yet."""
    sight = sight_of(viewer, case)
    records = records_by_domain(case, viewer)
    return [
        domain_of(domain, records.get(domain), sight.ground_of(domain))
        for domain in LifeDomain
        if sight.opens(domain) or domain in records
    ]


def domain_of(domain: str, record: DomainRecord | None, ground: Ground | None) -> Leefgebied:
    """One domain; without a record it is open and still unknown."""
    known = record or DomainRecord(domain=domain, question_set="")
    lines = open_lines(known, ground)
    return {
        "leefgebied": domain,
        "status": known.status,
        "hulpvraag": {"antwoord": known.support_answer, "toelichting": known.support_request},
        "gegevens": open_facts(known, ground),
        "gegevensInWoorden": [{"vraag": line.label, "antwoord": line.value} for line in lines],
        "vragenset": known.question_set,
        "grondslag": ground.label if ground else OWN,
        "gewijzigdOp": record.changed_at if record else None,
    }
