"""What was told outside the case: the BIJ report to a gemeente and risk information (18b). A head, and its text apart."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import Case
from consent.own_channel import ChannelRow, OwnChannelHistoryQuerySet, OwnChannelQuerySet, kept_by
from consent.visibility import GuardedReads, RowKind
from parties.models import Organisation, User
from parties.viewer import Viewer
from reintegratie.lib.history import History


class Occasion(models.TextChoices):
    """Why the mayor is told (R39, R43)."""

    RETURN = "terugkeer", "terugkeer na detentie"
    LEAVE = "verlof", "verlof"
    END = "einde", "einde van de detentie"


class Measures(models.TextChoices):
    """What the mayor did: it decides how long a report is kept (B7)."""

    TAKEN = "genomen", "maatregelen genomen"
    NONE = "geen", "geen maatregelen"


class SafetyReport(ChannelRow):
    """The head of a report: to whom, when, and how long it is kept (R39-R46, B6, B7). Who it is about is the case.

    The recipient follows the address of the leave or the stay, never the origin (R43, C6.41). Without measures a
    report is gone nine months after receipt; with measures it is closed then, and destroyed five years later. Both
    are days in the row: what is over shows to nobody, whether or not a job has run. For 18b no term was found; the
    strictest one that is known holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Organisation, verbose_name="verzender", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(
        "soort",
        max_length=20,
        choices=[(kind.value, kind.label) for kind in (RowKind.BIJ_REPORT, RowKind.RISK_REPORT)],
    )
    recipient = models.ForeignKey(
        Organisation, verbose_name="ontvanger", on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.CharField("aanleiding", max_length=12, choices=Occasion, blank=True)
    expected_on = models.DateField("verwacht op", null=True, blank=True)
    ground = models.CharField("grondslag", max_length=200)
    sent_at = models.DateTimeField("verzonden op")
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("ontvangen op", null=True, blank=True)
    measures = models.CharField("maatregelen", max_length=12, choices=Measures, blank=True)
    measures_taken_at = models.DateTimeField("maatregelen vastgelegd op", null=True, blank=True)
    closes_on = models.DateField("sluit op")
    destroy_on = models.DateField("wordt vernietigd op")
    destroyed_at = models.DateTimeField("vernietigd op", null=True, blank=True)
    recalled_at = models.DateTimeField("teruggehaald op", null=True, blank=True)
    recall_reason = models.CharField("reden van terughalen", max_length=300, blank=True)
    is_data_breach = models.BooleanField("datalek", default=False)

    objects = OwnChannelQuerySet.as_manager()
    history = History(historical_queryset=OwnChannelHistoryQuerySet)

    class Meta:
        verbose_name = "bijzondere melding"
        verbose_name_plural = "bijzondere meldingen"
        base_manager_name = "objects"
        constraints = (
            models.CheckConstraint(
                condition=Q(destroy_on__gte=F("closes_on")), name="report_closes_before_it_is_destroyed"
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | ~Q(recall_reason=""), name="report_recalled_for_a_reason"
            ),
        )
        indexes = (
            models.Index(fields=["recipient", "destroy_on"]),
            models.Index(fields=["case"]),
            models.Index(fields=["destroy_on"], condition=Q(destroyed_at=None), name="report_to_destroy"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return f"/bijzondere-meldingen/{self.pk}/"

    @classmethod
    def still_there(cls, viewer: Viewer) -> Q:
        """Until the day of destruction; without measures that is the day on which it closes (B7)."""
        return Q(destroyed_at=None, destroy_on__gt=viewer.on)

    @property
    def article(self) -> str:
        """The ground as people read it; the ledger keeps its code in front."""
        return self.ground.partition(" ")[2]

    @property
    def serial(self) -> str:
        """What it is called on paper and on the phone; says nothing about anybody."""
        return str(self.pk)[:8].upper()


class ReportTextQuerySet(GuardedReads):
    """The manager of texts: each follows its head, and is hidden sooner."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Open until the head closes; a recalled one is left to the PI that sent it to the wrong place (C6.51)."""
        heads = SafetyReport.objects.visible_to(viewer).filter(pk=OuterRef("report"), closes_on__gt=viewer.on)
        open_heads = heads.filter(Q(recalled_at=None) | kept_by(viewer))
        return self._released("viewer").filter(Exists(open_heads))

    def destroy(self) -> int:
        """Take the rows away for good: the one place where something is deleted (B7). Returns how many."""
        self._require_released()
        gone, _ = QuerySet.delete(self)
        return gone


class SafetyReportText(models.Model):
    """What a report says: who, where, which offence, which conditions, which risk (R39, R41, B6).

    This table has no history and its rows are never updated: the law wants them destroyed (B7), and history is only
    ever added to. What may stay for accountability stands in the head, the register and the ledgers, which hold no
    content. The PI keeps its own copy where it makes its reports, in TULP (R41).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(SafetyReport, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=300)
    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    address = models.CharField("adres", max_length=300, blank=True)
    offence = models.TextField("delict", blank=True)
    conditions = models.TextField("voorwaarden", blank=True)
    risk = models.TextField("risico", blank=True)
    request = models.TextField("wat wordt gevraagd", blank=True)

    objects = ReportTextQuerySet.as_manager()

    class Meta:
        verbose_name = "tekst van een bijzondere melding"
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.pk)
