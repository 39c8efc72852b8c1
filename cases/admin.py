"""The days that do not count and what regions agreed on, in beheer. Nothing else of a case."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from cases.models import EquatedDay, RegionalAgreement
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


@admin.register(RegionalAgreement, site=beheer)
class RegionalAgreementAdmin(BeheerAdmin):
    """A step that holds for the people of one gemeente, with dates (D10); a worker brings the terms in line."""

    list_display = ("step", "municipality_name", "valid_from", "valid_until", "source", "verified")
    list_filter = ("step", "verified")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "source")
    autocomplete_fields = ("municipality",)
    ordering = ("step", "municipality__name", "valid_from")

    @admin.display(description="gemeente van herkomst", ordering="municipality__name")
    def municipality_name(self, agreement: RegionalAgreement) -> str:
        return agreement.municipality.name

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        assert isinstance(obj, RegionalAgreement)
        obj.applied_at = None
        super().save_model(request, obj, form, change)
        messages.info(request, "De termijnen volgen deze afspraak binnen enkele minuten.")
