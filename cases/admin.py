"""The days that do not count, in beheer. Nothing else of a case."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from cases.actions.calendar import recompute_open_deadlines
from cases.models import EquatedDay
from parties.beheer import BeheerAdmin, actor_of, beheer


@admin.register(EquatedDay, site=beheer)
class EquatedDayAdmin(BeheerAdmin):
    """A changed calendar moves the terms that are still open, and only those (users.md 3.1)."""

    list_display = ("on", "source", "ended")
    ordering = ("-on",)

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        super().save_model(request, obj, form, change)
        at = timezone.now()
        moved = recompute_open_deadlines(by=actor_of(request, at), at=at)
        messages.info(request, f"Lopende termijnen opnieuw berekend; {moved} verschoven.")
