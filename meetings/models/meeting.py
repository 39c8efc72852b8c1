"""A meeting: when, where, under whom, who was there and which copies of its agenda were printed (R131, C5.8-9)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from meetings.querysets import MeetingQuerySet
from parties.models import Organisation, User
from reintegratie.lib.history import History


class MeetingKind(models.TextChoices):
    """Kinds of meeting (glossary C1)."""

    MDO = "mdo", "Multidisciplinair overleg (MDO)"
    TBO = "tbo", "Trajectbepalingsoverleg"
    INFLOW = "instroomoverleg", "Instroomoverleg"
    DTB = "dtb", "Detentie- en Terugkeerberaad"


class MeetingState(models.TextChoices):
    """A cancelled meeting moves no clock (C7 D8)."""

    PLANNED = "gepland", "gepland"
    HELD = "gehouden", "gehouden"
    CANCELLED = "afgelast", "afgelast"


class Meeting(models.Model):
    """One session of one organisation: when, where, chaired by whom. Not about one case, so no content row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=20, choices=MeetingKind, default=MeetingKind.MDO)
    starts_at = models.DateTimeField("begin")
    place = models.CharField("plaats", max_length=120, blank=True)
    link = models.URLField("digitale link", max_length=300, blank=True)
    minutes_per_item = models.PositiveSmallIntegerField("minuten per agendapunt", default=10)
    chair = models.ForeignKey(User, verbose_name="voorzitter", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        User,
        verbose_name="plaatsvervanger",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    secretary = models.ForeignKey(
        User, verbose_name="secretaris", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("status", max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    held_at = models.DateTimeField("gehouden op", null=True, blank=True)
    chaired_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField("reden afgelasten", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="gehouden") | Q(held_at__isnull=False), name="held_meeting_has_moment"
            ),
        )
        indexes = (models.Index(fields=["organisation", "starts_at"]),)

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return f"/overleggen/{self.pk}/"

    @property
    def took_place_at(self) -> datetime:
        """When it was held, or else when it is planned: a meeting may be brought forward."""
        return self.held_at or self.starts_at


class Attendance(models.Model):
    """Who was there, per meeting; absence with a reason (C5.9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField("naam", max_length=150)
    present = models.BooleanField("aanwezig", default=True)
    reason = models.CharField("reden afwezigheid", max_length=200, blank=True)

    history = History()

    class Meta:
        verbose_name = "aanwezigheid"
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "organisation", "person"], name="person_once_per_meeting"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Paper(models.TextChoices):
    """What is printed of a meeting (C5.8, C5.9)."""

    AGENDA = "mdo-agenda", "agenda"
    MINUTES = "besluitenlijst", "besluitenlijst"


class AgendaPrint(models.Model):
    """That agenda or besluitenlijst was printed: number, for whom, by whom, whether it is outdated since (quality 2.10).

    Each reader has his own numbers: a guest must not count the copies of others (quality 2.3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField("volgnummer")
    for_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField("document", max_length=20, choices=Paper, default=Paper.AGENDA)
    printed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField("afgedrukt op")
    with_notes = models.BooleanField("met ruimte voor aantekeningen", default=True)
    case_ids = models.JSONField("zaken", default=list)
    outdated_at = models.DateTimeField("verouderd sinds", null=True, blank=True)

    class Meta:
        verbose_name = "afdruk van een agenda"
        verbose_name_plural = "afdrukken van agenda's"
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "for_organisation", "serial"], name="agenda_serial_once_per_reader"
            ),
            models.CheckConstraint(
                condition=Q(outdated_at=None) | Q(outdated_at__gte=F("printed_at")),
                name="outdated_after_print",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The serial number as it stands on paper: meeting, reader, copy."""
        return f"{self.meeting_id!s:.8}-{self.for_organisation_id!s:.4}-{self.serial}".upper()
