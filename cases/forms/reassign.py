"""What people fill in to give cases to a colleague."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from cases.forms import NamedChoiceField, ReasonForm
from parties.models import User

CHOOSE = {"required": "Kies een medewerker.", "invalid_choice": "Kies een medewerker uit de lijst."}


class ReassignForm(ReasonForm):
    """To whom, and why. Which cases is asked beside it, with a box per case."""

    worker = NamedChoiceField(
        label="Nieuwe behandelaar",
        queryset=User.objects.none(),
        empty_label="Kies",
        error_messages=CHOOSE,
    )
    field_order = ("worker", "reason")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = people  # type: ignore[attr-defined]  # a model choice field
        self.fields[
            "reason"
        ].help_text = "Komt in de geschiedenis van elke zaak. Bijvoorbeeld: ziek, andere baan."


class FromForm(forms.Form):
    """All cases of one colleague."""

    van = NamedChoiceField(
        label="Alle zaken van", queryset=User.objects.none(), empty_label="Kies", error_messages=CHOOSE
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["van"].queryset = people  # type: ignore[attr-defined]  # a model choice field


def keys_in(asked: QueryDict) -> list[UUID]:
    """Which cases were ticked, each once. Raises ValidationError when one of them is no key."""
    field = forms.UUIDField()
    found = [field.clean(text) for text in asked.getlist("zaak")]
    if None in found:
        raise ValidationError("leeg")
    return list(dict.fromkeys(found))
