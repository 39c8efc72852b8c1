"""What comes in and what goes out: detention messages and notifications."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.vocabulary import Channel, MessageStatus
from cases.querysets import DetentionMessageQuerySet, NotificationQuerySet
from parties.models import ApiClient, Organisation, User


class DetentionMessage(models.Model):
    """A detention message as it came, and what was done with it. The outcome of an episode is a replay of these.

    ``key`` is its name outside: a number of one sequence for all tells what came for others (quality 2.3).
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    message_id = models.UUIDField("berichtId")
    content_digest = models.CharField(max_length=64)
    kind = models.CharField("soort", max_length=30)
    detention_number = models.CharField("insluitingsnummer", max_length=40, blank=True)
    chain_number = models.CharField("strafrechtsketennummer", max_length=20, blank=True)
    bsn = models.CharField("BSN", max_length=9, blank=True)  # of who has no known strafrechtsketennummer yet
    facility = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("verzonden op", null=True)
    effective_at = models.DateTimeField("werkt vanaf", null=True)
    received_at = models.DateTimeField("ontvangen op")
    body = models.JSONField("inhoud")
    status = models.CharField(max_length=15, choices=MessageStatus)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(ApiClient, null=True, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_note = models.CharField("afgehandeld door", max_length=300, blank=True)

    objects = DetentionMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "detentiemelding"
        verbose_name_plural = "detentiemeldingen"
        constraints = (
            models.UniqueConstraint(fields=["message_id", "content_digest"], name="message_once_per_content"),
        )
        indexes = (
            models.Index(fields=["detention_number", "effective_at"]),
            models.Index(fields=["facility", "status"]),
            models.Index(fields=["chain_number"]),
            models.Index(fields=["effective_at"], condition=Q(status="geparkeerd"), name="parked_messages"),
        )

    def __str__(self) -> str:
        return str(self.message_id)


class Notification(models.Model):
    """A message to a person or an organisation, written in the transaction of its cause (architecture 4).

    It names an event and a case number, never a person or content. Delivery is compare-and-set with a lease.
    ``key`` is its name outside, as of a detention message.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    event = models.CharField(max_length=120)
    stage = models.CharField(max_length=30, blank=True)
    kind = models.CharField("soort", max_length=40)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=15, choices=Channel)
    resource = models.CharField("adres", max_length=200, blank=True)
    created_at = models.DateTimeField()
    deliver_from = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField("bezorging afgedaan op", null=True)
    read_at = models.DateTimeField(null=True)
    position = models.PositiveBigIntegerField("plaats in de stroom", null=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = (
            models.UniqueConstraint(
                fields=["event", "stage", "channel", "organisation", "recipient"],
                nulls_distinct=False,
                name="one_message_per_event_recipient_stage_channel",
            ),
            models.UniqueConstraint(
                fields=["organisation", "position"], name="one_event_per_place_in_a_feed"
            ),
        )
        indexes = (
            models.Index(
                fields=["deliver_from"], condition=Q(delivered_at=None, failed_at=None), name="undelivered"
            ),
            models.Index(
                fields=["failed_at"],
                condition=Q(failed_at__isnull=False, settled_at=None),
                name="failed_to_look_at",
            ),
            models.Index(fields=["recipient", "-created_at"], name="inbox"),
            models.Index(
                fields=["organisation", "id"],
                condition=Q(channel="gebeurtenis", position=None),
                name="events_to_publish",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
