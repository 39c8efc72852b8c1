"""The two ledgers: who did what, and what was processed about whom (B17)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from parties.models.people import ApiClient, Organisation, User
from reintegratie.lib.ledger_triggers import proven_append_only


class AuditLine(models.Model):
    """Who did or was refused what, for which organisation (the audit ledger). Append-only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(ApiClient, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    role_kind = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=20)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "auditregel"
        indexes = (
            models.Index(fields=["object_id", "at"]),
            models.Index(fields=["user", "at"]),
            models.Index(fields=["span_id"]),
        )
        triggers = proven_append_only("audit_append_only")

    def __str__(self) -> str:
        return f"{self.trace_id}/{self.span_id}"


class ProcessingLine(models.Model):
    """One processing operation on one data subject, without the user (Logboek Dataverwerkingen, B17). Append-only.

    ``case_id`` and ``subject_id`` are plain ids: parties stands below cases.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    ground = models.CharField(max_length=200, blank=True)
    domains = ArrayField(models.CharField(max_length=30), default=list)
    outcome = models.CharField(max_length=20)

    class Meta:
        verbose_name = "verwerkingsregel"
        indexes = (models.Index(fields=["subject_id", "at"]), models.Index(fields=["case_id", "at"]))
        triggers = proven_append_only("processing_append_only")

    def __str__(self) -> str:
        return f"{self.trace_id}/{self.span_id}"
