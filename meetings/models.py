"""Meetings, their agenda, who is invited, what was decided and what was printed for whom (R131, R149, C5.8-9)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cases.models import Case
from consent.visibility import ContentRow, RowKind, content_history
from meetings.querysets import MeetingQuerySet
from parties.models import Organisation, User
from parties.viewer import Viewer
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


class ItemKind(models.TextChoices):
    """Why a case is on the agenda (C5.8)."""

    ADOPTION = "vaststelling", "Vaststellen D&R-plan"
    REVIEW = "zesweken", "Zeswekelijkse bespreking"
    PROMOTION = "promotie", "Promotie of degradatie"
    PRE_RELEASE = "voor-ontslag", "Voorbereiding ontslag"
    CARE = "zorg", "Zorg"
    OTHER = "anders", "Anders"


class AgendaItem(ContentRow):
    """One case on one agenda. Seen by the PI and by the parties invited to it (C3: own item).

    What is taken off stays as a row without a position: who was invited to it remains known.
    """

    row_kind: ClassVar[RowKind] = RowKind.AGENDA_ITEM

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("volgorde", null=True, blank=True)
    kind = models.CharField("soort punt", max_length=15, choices=ItemKind)
    minutes = models.PositiveSmallIntegerField("minuten", default=10)
    proposal = models.CharField("voorstel", max_length=300, blank=True)
    discussed = models.BooleanField("besproken", default=False)
    detainee_present = models.BooleanField("gedetineerde aanwezig", null=True, blank=True)
    detainee_absence_reason = models.CharField("reden afwezigheid", max_length=200, blank=True)
    removed_at = models.DateTimeField("van de agenda gehaald op", null=True, blank=True)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=Q(removed_at=None), name="case_once_per_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="position_once_per_meeting",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    @classmethod
    def addressed_to(cls, viewer: Viewer) -> Q:
        """Who is invited to the item sees the item (R131), and no other item of that agenda."""
        invited = Invitation.objects.filter(
            item=OuterRef("id"), organisation=viewer.organisation.pk, withdrawn_at=None
        )
        return Q(Exists(invited))


class InvitationAnswer(models.TextChoices):
    OPEN = "open", "nog geen antwoord"
    ACCEPTED = "komt", "komt"
    DECLINED = "komt-niet", "komt niet"


class Invitation(models.Model):
    """That a party is invited to one item. Names no person of the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField("uitgenodigd op")
    expected_at = models.TimeField("verwacht om", null=True, blank=True)
    answer = models.CharField(
        "antwoord", max_length=10, choices=InvitationAnswer, default=InvitationAnswer.OPEN
    )
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = (
            models.UniqueConstraint(
                fields=["item", "organisation"], condition=Q(withdrawn_at=None), name="invited_once_per_item"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


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


class DecisionKind(models.TextChoices):
    ADOPT_PLAN = "plan-vastgesteld", "D&R-plan vastgesteld"
    ADJUST_PLAN = "plan-bijgesteld", "D&R-plan bijgesteld"
    CONTINUE = "voortzetten", "Traject voortzetten"
    PROMOTION_ADVICE = "advies-promotie", "Advies: promotie"
    DEMOTION_ADVICE = "advies-degradatie", "Advies: degradatie"
    ACTION = "actie", "Actie afgesproken"
    OTHER = "anders", "Anders"


class Decision(ContentRow):
    """What was decided on one item. Guests see it when they were invited and may see the domain (C3, MDO minutes).

    With a party and a day it becomes an action of that party when the meeting is closed (users.md 3.10).
    """

    row_kind: ClassVar[RowKind] = RowKind.DECISION

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=20, choices=DecisionKind)
    text = models.CharField("besluit", max_length=500, blank=True)
    decided_at = models.DateTimeField("genomen op")
    assignee = models.ForeignKey(
        Organisation, verbose_name="partij", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("uiterlijk", null=True, blank=True)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        constraints = (
            models.CheckConstraint(
                condition=Q(assignee=None, due_on=None) | Q(assignee__isnull=False, due_on__isnull=False),
                name="decided_action_has_party_and_day",
            ),
        )


class AgendaPrint(models.Model):
    """That an agenda was printed: serial number, for whom, by whom, and whether it is outdated since (quality 2.10).

    Each reader has his own numbers: a guest must not count the copies of others (quality 2.3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField("volgnummer")
    for_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
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
