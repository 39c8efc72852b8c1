"""Choose the party one works for: one at a time (architecture 3.3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from parties import ledger
from parties.forms import RoleForm
from parties.models import User
from parties.viewer import ACTING_ROLE, NoActiveRole, roles_of, viewer_for
from reintegratie.lib.workdays import day_of


@require_http_methods(["GET", "HEAD", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """Only one's own roles that hold today; the choice counts from the next request and is written down."""
    at = timezone.now()
    assert isinstance(request.user, User)
    roles = roles_of(request.user, day_of(at))
    if not roles:
        raise NoActiveRole
    form = RoleForm(request.POST or None, roles=roles, initial={"role": request.session.get(ACTING_ROLE, "")})
    if form.is_valid():
        chosen = next(role for role in roles if str(role.pk) == form.cleaned_data["role"])
        request.session[ACTING_ROLE] = str(chosen.pk)
        ledger.record(viewer_for(chosen, at=at), "rol-kiezen", object_kind="rol", object_id=chosen.pk)
        return redirect(_next(request))
    return TemplateResponse(request, "parties/choose_role.html", {"form": form, "single": len(roles) == 1})


def _next(request: HttpRequest) -> str:
    """The page that was asked for, when it is one of ours."""
    wish = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if ours else "/"
