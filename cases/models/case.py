"""One detention episode: where, from when until when, and which parties take part."""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from guardian.models import GroupObjectPermissionBase

from cases.models.person import Detainee
from cases.models.vocabulary import (
    ENDED_PHASES,
    Capacity,
    CustodyTitle,
    ExtramuralGround,
    InflowType,
    Phase,
    Programme,
)
from cases.querysets import CasePartyQuerySet, CaseQuerySet
from parties.models import Organisation, User
from reintegratie.lib.history import History


class Case(models.Model):
    """One detention episode of one person (DetentionEpisode in the glossary). A re-entry is a new case (C2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("zaaknummer", max_length=20, unique=True)
    detainee = models.ForeignKey(Detainee, on_delete=models.PROTECT, related_name="cases")
    detention_number = models.CharField("insluitingsnummer", max_length=40, unique=True)
    inflow_type = models.CharField("instroomtype", max_length=20, choices=InflowType)
    custody_title = models.CharField("titel", max_length=40, choices=CustodyTitle)
    phase = models.CharField("fase", max_length=30, choices=Phase)
    phase_since = models.DateField("fase sinds", null=True, blank=True)
    phase_before = models.CharField("fase voor de onderbreking", max_length=30, choices=Phase, blank=True)
    phase_reason = models.CharField("aanleiding van de fase", max_length=300, blank=True)
    extramural_ground = models.CharField(
        "grond extramuraal", max_length=2, choices=ExtramuralGround, blank=True
    )
    programme = models.CharField("programma", max_length=10, choices=Programme, default=Programme.BASIC)
    programme_since = models.DateField("programma sinds", null=True, blank=True)
    programme_reason = models.CharField("besluit over het programma", max_length=300, blank=True)
    announced_for = models.DateField("verwacht begin", null=True, blank=True)
    entered_at = models.DateTimeField("binnengekomen op", null=True, blank=True)
    expected_release_on = models.DateField("verwachte einddatum", null=True, blank=True)
    released_at = models.DateTimeField("einddatum", null=True, blank=True)
    post_release_title = models.CharField("justitiële titel na ontslag", max_length=200, blank=True)
    origin_municipality = models.ForeignKey(
        Organisation,
        verbose_name="gemeente van herkomst",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    origin_set_by_hand = models.BooleanField("herkomst met de hand vastgelegd", default=False)
    resettlement_municipality = models.ForeignKey(
        Organisation,
        verbose_name="gemeente van hervestiging",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_mdo_held_on = models.DateField("laatste MDO", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField("gewijzigd op")

    objects = CaseQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "zaak"
        verbose_name_plural = "zaken"
        permissions = (
            ("manage_case", "voert het dossier"),
            ("contribute_case", "mag inbreng leveren"),
            ("follow_case", "mag het eigen deel volgen"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["detainee"],
                condition=Q(released_at=None) & ~Q(phase__in=[Phase.ANNOUNCED, *ENDED_PHASES]),
                name="one_open_episode_per_person",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("entered_at")),
                name="release_not_before_entry",
            ),
        )
        indexes = (
            models.Index(
                fields=["expected_release_on"], condition=Q(released_at=None), name="case_upcoming_release"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/zaken/{self.pk}/"


class TsTzRange(Func):
    """Two moments as a half-open period in the database."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class FacilityStay(models.Model):
    """A stay in one PI. The stays of a person never overlap (C2 invariant)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    detainee = models.ForeignKey(Detainee, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(
        Organisation, verbose_name="inrichting", on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField("vanaf")
    until = models.DateTimeField("tot", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "verblijf"
        constraints = (
            ExclusionConstraint(
                name="stays_of_a_person_do_not_overlap",
                expressions=[
                    (TsTzRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("detainee", RangeOperators.EQUAL),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="stay_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CaseParty(models.Model):
    """That an organisation takes part in a case, for a period. One index on this table is the worklist.

    ``key`` is its name in addresses and cursors: ``id`` is a number of one sequence for all parties (quality 2.3).
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField("hoedanigheid", max_length=20, choices=Capacity)
    assignment = models.CharField("opdracht", max_length=200, blank=True)
    on_title = models.BooleanField(
        "in justitieel kader",
        default=False,
        help_text="Advies of toezicht dat is opgelegd of gevraagd (R158).",
    )
    unit = models.CharField("afdeling", max_length=60, blank=True)  # of a PI; a transfer begins without one
    named_only = models.BooleanField("afgeschermd", default=False)
    worker = models.ForeignKey(
        User, verbose_name="behandelaar", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField("vanaf")
    until = models.DateTimeField("tot", null=True, blank=True)
    is_open = models.BooleanField("op de werkvoorraad", default=True)
    next_deadline = models.DateField("eerstvolgende termijn", null=True, blank=True)
    changed_at = models.DateTimeField("gewijzigd op")
    fed_at = models.DateTimeField("in de stroom sinds", null=True, editable=False)
    in_feed = models.BooleanField("in de stroom", default=False, editable=False)

    objects = CasePartyQuerySet.as_manager()
    history = History(excluded_fields=["key", "fed_at", "in_feed"])

    class Meta:
        verbose_name = "deelname"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "party"], condition=Q(until=None), name="party_takes_part_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="taking_part_ends_after_start"
            ),
        )
        indexes = (
            models.Index(
                F("party"),
                F("next_deadline").asc(nulls_last=True),
                F("id"),
                condition=Q(is_open=True),
                name="worklist",
            ),
            models.Index(fields=["party", "fed_at", "key"], name="case_feed"),
            models.Index(fields=["party"], condition=Q(in_feed=False), name="changes_to_publish"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="changed_again",
                operation=pgtrigger.UpdateOf("changed_at"),
                when=pgtrigger.Before,
                func="NEW.in_feed = FALSE; RETURN NEW;",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def works_by_dates(self) -> bool:
        """Whether terms and dates are this party's own work. A reclassering without a title knows no dates by itself,
        and a term tells the dates it counts from (C3, ADR 0013)."""
        return self.capacity != Capacity.PROBATION or self.on_title


class FeedMark(models.Model):
    """Until which moment a party has read the feed of its cases (:mod:`cases.actions.feed`)."""

    party = models.OneToOneField(Organisation, primary_key=True, on_delete=models.PROTECT, related_name="+")
    previous = models.DateTimeField("daarvoor gelezen tot", null=True)
    read_until = models.DateTimeField("gelezen tot")

    class Meta:
        verbose_name = "leesmoment van de stroom"

    def __str__(self) -> str:
        return str(self.pk)


class CaseGroupPermission(GroupObjectPermissionBase):
    """What a party may do with a case: guardian's permission of the organisation's Group (architecture 3.1).

    The relation has a name because guardian looks for it: without one it falls back on its generic table.
    """

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="group_permissions")

    class Meta(GroupObjectPermissionBase.Meta):
        pass
