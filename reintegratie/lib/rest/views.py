"""The door that every resource of the API has."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from rest_framework.response import Response
from rest_framework.views import APIView


class ApiView(APIView):
    """One resource. ``scopes`` names the scope of each method; None is enough for reference data."""

    scopes: ClassVar[Mapping[str, str | None]]
    metadata_class = None

    @property
    def client(self) -> Any:  # the application of the house, which this cellar does not know
        """The application behind the token."""
        token: Any = self.request.auth
        return token.application

    def options(self, request: HttpRequest, *args: object, **kwargs: object) -> Response:
        """Which methods the address has; the same for an object that is yours, another's or nobody's."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})
