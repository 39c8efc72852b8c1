"""The D&R-plan: its goals and actions, the adopted versions and the reactions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consent.visibility import ContentRow, RowKind, content_history
from parties.models import Organisation, PartyKind, User
from parties.viewer import Viewer


class PlanState(models.TextChoices):
    """concept → discussed with the detainee → adopted in an MDO; then a living document (R172)."""

    CONCEPT = "concept", "concept"
    DISCUSSED = "besproken", "besproken met de gedetineerde"
    ADOPTED = "vastgesteld", "vastgesteld"


class DetaineeView(models.TextChoices):
    """The detainee's own answer to the plan (users.md 3.8)."""

    AGREED = "akkoord", "akkoord"
    DISAGREED = "niet-akkoord", "niet akkoord"
    COULD_NOT = "kon-niet", "kon niet reageren"


class Plan(ContentRow):
    """The D&R-plan of a case: its state, the lead, and the part that stays inside the PI (R147, R171, Pbw 18a)."""

    row_kind: ClassVar[RowKind] = RowKind.PLAN

    state = models.CharField("status", max_length=12, choices=PlanState, default=PlanState.CONCEPT)
    lead = models.ForeignKey(
        Organisation, verbose_name="regie", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    care_part = models.TextField("zorg en begeleiding", blank=True)
    security_part = models.TextField("veiligheid en beveiliging", blank=True)
    reintegration_part = models.TextField("re-integratie en resocialisatie", blank=True)
    discussed_on = models.DateField("besproken op", null=True, blank=True)
    detainee_view = models.CharField("reactie gedetineerde", max_length=15, choices=DetaineeView, blank=True)
    detainee_note = models.TextField("toelichting gedetineerde", blank=True)
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    adopted_number = models.PositiveIntegerField("laatste versie", default=0)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "D&R-plan"
        constraints = (
            models.UniqueConstraint(fields=["case"], name="one_plan_per_case"),
            models.CheckConstraint(
                condition=~Q(state="vastgesteld") | Q(adopted_on__isnull=False), name="adopted_plan_has_date"
            ),
        )


class GoalKind(models.TextChoices):
    """R171."""

    BEHAVIOUR = "gedrag", "gedragsdoel"
    REINTEGRATION = "re-integratie", "re-integratiedoel"


class GoalState(models.TextChoices):
    OPEN = "open", "open"
    REACHED = "bereikt", "bereikt"
    DROPPED = "vervallen", "vervallen"


class Goal(ContentRow):
    """A goal within one domain of the plan (R147, R171)."""

    row_kind: ClassVar[RowKind] = RowKind.GOAL

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=15, choices=GoalKind, default=GoalKind.REINTEGRATION)
    text = models.TextField("doel")
    state = models.CharField("stand", max_length=10, choices=GoalState, default=GoalState.OPEN)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "doel"

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """A netwerkpartner has its own action only, whatever the ground (C3, plan goals and actions)."""
        return Q(pk__in=()) if viewer.is_of(PartyKind.PARTNER) else Q()


class ActionState(models.TextChoices):
    """The state of an action, in the words of contract 4."""

    OPEN = "open", "open"
    DONE = "gedaan", "gedaan"
    DROPPED = "vervallen", "vervallen"


class Action(ContentRow):
    """Who does what by when. The party that must do it always sees its own action (C3: own actions T)."""

    row_kind: ClassVar[RowKind] = RowKind.ACTION

    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        Organisation, verbose_name="partij", on_delete=models.PROTECT, related_name="+"
    )
    worker = models.ForeignKey(
        User, verbose_name="medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField("actie", max_length=500)
    due_on = models.DateField("uiterlijk", null=True, blank=True)
    state = models.CharField("stand", max_length=10, choices=ActionState, default=ActionState.OPEN)
    result = models.TextField("resultaat", blank=True)
    closed_at = models.DateTimeField("afgedaan op", null=True, blank=True)
    closed_by = models.CharField("afgedaan door", max_length=200, blank=True)
    decision_id = models.UUIDField("besluit", null=True, blank=True)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "actie"
        verbose_name_plural = "acties"
        indexes = (
            models.Index(fields=["assignee", "due_on"], condition=Q(state="open"), name="open_actions"),
            models.Index(fields=["case", "domain"], name="actions_of_a_case"),
        )

    @classmethod
    def addressed_to(cls, viewer: Viewer) -> Q:
        """Own actions always (C3)."""
        return Q(assignee=viewer.organisation.pk)

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """A netwerkpartner has its own action only, whatever the ground (C3)."""
        return Q(assignee=viewer.organisation.pk) if viewer.is_of(PartyKind.PARTNER) else Q()


class PlanVersion(ContentRow):
    """An adopted version of the plan: head without content. Immutable after adoption (C2 invariant)."""

    row_kind: ClassVar[RowKind] = RowKind.PLAN

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("versie")
    adopted_on = models.DateField("vastgesteld op")
    meeting_id = models.UUIDField("overleg")
    inner_part = models.JSONField("binnen de PI", default=dict)

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "versie van het D&R-plan"
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),)


class PlanVersionPart(ContentRow):
    """The goals and actions of one domain as they were adopted."""

    row_kind: ClassVar[RowKind] = RowKind.GOAL

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField("inhoud")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "onderdeel van een planversie"
        constraints = (
            models.UniqueConstraint(fields=["plan_version", "domain"], name="plan_version_domain_once"),
        )

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """As the goals themselves: not for a netwerkpartner (C3)."""
        return Q(pk__in=()) if viewer.is_of(PartyKind.PARTNER) else Q()


class ReactionAnswer(models.TextChoices):
    AGREE = "akkoord", "akkoord"
    OBJECT = "bezwaar", "bezwaar"


class PlanReaction(ContentRow):
    """The answer of a party to the plan (users.md 3.8; contract: plan/reacties). Owned by the party that reacts."""

    row_kind: ClassVar[RowKind] = RowKind.PLAN

    answer = models.CharField("reactie", max_length=10, choices=ReactionAnswer)
    note = models.TextField("toelichting", blank=True)
    plan_version_number = models.PositiveIntegerField("over versie", default=0)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "reactie op het plan"
