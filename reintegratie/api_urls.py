"""Every resource of /api/v1 (contract 4). No trailing slash; an address with one does not exist."""

from django.urls import URLPattern, URLResolver, path

from cases import api as cases
from parties import api as parties
from reintegratie.api import Document

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", Document.as_view(), name="api_document"),
    path("trajecten", cases.CaseList.as_view(), name="api_cases"),
    path("trajecten/<uuid:pk>", cases.CaseDetail.as_view(), name="api_case"),
    path("trajecten/<uuid:pk>/termijnen", cases.Deadlines.as_view(), name="api_deadlines"),
    path("gebeurtenissen", cases.Events.as_view(), name="api_events"),
    path("organisaties", parties.Organisations.as_view(), name="api_organisations"),
    path("gemeenten", parties.Municipalities.as_view(), name="api_municipalities"),
]
