"""`/gebeurtenissen`: that something happened, to which case and when; never what (contract 4)."""

from datetime import datetime
from typing import Annotated, TypedDict
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import rules
from cases.access import cases_of
from cases.actions import publish_events
from cases.models import Notification
from parties import ledger
from parties.rules import require
from parties.viewer import viewer_of_client
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.pages import page_of, resume_address
from reintegratie.lib.rest.reading import Strict, read_query
from reintegratie.lib.rest.views import ApiView

ORDER = ("position",)
"""The place in the feed of this organisation, counted for it alone."""


class Gebeurtenis(TypedDict):
    """Dat er iets gebeurde. De inhoud haalt u op bij de bron zelf, met uw rechten van dat moment."""

    soort: str
    resource: Annotated[str | None, "De soort bron: trajecten."]
    id: Annotated[UUID | None, "Het id van die bron."]
    moment: datetime


class Gebeurtenissen(TypedDict):
    """Een bladzijde uit de stroom, oudste eerst."""

    resultaten: list[Gebeurtenis]
    volgende: str | None
    hervatten: Annotated[str, "Bewaar dit adres: het geeft later alles wat na deze bladzijde gebeurde."]


class EventQuery(Strict):
    cursor = serializers.CharField(required=False, help_text="Uit volgende of hervatten.")


class Events(ApiView):
    scopes = {"GET": "gebeurtenissen"}

    @documented(
        "gebeurtenissen",
        "Wat er gebeurde sinds de vorige keer",
        tag="Gebeurtenissen",
        answers={200: Gebeurtenissen},
        scope="gebeurtenissen",
        query=EventQuery,
    )
    def get(self, request: Request) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        require(rules.sees_persons(viewer))
        read_query(request, EventQuery)
        publish_events(party=viewer.organisation)
        rows = Notification.objects.feed_of(viewer.organisation).filter(
            Q(case=None) | Q(case__in=cases_of(viewer))
        )
        scope = str(viewer.organisation.pk)
        page = page_of(rows.select_related("case"), request, by=ORDER, scope=scope)
        cases = {row.case for row in page.rows if row.case}
        subjects = [ledger.Subject(case.detainee_id, case.pk) for case in cases]
        ledger.record(viewer, "gebeurtenissen-lijst", subjects=subjects)
        found: Gebeurtenissen = {
            "resultaten": [event_of(row) for row in page.rows],
            "volgende": page.following,
            "hervatten": resume_address(page, request, by=ORDER, scope=scope),
        }
        return Response(found)


def event_of(row: Notification) -> Gebeurtenis:
    return {
        "soort": row.kind,
        "resource": "trajecten" if row.case_id else None,
        "id": row.case_id,
        "moment": row.created_at,
    }
