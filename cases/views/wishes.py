"""What do I want to be told, and how? One's own choice, of no consequence for anybody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.forms.wishes import WishesForm
from cases.wishes import wishes_of
from parties.models import User
from parties.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """Choose per topic; what cannot be switched off is named."""
    viewer = viewer_of(request, at=timezone.now())
    assert isinstance(viewer.user, User)
    chosen = wishes_of(viewer.user)
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "in_app": [topic for topic, wish in chosen.items() if wish.in_app],
            "by_mail": [topic for topic, wish in chosen.items() if wish.by_mail],
        },
    )
    if form.is_valid():
        actions.choose_messages(user=viewer.user, **form.cleaned_data)
        messages.success(request, "Uw keuze is bewaard en geldt vanaf het volgende bericht.")
        return redirect(request.path)
    return TemplateResponse(request, "cases/wishes.html", {"form": form, "email": viewer.user.email})
