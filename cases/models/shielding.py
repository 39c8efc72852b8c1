"""Who inside one organisation may open a case that is not for everybody there: named people, and noodtoegang."""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.querysets import DatedQuerySet
from parties.models import Organisation, RoleKind, User
from reintegratie.lib.history import History


class NamedPerson(models.Model):
    """That somebody may open a shielded case for his organisation, for a period; nobody else there may (C6.36, C6.37).

    Each organisation is its own controller and names its own people (C7 D11). They stay named when the organisation
    leaves and comes back: ``CaseParty.named_only`` says whether the case is shielded there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, verbose_name="medewerker", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField("vanaf")
    until = models.DateTimeField("tot", null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "genoemde persoon"
        verbose_name_plural = "genoemde personen"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "organisation", "user"], condition=Q(until=None), name="named_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="naming_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["user", "organisation"], name="cases_named_for"),)

    def __str__(self) -> str:
        return str(self.pk)


class EmergencyAccess(models.Model):
    """One use of noodtoegang: who opened which case of his own organisation, why, and until when.

    The functionaris gegevensbescherming of that organisation looks at every one of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, verbose_name="medewerker", on_delete=models.PROTECT, related_name="+")
    role_kind = models.CharField("rol", max_length=30, choices=RoleKind)
    reason = models.TextField("reden")
    since = models.DateTimeField("vanaf")
    until = models.DateTimeField("tot")
    seen_by = models.ForeignKey(
        User, verbose_name="bekeken door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField("bekeken op", null=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        constraints = (
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="seen_by_somebody_at_a_moment",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-since"], name="emergencies_of_a_party"),
            models.Index(fields=["user", "until"], name="emergencies_of_a_person"),
        )

    def __str__(self) -> str:
        return str(self.pk)
