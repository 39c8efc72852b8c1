"""Every address of the application. Pages in Dutch, the API under /api/v1 without a trailing slash."""

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from parties.beheer import beheer
from reintegratie.gallery import gallery
from reintegratie.health import health
from reintegratie.oauth import ClientTokenView
from reintegratie.sign_out import sign_out

handler400 = "reintegratie.errors.bad_request"
handler403 = "reintegratie.errors.permission_denied"
handler404 = "reintegratie.errors.not_found"
handler500 = "reintegratie.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("uitloggen/", sign_out, name="account_logout"),
    path("wachtwoord/wijzigen/", account.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", account.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    # The key holds a hyphen itself, so the id before the first one may not.
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("geblokkeerd/", account.account_inactive, name="account_inactive"),
    path("tweestaps/", include("allauth.mfa.urls")),
    path("beheer/", beheer.urls),
    path("oauth/token", ClientTokenView.as_view(), name="oauth_token"),
    path("gezondheid", health, name="health"),
    path("api/v1/", include("reintegratie.api_urls")),
    path("", include("parties.urls")),
    path("", include("cases.urls")),
    path("", include("consent.urls")),
    path("", include("plans.urls")),
    path("", include("meetings.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("galerij/", gallery, name="gallery"))
