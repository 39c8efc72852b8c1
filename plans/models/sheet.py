"""What was sent to whom: the informatieblad and its frozen parts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consent.visibility import ContentRow, RowKind, content_history
from parties.models import Organisation, PartyKind, User
from parties.viewer import Viewer


class SheetState(models.TextChoices):
    """Life of a sheet; it is never overwritten (R31)."""

    ISSUED = "verzonden", "verzonden"
    REPLACED = "vervangen", "vervangen door een nieuwe versie"
    WITHDRAWN = "ingetrokken", "ingetrokken"


class SheetKind(models.TextChoices):
    """On consent an informatieblad; on Pbw 18a the deelbaar D&R-plan took its place (B4, C5.3, C5.4)."""

    SHEET = "informatieblad", "informatieblad"
    SHAREABLE_PLAN = "deelbaar-plan", "deelbaar D&R-plan"


class InformationSheet(ContentRow):
    """The head of an informatieblad to one recipient: version, moment, state (R26-R31, C5.3). No content itself."""

    row_kind: ClassVar[RowKind] = RowKind.SHEET

    recipient = models.ForeignKey(
        Organisation, verbose_name="ontvanger", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("soort", max_length=15, choices=SheetKind, default=SheetKind.SHEET)
    number = models.PositiveIntegerField("versie")
    state = models.CharField("status", max_length=12, choices=SheetState, default=SheetState.ISSUED)
    issued_at = models.DateTimeField("verzonden op")
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("vervangen of ingetrokken op", null=True, blank=True)
    opened_at = models.DateTimeField("geopend op", null=True, blank=True)
    contact = models.CharField("contactpersoon", max_length=200, blank=True)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "informatieblad"
        constraints = (
            models.UniqueConstraint(fields=["case", "recipient", "number"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["case", "recipient"],
                condition=Q(state="verzonden"),
                name="one_standing_sheet_per_recipient",
            ),
        )

    @classmethod
    def addressed_to(cls, viewer: Viewer) -> Q:
        """The recipient knows that the sheet exists, also when it was withdrawn (contract 4)."""
        return Q(recipient=viewer.organisation.pk)


class SheetPart(ContentRow):
    """One domain of one sheet, frozen when it was sent. Seen only while a ground for the domain is in force."""

    row_kind: ClassVar[RowKind] = RowKind.SHEET

    sheet = models.ForeignKey(InformationSheet, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField("grondslag", max_length=200)
    content = models.JSONField("inhoud")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "onderdeel van een informatieblad"
        constraints = (models.UniqueConstraint(fields=["sheet", "domain"], name="sheet_domain_once"),)

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """What was sent to one gemeente is no answer to another, whatever its ground (C6.5, C6.6).

        The PI of stay takes over the whole file, with what an earlier PI sent (PM 38).
        """
        return Q() if viewer.is_of(PartyKind.PRISON) else Q(recipient=viewer.organisation.pk)
