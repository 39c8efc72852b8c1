"""The page of one case: who, where, until when, and what must be done now."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from cases import rules
from cases.access import case_for
from parties.viewer import viewer_of
from reintegratie.shell import case_context


def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk)
    context = case_context(viewer, case, "overzicht")
    if not rules.may_open_page(viewer, context["capacity"], "overzicht"):
        raise PermissionDenied
    return TemplateResponse(request, "cases/case_detail.html", context)
