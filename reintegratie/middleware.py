"""What every request gets: a trace id, no-store on personal pages, and a session that lives while it is used."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reintegratie.lib.trace import begin_trace

Handler = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
TOUCH_AFTER_SECONDS = 60


def trace(get_response: Handler) -> Handler:
    """Name the request, or continue the caller's trace (W3C Trace Context, B17)."""

    def handle(request: HttpRequest) -> HttpResponse:
        begin_trace(request.headers.get("traceparent", ""))
        return get_response(request)

    return handle


def personal_pages(get_response: Handler) -> Handler:
    """Never let a page about a person be stored, and end a session after fifteen idle minutes (quality 4)."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            _touch(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


def _touch(request: HttpRequest) -> None:
    """Move the end of the session, at most once a minute: reading a page is no write."""
    now = int(time.time())
    if now - request.session.get(LAST_SEEN, 0) >= TOUCH_AFTER_SECONDS:
        request.session[LAST_SEEN] = now
