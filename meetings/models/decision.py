"""What was decided on an item (C5.9)."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models import Capacity, CaseParty
from consent.visibility import ContentRow, RowKind, content_history
from meetings.models.agenda import AgendaItem, Invitation
from meetings.models.meeting import MeetingState
from parties.models import Organisation
from parties.viewer import Viewer


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

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """A ground is not enough: the party was invited to the item, and the meeting is closed (C3, MDO minutes).

        The PI that keeps the file now is no guest: it took the minutes over with the file (C6.1).
        """
        invited = Invitation.objects.filter(
            item=OuterRef("item"),
            organisation=viewer.organisation.pk,
            withdrawn_at=None,
            item__meeting__state=MeetingState.HELD,
        )
        keeps_file = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=Capacity.PRISON)
        return Q(owner=viewer.organisation.pk) | Q(Exists(invited)) | Q(Exists(keeps_file))
