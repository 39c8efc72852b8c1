"""What is on the agenda of a meeting, and who is invited to which item (R131, C5.8)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from consent.visibility import ContentRow, RowKind, content_history
from meetings.models.meeting import Meeting
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import History


class ItemKind(models.TextChoices):
    """Why a case is on the agenda (C5.8)."""

    ADOPTION = "vaststelling", "Vaststellen D&R-plan"
    REVIEW = "zesweken", "Zeswekelijkse bespreking"
    PROMOTION = "promotie", "Promotie of degradatie"
    PRE_RELEASE = "voor-ontslag", "Voorbereiding ontslag"
    CARE = "zorg", "Zorg"
    OTHER = "anders", "Bespreking"


class AgendaItem(ContentRow):
    """One case on one agenda. Seen by the PI and by the parties invited to it (C3: own item).

    It holds what every invited party may read; the rest stands in :class:`ItemNote`, since rows are redacted and
    never fields. What is taken off stays as a row without a position: who was invited to it remains known.
    """

    row_kind: ClassVar[RowKind] = RowKind.AGENDA_ITEM

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("volgorde", null=True, blank=True)
    kind = models.CharField("soort punt", max_length=15, choices=ItemKind)
    minutes = models.PositiveSmallIntegerField("minuten", default=10)
    discussed = models.BooleanField("besproken", default=False)
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


class ItemNote(ContentRow):
    """What the PI keeps to itself about an item: its real subject, the proposal, and whether the detainee was there."""

    row_kind: ClassVar[RowKind] = RowKind.AGENDA_ITEM

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("onderwerp", max_length=15, choices=ItemKind)
    proposal = models.CharField("voorstel", max_length=300, blank=True)
    detainee_present = models.BooleanField("gedetineerde aanwezig", null=True, blank=True)
    detainee_absence_reason = models.CharField("reden afwezigheid", max_length=200, blank=True)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "voorbereiding van een agendapunt"
        constraints = (models.UniqueConstraint(fields=["item"], name="one_note_per_item"),)


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
