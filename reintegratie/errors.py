"""The pages that say no. The same bytes for 'not there' and 'not yours' (quality 2.4); a refusal is written down."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode

from cases.ending import CaseIsOver
from parties.ledger import record_refusal
from parties.models import User
from parties.viewer import NoActiveRole, RoleNotChosen, Viewer, viewer_of
from reintegratie.lib.rest.problems import plain_problem


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return plain_problem(400) if is_api(request) else page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RoleNotChosen) and request.method in ("GET", "HEAD"):
        return redirect(f"/partij/?{urlencode({'next': request.get_full_path()})}")
    _write_refusal(request, "geweigerd-rol")
    if isinstance(exception, RoleNotChosen):
        return page(403, role_ended=True)
    if isinstance(exception, NoActiveRole):
        return page(403, no_role=True, csrf_token=get_token(request))
    if isinstance(exception, CaseIsOver):
        return page(403, over=str(exception))
    return page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request):
        return plain_problem(404)
    _write_refusal(request, "niet-gevonden")
    return page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return plain_problem(500) if is_api(request) else page(500)


def page(status: int, **context: Any) -> HttpResponse:  # the template's context
    """The page of a status, without the request: the shell counts messages, and the database may be what is broken."""
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def is_api(request: HttpRequest) -> bool:
    """Software reads problem+json, people read pages."""
    return request.path.startswith("/api/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


def _write_refusal(request: HttpRequest, action: str) -> None:
    """In a transaction of its own: the view's transaction was rolled back with the refusal.

    An address that does not exist, asked by nobody we know, is no refusal of anything: it may not fill the ledger.
    """
    match, viewer = request.resolver_match, _viewer(request)
    if match is None and viewer is None:
        return
    pk = match.kwargs.get("pk", "") if match else ""
    with transaction.atomic():
        record_refusal(at=timezone.now(), action=action, object_id=pk, viewer=viewer)


def _viewer(request: HttpRequest) -> Viewer | None:
    if not isinstance(getattr(request, "user", None), User):
        return None
    try:
        return viewer_of(request, at=timezone.now())
    except NoActiveRole:
        return None
