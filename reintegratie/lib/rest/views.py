"""The door that every resource of the API has."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class PdfRenderer(BaseRenderer):
    """A document that was made already; negotiation only has to know its kind."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: bytes, *args: Any, **kwargs: Any) -> bytes:
        return data


class ApiView(APIView):
    """One resource. ``scopes`` names the scope of each method; None is enough for reference data."""

    scopes: ClassVar[Mapping[str, str | None]]
    metadata_class = None

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """A refusal is JSON, also where a file was asked for."""
        if getattr(response, "exception", False):
            request.accepted_renderer = JSONRenderer()
            request.accepted_media_type = JSONRenderer.media_type
        return super().finalize_response(request, response, *args, **kwargs)

    @property
    def client(self) -> Any:  # the application of the house, which this cellar does not know
        """The application behind the token."""
        token: Any = self.request.auth
        return token.application

    def options(self, request: HttpRequest, *args: object, **kwargs: object) -> Response:
        """Which methods the address has; the same for an object that is yours, another's or nobody's."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})
