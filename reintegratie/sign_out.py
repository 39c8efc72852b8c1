"""What happens at logging out: the session ends, and the browser forgets what it kept of these pages (quality 4)."""

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

FORGET = '"cache", "cookies", "storage"'


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST does."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = FORGET
    return response
