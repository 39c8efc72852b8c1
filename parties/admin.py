"""Accounts, roles, organisations and API clients in beheer. No case, no person of a case."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from cases import actions as case_actions
from parties import actions
from parties.beheer import WHY, BeheerAdmin, BeheerInline, actor_of, beheer, note
from parties.models import ApiClient, BijMandate, Organisation, PartyKind, Role, User
from reintegratie.lib.history import save_as

SECRET_LENGTH = 48
CONNECTION = {"connected_since", "connected_until", "valid_until"}


@admin.register(Organisation, site=beheer)
class OrganisationAdmin(BeheerAdmin):
    """Reference data with validity dates: a row ends, it never goes (D10)."""

    list_display = ("name", "kind", "code", "place", "connected_since", "valid_until", "verified")
    list_filter = ("kind", "verified")
    search_fields = ("name", "code")
    ordering = ("kind", "name")
    autocomplete_fields = ("municipality", "successor")
    fields = (
        ("kind", "code"),
        ("name", "parent_name"),
        ("place", "municipality", "region"),
        "facility_kinds",
        ("email", "phone"),
        ("connected_since", "connected_until"),
        ("valid_from", "valid_until", "successor"),
        "verified",
    )

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        assert isinstance(obj, Organisation)
        at = timezone.now()
        by = actor_of(request, at)
        actions.keep_organisation(organisation=obj, by=by, at=at, why=WHY)
        note(request, obj, at)
        if obj.kind == PartyKind.MUNICIPALITY and CONNECTION & set(form.changed_data):
            case_actions.follow_connection(municipality=obj, by=by, at=at)


def refuse_own_role(request: HttpRequest, role: Role) -> None:
    """Nobody opens a case for himself: whose accounts he keeps, a functional admin asks a colleague for a role."""
    if role.user == request.user:
        raise PermissionDenied


class RoleInline(BeheerInline):
    """The roles of one person."""

    model = Role
    autocomplete_fields = ("organisation",)


class UserCreation(AdminUserCreationForm):
    """A new account: address, name and a first password."""

    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@admin.register(User, site=beheer)
class AccountAdmin(BeheerAdmin, UserAdmin):
    """Accounts. What somebody may do follows from the roles below, never from the account."""

    add_form = UserCreation
    list_display = ("name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    ordering = ("name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Persoon", {"fields": ("name", "phone", "is_active")}),
        ("Gebruik", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    inlines = (RoleInline,)
    actions = ("remove_second_step",)

    def save_formset(
        self,
        request: HttpRequest,
        form: "ModelForm[Any]",
        formset: "BaseModelFormSet[Any, Any]",
        change: bool,
    ) -> None:
        at = timezone.now()
        for role in formset.save(commit=False):
            refuse_own_role(request, role)
            save_as(role, by=actor_of(request, at), at=at, why=WHY)
            note(request, role, at)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  # Django's own name
        """Who sets another's password could enter as him: the ledger says who did."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = User.objects.get(pk=id)
            note(request, user, timezone.now(), "wachtwoord-zetten")
        return response

    @admin.action(description="Tweede stap bij inloggen verwijderen (apparaat kwijt)")
    def remove_second_step(self, request: HttpRequest, queryset: "QuerySet[User]") -> None:
        """Somebody lost the device; he logs in with his password once and registers a new one."""
        for user in queryset:
            actions.remove_second_step(user=user)
            note(request, user, timezone.now())
        messages.success(request, "De tweede stap is verwijderd.")


@admin.register(Role, site=beheer)
class RoleAdmin(BeheerAdmin):
    """Who works where, from when until when; an ended role works no more on the next request."""

    list_display = ("person", "organisation_name", "kind", "unit", "since", "until")
    list_filter = ("kind",)
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name")
    autocomplete_fields = ("user", "organisation")
    ordering = ("user__name", "since")

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        assert isinstance(obj, Role)
        refuse_own_role(request, obj)
        super().save_model(request, obj, form, change)

    @admin.display(description="gebruiker", ordering="user__name")
    def person(self, role: Role) -> str:
        return role.user.name

    @admin.display(description="organisatie", ordering="organisation__name")
    def organisation_name(self, role: Role) -> str:
        return role.organisation.name


@admin.register(BijMandate, site=beheer)
class BijMandateAdmin(BeheerAdmin):
    """For which gemeente a ZVH is BIJ-gemandateerde (R46). Ended, never deleted."""

    list_display = ("municipality_name", "safety_house_name", "since", "until")
    list_select_related = ("municipality", "safety_house")
    search_fields = ("municipality__name", "safety_house__name")
    autocomplete_fields = ("municipality", "safety_house")
    ordering = ("municipality__name", "since")

    @admin.display(description="gemeente", ordering="municipality__name")
    def municipality_name(self, mandate: BijMandate) -> str:
        return mandate.municipality.name

    @admin.display(description="Zorg- en Veiligheidshuis", ordering="safety_house__name")
    def safety_house_name(self, mandate: BijMandate) -> str:
        return mandate.safety_house.name


class ClientForm(forms.ModelForm):
    """What beheer decides about a client; the secret is made by the system and shown once."""

    class Meta:
        model = ApiClient
        fields = ("name", "client_id", "organisation", "role_kind", "owner", "since", "until")


@admin.register(ApiClient, site=beheer)
class ClientAdmin(BeheerAdmin):
    """Software of one organisation (contract 4)."""

    form = ClientForm
    list_display = ("client_id", "organisation_name", "role_kind", "since", "until")
    list_select_related = ("organisation",)
    search_fields = ("client_id", "name", "organisation__name")
    autocomplete_fields = ("organisation", "owner")
    ordering = ("client_id",)
    actions = ("renew_secret",)

    @admin.display(description="organisatie", ordering="organisation__name")
    def organisation_name(self, client: ApiClient) -> str:
        return client.organisation.name if client.organisation else ""

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        assert isinstance(obj, ApiClient)
        if not change:
            self._give_secret(request, obj)
        super().save_model(request, obj, form, change)

    @admin.action(description="Nieuw geheim maken (het oude werkt niet meer)")
    def renew_secret(self, request: HttpRequest, queryset: "QuerySet[ApiClient]") -> None:
        for client in queryset:
            self._give_secret(request, client)
            super().save_model(request, client, ClientForm(instance=client), change=True)

    def _give_secret(self, request: HttpRequest, client: ApiClient) -> None:
        """Stored hashed, so this is the only time that anybody reads it."""
        client.client_secret = get_random_string(SECRET_LENGTH)
        client.client_type = ApiClient.CLIENT_CONFIDENTIAL
        client.authorization_grant_type = ApiClient.GRANT_CLIENT_CREDENTIALS
        text = f"Geheim van {client.client_id} (wordt maar een keer getoond): {client.client_secret}"
        messages.warning(request, text)
