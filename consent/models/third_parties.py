"""What somebody of the network decided about his own data, or as the other parent (C3 code K, R58)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cases.models import Case
from consent.models.grounds import Answer, Evidence
from consent.querysets import ThirdPartyQuerySet
from parties.models import Organisation, User
from reintegratie.lib.history import History


class ThirdPartyRole(models.TextChoices):
    """As whom the third party decides."""

    MEMBER = "netwerklid", "iemand uit het netwerk"
    OTHER_PARENT = "andere-ouder", "de andere ouder"


class ThirdPartyConsent(models.Model):
    """A yes or no of somebody who is not the detainee, about one recipient (C3 code K).

    A second condition beside the ground of the detainee, never a ground by itself. ``subject`` is the row about this
    person, which stands in a room above. As with a consent a change is a new row and the last decision counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField("over wie")
    role = models.CharField("beslist als", max_length=12, choices=ThirdPartyRole)
    recipient = models.ForeignKey(
        Organisation, verbose_name="ontvanger", on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("antwoord", max_length=12, choices=Answer)
    given_at = models.DateTimeField("gegeven op")
    sequence = models.BigIntegerField("volgnummer")
    valid_until = models.DateTimeField("geldig tot", null=True, blank=True)
    evidence = models.CharField("bewijs", max_length=20, choices=Evidence)
    explained_how = models.CharField("hoe uitgelegd", max_length=300, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawal_reason = models.CharField("toelichting intrekking", max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ThirdPartyQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "toestemming van een derde"
        verbose_name_plural = "toestemmingen van derden"
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "recipient"],
                condition=Q(withdrawn_at=None),
                name="one_standing_third_party_decision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="third_party_withdrawn_not_before_given",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        """A yes that was not taken back or replaced: what can be withdrawn."""
        return self.answer == Answer.GIVEN and self.withdrawn_at is None

    def is_over(self, at: datetime) -> bool:
        """Its period has ended."""
        return self.valid_until is not None and self.valid_until <= at
