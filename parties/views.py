"""Choose the party one works for: one at a time (architecture 3.3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parties import ledger
from parties.forms import RoleForm
from parties.viewer import ACTING_ROLE, roles_of, viewer_for, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """Only one's own roles that hold today; the choice counts from the next request and is written down."""
    viewer = viewer_of(request, at=timezone.now())
    assert viewer.user is not None
    roles = roles_of(viewer.user, viewer.on)
    form = RoleForm(request.POST or None, roles=roles, initial={"role": str(viewer.role_id)})
    if form.is_valid():
        chosen = next(role for role in roles if str(role.pk) == form.cleaned_data["role"])
        request.session[ACTING_ROLE] = str(chosen.pk)
        ledger.record(viewer_for(chosen, at=viewer.at), "rol-kiezen", object_kind="rol", object_id=chosen.pk)
        return redirect("/")
    return TemplateResponse(request, "parties/choose_role.html", {"form": form, "single": len(roles) == 1})
