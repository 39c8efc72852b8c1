"""What people fill in about themselves."""

from collections.abc import Sequence
from typing import Any

from django import forms

from parties.models import Role


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
