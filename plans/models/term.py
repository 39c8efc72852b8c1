"""Terms of which a date reveals content: the same facts as ``cases.Deadline``, behind the visibility rule (ADR 0016)."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models import Capacity, Case, CaseParty, DeadlineStatus
from cases.process import content_steps_for
from consent.visibility import ContentRow, RowKind
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.models.standing import history_as_it_stands

OPEN_TO = {
    PartyKind.MUNICIPALITY: (Capacity.ORIGIN, Capacity.RESETTLEMENT),
    PartyKind.PROBATION: (Capacity.PROBATION,),
}
"""In which capacities a party outside the PI may work with a term of content at all (C4, column 'warn')."""


class TermKind(models.TextChoices):
    """Of which kind of row a term tells; what opens that row opens the term (ADR 0016)."""

    DOMAIN = RowKind.DOMAIN_RECORD.value, "gegevens over een leefgebied"
    CHILD_CHECK = RowKind.CHILD_CHECK.value, "kind-check"
    INSTRUMENT = RowKind.INSTRUMENT.value, "Reflector, Taalmeter of SCIL"
    BEHAVIOUR = RowKind.BEHAVIOUR.value, "gedrag en verloop"


class ContentTerm(ContentRow):
    """One term of one case that follows from content (C4). Its rule version stays when the rule changes (C6.56).

    ``about``: which benefit, where a rule holds for each of them (B11).
    """

    row_kind: ClassVar[RowKind] = RowKind.DOMAIN_RECORD
    kind_column: ClassVar[str] = "kind"

    kind = models.CharField("soort", max_length=20, choices=TermKind)
    step = models.CharField("stap", max_length=40)
    about = models.CharField("waarover", max_length=30, blank=True)
    step_valid_from = models.DateField("regel geldig vanaf")
    capacity = models.CharField("verantwoordelijk", max_length=20, choices=Capacity, default=Capacity.PRISON)
    round = models.PositiveIntegerField("ronde", default=1)
    starts_on = models.DateField("telt vanaf")
    raw_due_on = models.DateField("vervaldatum zonder verlenging")
    due_on = models.DateField("uiterlijk")
    skipped_days = ArrayField(models.DateField(), verbose_name="niet meegeteld", default=list)
    explanation = models.TextField("uitleg")
    status = models.CharField("status", max_length=12, choices=DeadlineStatus, default=DeadlineStatus.OPEN)
    closed_on = models.DateField("gesloten op", null=True, blank=True)

    history = history_as_it_stands()

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """Outside the PI only who works with the step (C4), whatever the consent; of the kind-check no 'no' (C3)."""
        if viewer.is_of(PartyKind.PRISON):
            return Q()
        mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
        works = Q(pk__in=())
        for capacity in OPEN_TO.get(PartyKind(viewer.kind), ()):
            here = Exists(mine.filter(capacity=capacity))
            works |= Q(step__in=content_steps_for(capacity)) & Q(here)
        return works & ~Q(kind=TermKind.CHILD_CHECK, status=DeadlineStatus.LAPSED)

    class Meta(ContentRow.Meta):
        verbose_name = "termijn met inhoud"
        verbose_name_plural = "termijnen met inhoud"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "owner", "step", "about", "round"], name="content_term_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(status="opgeschort") | Q(closed_on__isnull=False),
                name="closed_content_term_has_date",
            ),
        )
        indexes = (
            models.Index(fields=["due_on"], condition=Q(status="open"), name="open_content_terms"),
            models.Index(fields=["case", "due_on"], name="content_terms_of_a_case"),
        )


class TermMark(models.Model):
    """Up to which state of the frame and the calendar the terms of content of a case were computed.

    The frame does not know of content and cannot tell it that a date moved: who catches up compares these marks.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    case_version = models.PositiveIntegerField("versie van de zaak")
    birth_date = models.DateField("geboortedatum", default=date.min)
    calendar = models.CharField("kalender", max_length=16)
    computed_on = models.DateField("berekend op")

    class Meta:
        verbose_name = "stand van de termijnen met inhoud"

    def __str__(self) -> str:
        return str(self.pk)
