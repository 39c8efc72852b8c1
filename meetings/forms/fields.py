"""The few kinds of field that the forms about meetings share."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from parties.models import Organisation, Role, RoleKind, User
from parties.viewer import Viewer


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PersonField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, obj: Any) -> str:  # Django's own signature
        return str(obj.name)


class PartyField(forms.ModelChoiceField):
    """An organisation, by name and kind."""

    def label_from_instance(self, obj: Any) -> str:  # Django's own signature
        return f"{obj.name} ({obj.get_kind_display()})"


def colleagues(viewer: Viewer, kinds: tuple[RoleKind, ...]) -> QuerySet[User]:
    """People of the own organisation with one of these roles today, by name."""
    roles = Role.objects.active_on(viewer.on).filter(organisation=viewer.organisation, kind__in=kinds)
    return User.objects.filter(pk__in=roles.values("user")).order_by("name", "email")


def offer(form: forms.Form, name: str, rows: QuerySet[Organisation] | QuerySet[User]) -> None:
    """Fill a list of which the choices depend on who looks."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
