"""The statutory grounds in beheer: from which date a law opens what (C7 D1, D10)."""

from django.contrib import admin

from consent.models import StatutoryGround
from parties.beheer import BeheerAdmin, beheer


@admin.register(StatutoryGround, site=beheer)
class StatutoryGroundAdmin(BeheerAdmin):
    """A change of law is a row with dates, never a release."""

    list_display = (
        "code",
        "article",
        "capacity",
        "row_kind",
        "domain",
        "owner_kind",
        "valid_from",
        "valid_until",
        "verified",
    )
    list_filter = ("code", "capacity", "row_kind", "verified")
    search_fields = ("article", "source")
    ordering = ("code", "capacity", "row_kind", "valid_from")
