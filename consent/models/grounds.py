"""Consents, statutory grounds, grounds relied on in a case, and the register of disclosures."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models import Capacity, Case, LifeDomain
from consent.querysets import CaseGroundQuerySet, ConsentQuerySet, GroundQuerySet
from parties.models import Organisation, PartyKind, RoleKind, User
from reintegratie.lib.history import History


class RowKind(models.TextChoices):
    """The kinds of content rows a statutory ground may open: a closed list, as in PM 20d (B2)."""

    DOMAIN_RECORD = "leefgebied", "gegevens over een leefgebied"
    CONTRIBUTION = "inbreng", "inbreng van een partij"
    CHILD_CHECK = "kindcheck", "uitkomst van de kind-check"
    INSTRUMENT = "instrument", "uitkomst van Reflector, Taalmeter of SCIL"
    SHEET = "informatieblad", "informatieblad"
    GOAL = "doel", "doel in het D&R-plan"
    ACTION = "actie", "actie in het D&R-plan"
    PLAN = "plan", "D&R-plan"
    AGENDA_ITEM = "agendapunt", "agendapunt"
    DECISION = "besluit", "besluit van een overleg"
    NETWORK_MEMBER = "netwerklid", "naam en gegevens van iemand uit het netwerk"
    ADDRESS = "adres", "adres"
    BEHAVIOUR = "gedrag", "gedrag en motivatie"
    OFFENCE = "delict", "delict"
    VICTIM = "slachtoffer", "gegevens over een slachtoffer"
    CONDITION = "voorwaarde", "voorwaarde die voor onderdak van belang is"
    INTERNAL_NOTE = "interne-notitie", "interne notitie"
    BIJ_REPORT = "bij", "BIJ-melding"
    RISK_REPORT = "18b", "risico-informatie (Pbw 18b)"
    IDENTITY = "identiteit", "naam, geboortedatum, adres en BSN"
    DETENTION = "detentie", "begin, einde en plaats van de detentie"
    COURSE = "verloop", "titel, programma en verloop van de detentie"


FRAME_KINDS = (RowKind.IDENTITY, RowKind.DETENTION, RowKind.COURSE)
"""Parts of the frame. No rows of content: :mod:`consent.knowledge` asks who may know them (ADR 0013)."""


class Answer(models.TextChoices):
    """A refusal is recorded per purpose as well (users.md, consent)."""

    GIVEN = "gegeven", "gegeven"
    REFUSED = "geweigerd", "geweigerd"


class Evidence(models.TextChoices):
    """How it is shown that the detainee decided (C5.1)."""

    SIGNED = "ondertekend", "ondertekende toestemmingsverklaring"
    ORAL = "mondeling", "mondeling, genoteerd in aanwezigheid van een tweede medewerker"
    REFUSED_TO_SIGN = "niet-getekend", "wil niet tekenen"


class Consent(models.Model):
    """What the detainee decided about sharing one domain with one organisation (R26-R34, B4).

    A change is a new row; a withdrawal fills ``withdrawn_*``. Rows are never overwritten, and the last decision
    (``given_at``, then ``sequence``) counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField("leefgebied", max_length=30, choices=LifeDomain)
    recipient = models.ForeignKey(
        Organisation, verbose_name="ontvanger", on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("antwoord", max_length=12, choices=Answer)
    given_at = models.DateTimeField("gegeven op")
    sequence = models.BigIntegerField("volgnummer")
    valid_until = models.DateTimeField("geldig tot", null=True, blank=True)
    declaration_number = models.CharField("nummer verklaring", max_length=60)
    text_version = models.CharField("versie van de tekst", max_length=20, blank=True)
    evidence = models.CharField("bewijs", max_length=20, choices=Evidence)
    form_language = models.CharField("taal van het formulier", max_length=10, default="nl")
    easy_form = models.BooleanField("formulier in makkelijke taal", default=False)
    language = models.CharField("taal van het gesprek", max_length=40, default="Nederlands")
    explained_how = models.CharField("hoe uitgelegd", max_length=300, blank=True)
    representative = models.CharField("vertegenwoordiger", max_length=200, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawal_reason = models.CharField("toelichting intrekking", max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "domain", "recipient"],
                condition=Q(withdrawn_at=None),
                name="one_standing_decision_per_domain_and_recipient",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="withdrawn_not_before_given",
            ),
        )
        indexes = (
            models.Index(
                fields=["case", "recipient", "domain"],
                condition=Q(withdrawn_at=None, answer="gegeven"),
                name="consent_in_force",
            ),
            models.Index(
                fields=["valid_until"],
                condition=Q(withdrawn_at=None, answer="gegeven", valid_until__isnull=False),
                name="consents_that_end",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        """A yes that was not taken back or replaced: what can be withdrawn."""
        return self.answer == Answer.GIVEN and self.withdrawn_at is None


class GroundCode(models.TextChoices):
    """The legal grounds for sharing, as data (domain, first finding)."""

    CONSENT = "TOESTEMMING", "toestemming van de betrokkene"
    OWN_TASK = "EIGEN-TAAK", "eigen taak (Pbw 18a)"
    WJSG51C = "WJSG51C", "begin- en eindmelding (Wjsg 51c)"
    PBW18A = "PBW18A", "Pbw 18a en PM 20d"
    PBW5B = "KINDCHECK", "kind-check (meldcode)"
    BIJ11A = "BIJ11A", "BIJ (Bjsg 11a)"
    LOCAL = "REGELING", "gemeentelijke regeling"
    WGS = "WGS", "Wgs (zaak van een Zorg- en Veiligheidshuis)"
    PBW18B = "PBW18B", "Pbw 18b"
    THIRD_PARTY = "TOESTEMMING-DERDE", "toestemming van een derde"


OWN_CHANNEL = ("eigen-kanaal", "ontvanger van een melding, buiten de zaak om")
"""BIJ and 18b reach people who take no part in the case (C3 note 5)."""
_KEY = ["code", "capacity", "row_kind", "domain", "owner_kind", "role", "with_title", "valid_from"]


class StatutoryGround(models.Model):
    """One dated row of law: in which capacity a party may see which kind of rows of which domain (C3, D1, D10).

    The second clause of the one visibility rule. No domain means: rows of this kind in any domain, also without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("grondslag", max_length=20, choices=GroundCode)
    article = models.CharField("artikel", max_length=100)
    capacity = models.CharField("hoedanigheid", max_length=20, choices=[*Capacity.choices, OWN_CHANNEL])
    row_kind = models.CharField("soort gegeven", max_length=20, choices=RowKind)
    domain = models.CharField("leefgebied", max_length=30, choices=LifeDomain, blank=True)
    owner_kind = models.CharField("van welke partij", max_length=20, choices=PartyKind, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="alleen voor",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Een regeling van één gemeente geldt alleen voor die gemeente (R36).",
    )
    role = models.CharField("alleen voor rol", max_length=30, choices=RoleKind, blank=True)
    with_title = models.BooleanField("alleen bij een justitiële titel", default=False)
    per_case = models.BooleanField("alleen waar in de zaak vastgelegd", default=False)
    needs_necessity = models.BooleanField("noodzaak vastleggen", default=False)
    valid_from = models.DateTimeField("geldig vanaf")
    valid_until = models.DateTimeField("geldig tot", null=True, blank=True)
    source = models.CharField("bron", max_length=200)
    verified = models.BooleanField("geverifieerd", default=True)

    objects = GroundQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "wettelijke grondslag"
        verbose_name_plural = "wettelijke grondslagen"
        constraints = (
            models.UniqueConstraint(fields=_KEY, condition=Q(organisation=None), name="ground_row_once"),
            models.UniqueConstraint(fields=[*_KEY, "organisation"], name="ground_row_once_per_party"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class CaseGround(models.Model):
    """That a ground is relied on in one case, for one recipient and one subject (ADR 0013; C3 codes S and WGS, R36, R48).

    ``subject`` is a life domain, a kind of row without a domain, or empty: everything that the ground opens. What a
    ground with ``per_case`` opens, it opens from here on only. Rows are never overwritten; ending one fills ``ended_*``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("grondslag", max_length=20, choices=GroundCode)
    recipient = models.ForeignKey(
        Organisation, verbose_name="ontvanger", on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField("onderwerp", max_length=30, blank=True)
    necessity = models.TextField("noodzaak")
    reference = models.CharField("kenmerk", max_length=100, blank=True)
    since = models.DateTimeField("vanaf")
    until = models.DateTimeField("tot", null=True, blank=True)
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)
    end_reason = models.CharField("reden van beëindiging", max_length=300, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = CaseGroundQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "grondslag in een zaak"
        verbose_name_plural = "grondslagen in zaken"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "recipient", "code", "subject"],
                condition=Q(ended_at=None),
                name="ground_relied_on_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="case_ground_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(necessity=""), name="case_ground_has_necessity"),
        )
        indexes = (
            models.Index(
                fields=["case", "recipient", "code"], condition=Q(ended_at=None), name="case_ground_in_force"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Disclosure(models.Model):
    """What was given to whom, when and on which ground (Wjsg 51c(4), C5.19). Kept at least four years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    recipient_text = models.CharField("ontvanger op papier", max_length=200, blank=True)
    kind = models.CharField("soort", max_length=40)
    document_id = models.CharField("document", max_length=64)
    document_version = models.PositiveIntegerField("versie", default=1)
    domains = ArrayField(models.CharField(max_length=30), verbose_name="leefgebieden", default=list)
    grounds = models.JSONField("grondslagen per leefgebied", default=dict)
    necessity = models.TextField("noodzaak", blank=True)
    at = models.DateTimeField("moment")
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("geopend op", null=True)

    history = History()

    class Meta:
        verbose_name = "verstrekking"
        verbose_name_plural = "verstrekkingen"
        indexes = (models.Index(fields=["case", "at"]), models.Index(fields=["recipient", "at"]))

    def __str__(self) -> str:
        return str(self.pk)
