"""What people fill in about themselves."""

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.http import HttpRequest
from django.utils import timezone

from parties.models import Role
from parties.password_links import ask_for_link


class LinkForm(ResetPasswordForm):
    """Asks for a link for any address, and looks nobody up: an answer or its time would tell who has an account."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:  # allauth's own arguments
        email = str(self.cleaned_data["email"])
        ask_for_link(email=email, at=timezone.now())
        return email


class RoleForm(forms.Form):
    """For which organisation, in which role, do I work now? Only my own roles of today."""

    role = forms.ChoiceField(
        label="Waarvoor werkt u nu?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een organisatie en rol.",
            "invalid_choice": "Deze rol hebt u vandaag niet.",
        },
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(role.pk), f"{role.organisation.name}, {role.label}") for role in roles
        ]
