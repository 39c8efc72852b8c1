"""Who gets a token: a client with its secret, for the scopes of its role and no longer than its period (B16)."""

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import SettingsScopes
from oauth2_provider.views import TokenView

from parties import ledger
from parties.models import ApiClient, RoleKind
from parties.viewer import NoActiveRole, Viewer, viewer_of_client

MESSAGES = "detentiemeldingen"
GRANT_TYPE = "client_credentials"


class ClientScopes(SettingsScopes):
    """The message client may deliver messages and nothing else; the others anything but that (contract 4)."""

    def get_available_scopes(
        self, application: ApiClient | None = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        # the library's own signature
        if application is None:
            return []
        delivers = application.role_kind == RoleKind.MESSAGE_CLIENT
        return [scope for scope in self.get_all_scopes() if (scope == MESSAGES) is delivers]

    def get_default_scopes(
        self, application: ApiClient | None = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        # the library's own signature
        return self.get_available_scopes(application)


class ClientValidator(OAuth2Validator):
    """The library's checks, and that the client's period has not ended. What it may see is decided per request."""

    def authenticate_client(
        self, request: Any, *args: Any, **kwargs: Any
    ) -> bool:  # the library's own signature
        """Whether this is the client it says it is; either way it is written down."""
        at = timezone.now()
        viewer = viewer_if_active(request.client, at) if super().authenticate_client(request) else None
        if viewer is None:
            ledger.record_refusal(at=at, action="client-geweigerd")
            return False
        ledger.record(viewer, "client-aangemeld", object_kind="client", object_id=request.client.pk)
        return True

    def validate_bearer_token(
        self, token: str, scopes: Any, request: Any
    ) -> bool:  # the library's own signature
        """Also a token that has time left stops with its client."""
        valid = super().validate_bearer_token(token, scopes, request)
        return valid and viewer_if_active(request.client, timezone.now()) is not None

    def _load_access_token(self, token: str) -> AccessToken | None:
        """The token with its client and organisation in one statement (quality 1, Q1)."""
        checksum = hashlib.sha256(token.encode()).hexdigest()
        found = AccessToken.objects.select_related("application__organisation").filter(
            token_checksum=checksum
        )
        return found.first()


def viewer_if_active(client: ApiClient, at: datetime) -> Viewer | None:
    """The viewer that this client is, or None when its period is over."""
    try:
        return viewer_of_client(client, at)
    except NoActiveRole:
        return None


class ClientTokenView(TokenView):
    """``/oauth/token``: client credentials and no other grant. Errors look as RFC 6749 5.2 says."""

    http_method_names = ("post",)

    def post(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:  # the library's own signature
        if request.POST.get("grant_type") != GRANT_TYPE:
            error = {"error": "unsupported_grant_type", "error_description": f"Gebruik {GRANT_TYPE}."}
            return JsonResponse(error, status=400, headers={"Cache-Control": "no-store"})
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response
