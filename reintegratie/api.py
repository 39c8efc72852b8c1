"""The API's root: how every refusal looks (problem+json, RFC 9457)."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:  # DRF's own context
    """Every 4xx as problem+json; anything else is a fault and goes up."""
    response = exception_handler(exc, context)
    if response is None:
        return None
    response.data = {"status": response.status_code, "title": response.status_text, "detail": str(exc)}
    response.content_type = "application/problem+json"
    return response
