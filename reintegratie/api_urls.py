"""Every resource of /api/v1 (contract 4). No trailing slash; an address with one does not exist."""

from django.urls import URLPattern, URLResolver, path

from cases import api as cases
from meetings import api as meetings
from parties import api as parties
from plans import api as plans
from reintegratie.api import Document

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", Document.as_view(), name="api_document"),
    path("trajecten", cases.CaseList.as_view(), name="api_cases"),
    path("trajecten/<uuid:pk>", cases.CaseDetail.as_view(), name="api_case"),
    path("trajecten/<uuid:pk>/termijnen", cases.Deadlines.as_view(), name="api_deadlines"),
    path("trajecten/<uuid:pk>/leefgebieden", plans.Domains.as_view(), name="api_domains"),
    path("trajecten/<uuid:pk>/inbreng", plans.Contributions.as_view(), name="api_contributions"),
    path("trajecten/<uuid:pk>/informatiebladen", plans.SheetList.as_view(), name="api_sheets"),
    path("trajecten/<uuid:pk>/informatiebladen/<int:nr>", plans.SheetDetail.as_view(), name="api_sheet"),
    path(
        "trajecten/<uuid:pk>/informatiebladen/<int:nr>/pdf",
        plans.SheetPrint.as_view(),
        name="api_sheet_print",
    ),
    path("trajecten/<uuid:pk>/plan", plans.PlanDetail.as_view(), name="api_plan"),
    path("trajecten/<uuid:pk>/plan/reacties", plans.Reactions.as_view(), name="api_plan_reactions"),
    path("acties", plans.ActionList.as_view(), name="api_actions"),
    path("acties/<uuid:pk>", plans.ActionDetail.as_view(), name="api_action"),
    path("overleggen", meetings.MeetingList.as_view(), name="api_meetings"),
    path("overleggen/<uuid:pk>", meetings.MeetingDetail.as_view(), name="api_meeting"),
    path("gebeurtenissen", cases.Events.as_view(), name="api_events"),
    path("detentiemeldingen", cases.Messages.as_view(), name="api_messages"),
    path("organisaties", parties.Organisations.as_view(), name="api_organisations"),
    path("gemeenten", parties.Municipalities.as_view(), name="api_municipalities"),
]
