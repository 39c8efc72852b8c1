"""The pages that say no. The same bytes for 'not there' and 'not yours' (quality 2.4); a refusal is written down."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from parties.ledger import record_refusal
from parties.models import User
from parties.viewer import NoActiveRole, Viewer, viewer_of
from reintegratie.lib.rest.problems import plain_problem


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return plain_problem(400) if is_api(request) else render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    _write_refusal(request, "geweigerd-rol")
    return render(request, "403.html", {"no_role": isinstance(exception, NoActiveRole)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request):
        return plain_problem(404)
    _write_refusal(request, "niet-gevonden")
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return plain_problem(500) if is_api(request) else render(request, "500.html", status=500)


def is_api(request: HttpRequest) -> bool:
    """Software reads problem+json, people read pages."""
    return request.path.startswith("/api/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def _write_refusal(request: HttpRequest, action: str) -> None:
    """In a transaction of its own: the view's transaction was rolled back with the refusal."""
    match = request.resolver_match
    pk = match.kwargs.get("pk", "") if match else ""
    with transaction.atomic():
        record_refusal(at=timezone.now(), action=action, object_id=pk, viewer=_viewer(request))


def _viewer(request: HttpRequest) -> Viewer | None:
    if not isinstance(getattr(request, "user", None), User):
        return None
    try:
        return viewer_of(request, at=timezone.now())
    except NoActiveRole:
        return None
