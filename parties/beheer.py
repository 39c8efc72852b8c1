"""Who may work in beheer, and how a change there is written: accounts and reference data, never a case.

Django's administration, with our own answer to who may enter: a role of today, not a flag on an account. No content
model is registered, so the functional admin and a superuser see none (quality 2.9). Rows end, they are never deleted.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parties import ledger
from parties.models import RoleKind, User
from parties.viewer import NoActiveRole, Viewer, viewer_of
from reintegratie.lib.history import save_as

WHY = "In beheer vastgelegd"
READING = ["GET", "HEAD"]
WITH_FORM = ("_add", "_change", "_changelist", "_delete", "password_change")
"""Endings of the names of pages that take a form; the others only show."""


def admin_viewer(request: HttpRequest, at: datetime) -> Viewer | None:
    """The functional admin behind this request, as long as that role holds."""
    try:
        viewer = viewer_of(request, at=at)
    except NoActiveRole:
        return None
    return viewer if viewer.has_role(RoleKind.FUNCTIONAL_ADMIN) else None


def actor_of(request: HttpRequest, at: datetime) -> Viewer:
    """Who makes this change: a functional admin, whose change stands in the audit ledger."""
    viewer = admin_viewer(request, at)
    if viewer is None:
        raise PermissionDenied
    return viewer


class NamedAutocomplete(AutocompleteJsonView):
    """Suggestions by name: ``str`` of a row never holds one (architecture 3.3)."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": _label(obj)}


class Beheer(admin.AdminSite):
    """The administration site; one door for logging in, the one with the second step."""

    site_header = site_title = "Terugkeer – beheer"
    index_title = "Accounts en referentiegegevens"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's own pages answer to any method; here each says which (405 for the rest)."""
        entries: list[URLPattern | URLResolver] = super().get_urls()
        _limit(entries)
        return entries

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        return admin_viewer(request, timezone.now()) is not None

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # Django's own
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(reverse("admin:index"), settings.LOGIN_URL)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        response = NamedAutocomplete.as_view(admin_site=self)(request)
        assert isinstance(response, HttpResponse)
        return response


beheer = Beheer(name="admin")


class BeheerAdmin(admin.ModelAdmin):
    """One table in beheer: who works there may see, add and change; nobody deletes."""

    view_on_site = False
    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest | None, **kwargs: Any
    ) -> Any:  # Django's own
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[arg-type]  # may be None
        if isinstance(field, ModelChoiceField):
            field.label_from_instance = _label  # type: ignore[method-assign]  # names instead of keys
        return field

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:  # Django's own
        """A filter from the address holds text; a NUL is none, and the database would refuse it."""
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        """A tracked row through ``save_as``; what changed stands in the audit ledger as well."""
        at = timezone.now()
        if hasattr(obj, "history"):
            save_as(obj, by=actor_of(request, at), at=at, why=WHY)
        else:
            super().save_model(request, obj, form, change)
        note(request, obj, at)


class BeheerInline(admin.TabularInline):
    """Rows under another row, under the same rule."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)


def note(request: HttpRequest, obj: Model, at: datetime, action: str = "beheer-wijzigen") -> None:
    """One audit line per change in beheer."""
    viewer = actor_of(request, at)
    ledger.record(viewer, action, object_kind=str(obj._meta.model_name), object_id=obj.pk)


def _limit(entries: list[URLPattern | URLResolver]) -> None:
    for entry in entries:
        if isinstance(entry, URLResolver):
            _limit(entry.url_patterns)
        else:
            entry.callback = require_http_methods(_methods_of(entry.name or ""))(entry.callback)


def _methods_of(name: str) -> list[str]:
    if name == "logout":
        return ["POST"]
    return [*READING, "POST"] if name.endswith(WITH_FORM) else READING


def _label(obj: Model) -> str:
    return str(getattr(obj, "name", None) or obj)
