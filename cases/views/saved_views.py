"""The views of the worklist that I keep: save what is asked now, choose one to begin with, rename, delete."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases import actions
from cases.forms.saved_views import RenameForm, ViewForm
from cases.forms.worklist import WorklistFilter
from cases.models import SavedView
from cases.views.asked import Asked, address_of, asked_in
from parties.rules import require
from parties.viewer import Viewer, viewer_of

PAGE = "/weergaven/"
TAKEN = "U hebt al een weergave met deze naam. Kies een andere naam."
FULL = "U hebt al 20 weergaven. Verwijder er eerst een."


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """The filters to keep stand in the address, as on the list."""
    viewer = _viewer(request)
    asked = asked_in(request, WorklistFilter(request.GET, viewer=viewer), viewer)
    form = ViewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _saved(viewer, form, asked.filters):
        messages.success(request, f"De weergave {form.cleaned_data['name']} is bewaard.")
        return redirect(address_of(asked.filters))
    return _page(request, viewer, form, asked)


@require_POST
def change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """A view of somebody else is not there."""
    viewer = _viewer(request)
    view = SavedView.objects.of(viewer).filter(pk=view_id).first()
    if view is None:
        raise Http404
    form = RenameForm(request.POST)
    what = request.POST.get("wat")
    if what == "verwijderen":
        actions.delete_view(view=view)
        messages.success(request, f"De weergave {view.name} is verwijderd.")
    elif what in ("begin", "geen-begin"):
        actions.begin_with_view(view=view if what == "begin" else None, by=viewer)
        messages.success(request, "Uw beginweergave is aangepast.")
    elif form.is_valid():
        _rename(request, view, form)
    else:
        messages.error(request, "Geef de weergave een naam van ten hoogste 40 tekens.")
    return redirect(PAGE)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request, at=timezone.now())
    require(viewer.sees_content)
    return viewer


def _saved(viewer: Viewer, form: ViewForm, filters: dict[str, str]) -> bool:
    """Whether it was written; otherwise the form says why not."""
    try:
        view = actions.save_view(name=form.cleaned_data["name"], filters=filters, by=viewer)
    except (actions.NameTaken, actions.TooManyViews) as trouble:
        form.add_error("name", TAKEN if isinstance(trouble, actions.NameTaken) else FULL)
        return False
    if form.cleaned_data["start"]:
        actions.begin_with_view(view=view, by=viewer)
    return True


def _rename(request: HttpRequest, view: SavedView, form: RenameForm) -> None:
    try:
        actions.rename_view(view=view, name=form.cleaned_data["name"])
    except actions.NameTaken:
        messages.error(request, TAKEN)
    else:
        messages.success(request, f"De weergave heet nu {view.name}.")


def _page(request: HttpRequest, viewer: Viewer, form: BaseForm, asked: Asked) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kept": len(asked.filters),
        "action": f"{PAGE}?{urlencode(asked.filters)}",
        "back_url": address_of(asked.filters),
        "lines": [
            {
                "name": view.name,
                "url": address_of(view.filters),
                "is_start": view.is_start,
                "change_url": f"{PAGE}{view.pk}/",
                "form": RenameForm(initial={"name": view.name}, auto_id=f"id_{view.pk}_%s"),
            }
            for view in SavedView.objects.of(viewer)
        ],
    }
    return TemplateResponse(request, "cases/saved_views.html", context)
