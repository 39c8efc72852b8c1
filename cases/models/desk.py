"""How people arrange their work inside one organisation: who stands in for whom, and which filters somebody keeps."""

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cases.querysets import AbsenceQuerySet, SavedViewQuerySet
from parties.models import Organisation, User
from reintegratie.lib.history import History


class DateRange(Func):
    """Two days as a half-open period in the database."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Absence(models.Model):
    """That somebody is away from ``since``, back on ``until``, and who of his organisation stands in for him meanwhile.

    It ends by itself: every read asks the day. It opens no case that the deputy may not open himself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, verbose_name="wie", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, verbose_name="waarnemer", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("vanaf")
    until = models.DateField("weer terug op")

    objects = AbsenceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(deputy=F("user")), name="deputy_is_somebody_else"),
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[
                    (DateRange("since", "until"), RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                ],
            ),
        )
        indexes = (models.Index(fields=["organisation", "deputy", "until"], name="stands_in_for"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def last_day(self) -> date:
        """The last day away, as people say it."""
        return self.until - timedelta(days=1)


class SavedView(models.Model):
    """A filter of the worklist that one person keeps under a name, at one organisation; nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=40)
    filters = models.JSONField("filters", default=dict)
    is_start = models.BooleanField("beginweergave", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaarde weergave"
        verbose_name_plural = "bewaarde weergaven"
        constraints = (
            models.UniqueConstraint(fields=["user", "organisation", "name"], name="view_named_once"),
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(is_start=True), name="one_start_view"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
