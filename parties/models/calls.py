"""Calls of API clients that must not happen twice."""

from django.db import models

from parties.models.people import ApiClient


class IdempotentCall(models.Model):
    """What became of a call of an API client, so that a repeat changes nothing twice. Without any content."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("sleutel", max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    object_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField("vervalt op")

    class Meta:
        verbose_name = "eenmalige aanroep"
        verbose_name_plural = "eenmalige aanroepen"
        constraints = (models.UniqueConstraint(fields=["client", "key"], name="one_outcome_per_key"),)
        indexes = (models.Index(fields=["expires_at"]),)

    def __str__(self) -> str:
        return str(self.pk)
