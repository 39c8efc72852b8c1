"""Which client is calling, and may its token be used for this method?"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.models import AbstractAccessToken
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # at run time it would import this module first


class ClientAuthentication(OAuth2Authentication):
    """A bearer token in the header and nowhere else; a body or a query is never searched for one (RFC 9700)."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, AbstractAccessToken] | None:
        """The client behind the token. There is no person behind it, so the user stays anonymous."""
        header = request.headers.get("Authorization")
        if not header:
            return None
        address = request.build_absolute_uri(request.path)
        server = get_oauthlib_core().server
        valid, checked = server.verify_request(
            address, request.method, "", {"Authorization": header}, scopes=[]
        )
        if valid:
            return AnonymousUser(), checked.access_token
        # The library puts what was wrong into WWW-Authenticate from here.
        setattr(request, "oauth2_error", getattr(checked, "oauth2_error", {}))  # noqa: B010  # the request has no such name for the checker
        return None


class HasScope(BasePermission):
    """The token carries the scope of this method. What the client may see is decided per request, not here.

    HEAD tells what GET tells, so it needs the same scope; a method for which a view names none is open to every client.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.auth, AbstractAccessToken):
            return False
        method = "GET" if request.method == "HEAD" else request.method
        scope = getattr(view, "scopes", {}).get(method)
        return scope is None or request.auth.is_valid([scope])
