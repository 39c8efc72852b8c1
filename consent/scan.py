"""The scan of a signed declaration, as evidence of the decision (C5.1). Only the PI that keeps the file has it."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from parties.models import Organisation, User
from reintegratie.lib.history import History


class ScanQuerySet(models.QuerySet["Scan"]):
    """Scans without their content: a list never reads megabytes."""

    def of(self, case: Case) -> "ScanQuerySet":
        """Every scan of a case, the newest first, also those that were replaced."""
        people = self.filter(case=case).select_related("added_by", "added_for")
        return people.defer("content").order_by("-added_at", "-pk")

    def current(self) -> "ScanQuerySet":
        return self.filter(replaced_at=None)


class Scan(models.Model):
    """What was signed, bound to one case and one declaration. A new scan replaces; the old one stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    declaration_number = models.CharField("nummer verklaring", max_length=60)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("controlegetal", max_length=64)
    size = models.PositiveIntegerField("grootte in bytes")
    media_type = models.CharField("soort bestand", max_length=30)
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField("vervangen op", null=True)

    objects = ScanQuerySet.as_manager()
    history = History(excluded_fields=["content"])

    class Meta:
        verbose_name = "scan van een verklaring"
        verbose_name_plural = "scans van verklaringen"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "declaration_number"],
                condition=Q(replaced_at=None),
                name="one_current_scan_per_declaration",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
