"""What must be done for a case and by when: terms, tasks and the days that do not count."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.vocabulary import (
    Capacity,
    DeadlineStatus,
    RegionalStep,
    SuspensionReason,
    SuspensionState,
    TaskKind,
)
from cases.querysets import AgreementQuerySet, DeadlineQuerySet
from parties.models import Organisation, PartyKind, User
from reintegratie.lib.history import History


class Deadline(models.Model):
    """One term of one case, with the explanation of its date (C4). Its rule version stays when the rule changes.

    A suspension with an end date moves ``due_on`` at once and leaves the term open: that it stands still today follows
    from its two days (``DeadlineQuerySet``), so nothing has to happen on the day on which it ends. Only an interruption
    of which nobody knows the end has the status ``opgeschort``; coming back ends it. ``pauses`` holds every period in
    which the term stood still, as pairs of days; a recalculation counts them again (:mod:`cases.suspension`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    step = models.CharField("stap", max_length=40)
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
    suspended_on = models.DateField("opgeschort op", null=True, blank=True)
    suspended_until = models.DateField("opgeschort tot", null=True, blank=True)
    suspension_reason = models.CharField("reden opschorting", max_length=200, blank=True)
    pauses = models.JSONField("stond stil", default=list, blank=True)

    objects = DeadlineQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        constraints = (
            models.UniqueConstraint(fields=["case", "step", "round"], name="deadline_once_per_round"),
            models.CheckConstraint(
                condition=Q(status="open") | Q(status="opgeschort") | Q(closed_on__isnull=False),
                name="closed_deadline_has_date",
            ),
        )
        indexes = (
            models.Index(fields=["due_on"], condition=Q(status="open"), name="open_deadlines"),
            # A list asks per case which step its next day belongs to; by day alone that is every case of the country.
            models.Index(
                fields=["case", "due_on"], condition=Q(status="open"), name="open_deadlines_of_a_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.pk}"


class Suspension(models.Model):
    """That a term was, is or should be suspended: why, by whom, until when, and who agreed (users.md 2).

    A second one in a row is asked for, and holds only when somebody else granted it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="suspensions")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=20, choices=SuspensionReason)
    note = models.CharField("toelichting", max_length=300, blank=True)
    state = models.CharField("stand", max_length=12, choices=SuspensionState)
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    asked_by = models.ForeignKey(
        User, verbose_name="gevraagd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, verbose_name="beslist door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("beslist op", null=True)
    ended_on = models.DateField("eerder beëindigd op", null=True)
    ended_by = models.ForeignKey(
        User, verbose_name="beëindigd door", null=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta:
        verbose_name = "opschorting"
        verbose_name_plural = "opschortingen"
        constraints = (
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(state="aangevraagd"), name="one_question_per_term"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="suspension_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CaseTask(models.Model):
    """An open piece of work on a case for one party: what to do next, outside the terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=40, choices=TaskKind)
    about = models.ForeignKey(
        Organisation, verbose_name="over", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    opened_at = models.DateTimeField("ontstaan op")
    done_at = models.DateTimeField("afgedaan op", null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    history = History()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "party", "kind", "about", "opened_at"],
                nulls_distinct=False,
                name="task_once_per_cause",
            ),
        )
        indexes = (models.Index(fields=["party", "opened_at"], condition=Q(done_at=None), name="open_tasks"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class EquatedDay(models.Model):
    """A day equalised with a public holiday by royal decree (Algemene termijnenwet art. 3(3)).

    Without ``applied_at`` the open terms do not know of it yet: a task computes them again.
    """

    on = models.DateField("datum", unique=True)
    source = models.CharField("bron", max_length=300)
    ended = models.BooleanField("vervallen", default=False)
    applied_at = models.DateTimeField("termijnen herberekend op", null=True, editable=False)

    history = History(excluded_fields=["applied_at"])

    class Meta:
        verbose_name = "gelijkgestelde dag"
        verbose_name_plural = "gelijkgestelde dagen"

    def __str__(self) -> str:
        return self.on.isoformat()


class RegionalAgreement(models.Model):
    """That a step is agreed for the people of one gemeente, from when until when (R189, R195, D10).

    The day of the event decides: the entry for a plan in two weeks, the release for what follows it. Without
    ``applied_at`` the cases do not know of it yet: a task brings their terms in line.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField("stap", max_length=40, choices=RegionalStep)
    municipality = models.ForeignKey(
        Organisation,
        verbose_name="gemeente van herkomst",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": PartyKind.MUNICIPALITY},
        help_text="De afspraak geldt voor wie uit deze gemeente komt.",
    )
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField(
        "geldig tot", null=True, blank=True, help_text="De eerste dag waarop de afspraak niet meer geldt."
    )
    source = models.CharField("bron", max_length=300)
    verified = models.BooleanField("geverifieerd", default=True)
    applied_at = models.DateTimeField("termijnen bijgewerkt op", null=True, editable=False)

    objects = AgreementQuerySet.as_manager()
    history = History(excluded_fields=["applied_at"])

    class Meta:
        verbose_name = "regionale afspraak"
        verbose_name_plural = "regionale afspraken"
        constraints = (
            models.UniqueConstraint(
                fields=["step", "municipality", "valid_from"],
                name="agreement_once_per_day",
                violation_error_message="Deze afspraak bestaat al vanaf die dag.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="agreement_ends_after_start",
                violation_error_message="Een afspraak eindigt niet voordat zij begint.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.pk}"
