"""The days that do not count, in beheer. Nothing else of a case."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from cases.models import EquatedDay
from parties.beheer import BeheerAdmin, beheer


@admin.register(EquatedDay, site=beheer)
class EquatedDayAdmin(BeheerAdmin):
    """A changed calendar moves the terms that are still open, and only those (users.md 3.1); a worker does that."""

    list_display = ("on", "source", "ended")
    ordering = ("-on",)

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        assert isinstance(obj, EquatedDay)
        obj.applied_at = None
        super().save_model(request, obj, form, change)
        messages.info(request, "De lopende termijnen worden binnen enkele minuten opnieuw berekend.")
