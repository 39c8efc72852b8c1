"""Who takes part: organisations, people with dated roles, API clients."""

import uuid
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from oauth2_provider.models import AbstractApplication

from parties.querysets import BijMandateQuerySet, OrganisationQuerySet, RoleQuerySet
from reintegratie.lib.history import History


class PartyKind(models.TextChoices):
    """The kinds of organisation that may take part (R6, R159, R183)."""

    PRISON = "pi", "penitentiaire inrichting"
    MUNICIPALITY = "gemeente", "gemeente"
    PROBATION = "reclassering", "reclassering"
    PARTNER = "netwerkpartner", "netwerkpartner"
    SAFETY_HOUSE = "zvh", "Zorg- en Veiligheidshuis"
    OPERATOR = "beheer", "functioneel beheer"


def called(kind: str, name: str) -> str:
    """The name of an organisation in a sentence, when only its kind and name were read."""
    return f"gemeente {name}" if kind == PartyKind.MUNICIPALITY else name


class Organisation(models.Model):
    """A party and its own controller (C7 D11). Reference rows end, they are never deleted (D10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=20, choices=PartyKind)
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=200)
    parent_name = models.CharField("onderdeel van", max_length=200, blank=True)
    place = models.CharField("plaats", max_length=100, blank=True)
    municipality = models.ForeignKey(
        "self", verbose_name="gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.CharField("veiligheidsregio", max_length=10, blank=True)
    facility_kinds = ArrayField(
        models.CharField(max_length=30), verbose_name="soorten inrichting", default=list, blank=True
    )
    verified = models.BooleanField("geverifieerd", default=True)
    email = models.EmailField("algemeen e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_until = models.DateField("geldig tot", null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name="opgegaan in", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    connected_since = models.DateField("aangesloten sinds", null=True, blank=True)
    connected_until = models.DateField("aangesloten tot", null=True, blank=True)
    group = models.OneToOneField(
        Group, null=True, editable=False, on_delete=models.PROTECT, related_name="organisation"
    )

    objects = OrganisationQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = (
            models.UniqueConstraint(fields=["kind", "code"], name="organisation_code_once_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    @property
    def called(self) -> str:
        """How people read it: 'gemeente Zwolle', since 'Zwolle' alone may be a PI as well. The API keeps the bare name."""
        return called(self.kind, self.name)

    def has_ended(self, on: date) -> bool:
        """Whether it does not exist any more on this day, as a gemeente that merged (C6.28)."""
        return self.valid_until is not None and self.valid_until <= on

    def is_connected(self, on: date) -> bool:
        """A gemeente receives begin and end messages only while it is connected (R22)."""
        return (
            not self.has_ended(on)
            and self.connected_since is not None
            and self.connected_since <= on
            and (self.connected_until is None or on < self.connected_until)
        )


class UserManager(BaseUserManager["User"]):
    """Makes accounts that log in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of the swapped ApiClient
    """A person who logs in. What he may do follows from a role, never from the account (quality 2.9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=150)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in beheer", default=False)
    date_joined = models.DateTimeField("aangemaakt", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    def __str__(self) -> str:
        return str(self.pk)

    def get_short_name(self) -> str:
        return self.name


class RoleKind(models.TextChoices):
    """What a person does for an organisation (domain C3)."""

    CASEMANAGER = "casemanager", "casemanager"
    UNIT_HEAD = "afdelingshoofd", "afdelingshoofd"
    DIRECTOR = "directeur", "directeur"
    AFTERCARE_COORDINATOR = "coordinator-nazorg", "coördinator nazorg"
    PROBATION_OFFICER = "reclasseringswerker", "reclasseringswerker"
    BIJ_MANDATARY = "bij-gemandateerde", "BIJ-gemandateerde"
    RISK_OFFICER = "risico-informatie", "bevoegd voor risico-informatie (Pbw 18b)"
    PARTNER_CONTACT = "contact-partner", "contactpersoon netwerkpartner"
    SAFETY_HOUSE_DIRECTOR = "procesregisseur-zvh", "procesregisseur ZVH"
    PRIVACY_OFFICER = "fg", "functionaris gegevensbescherming"
    FUNCTIONAL_ADMIN = "functioneel-beheer", "functioneel beheerder"
    MESSAGE_CLIENT = "meldingen", "koppeling detentiemeldingen"


_EVERYWHERE = frozenset({RoleKind.PRIVACY_OFFICER})

ROLES_OF_KIND = {
    PartyKind.PRISON: _EVERYWHERE
    | {RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD, RoleKind.DIRECTOR, RoleKind.RISK_OFFICER},
    PartyKind.MUNICIPALITY: _EVERYWHERE | {RoleKind.AFTERCARE_COORDINATOR, RoleKind.BIJ_MANDATARY},
    PartyKind.PROBATION: _EVERYWHERE | {RoleKind.PROBATION_OFFICER},
    PartyKind.PARTNER: _EVERYWHERE | {RoleKind.PARTNER_CONTACT},
    PartyKind.SAFETY_HOUSE: _EVERYWHERE | {RoleKind.SAFETY_HOUSE_DIRECTOR, RoleKind.BIJ_MANDATARY},
    PartyKind.OPERATOR: frozenset({RoleKind.FUNCTIONAL_ADMIN, RoleKind.MESSAGE_CLIENT}),
}
"""Which work is done at which kind of organisation (C3); a ZVH may be BIJ-gemandateerde for gemeenten (R46)."""


class Role(models.Model):
    """A person's role for one organisation, for a period. A person acts in one role at a time (R201)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, verbose_name="gebruiker", on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="roles"
    )
    kind = models.CharField("rol", max_length=30, choices=RoleKind)
    unit = models.CharField(
        "afdeling",
        max_length=60,
        blank=True,
        help_text="Alleen voor een afdelingshoofd: hij ziet dan de zaken van deze afdeling. Leeg is de hele inrichting.",
    )
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)

    objects = RoleQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organisation", "kind", "unit"],
                condition=Q(until=None),
                name="role_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def clean(self) -> None:
        """A form that gives a role says so when it does not fit the organisation."""
        chosen = self.organisation_id is not None  # a form may have left it empty
        if chosen and self.kind not in ROLES_OF_KIND[PartyKind(self.organisation.kind)]:
            raise ValidationError({"kind": "Deze rol hoort niet bij dit soort organisatie."})
        self.unit = " ".join(self.unit.split())
        if self.unit and self.kind != RoleKind.UNIT_HEAD:
            raise ValidationError({"unit": "Alleen een afdelingshoofd hoort bij een afdeling."})

    @property
    def label(self) -> str:
        """What somebody does, with the afdeling for who leads one."""
        kind = str(RoleKind(self.kind).label)
        return f"{kind} van afdeling {self.unit}" if self.unit else kind


class BijMandate(models.Model):
    """That a Zorg- en Veiligheidshuis is BIJ-gemandateerde for a gemeente, which stays responsible (R46)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Organisation, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    safety_house = models.ForeignKey(
        Organisation,
        verbose_name="Zorg- en Veiligheidshuis",
        on_delete=models.PROTECT,
        related_name="+",
    )
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)

    objects = BijMandateQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "BIJ-mandaat"
        verbose_name_plural = "BIJ-mandaten"
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "safety_house"], condition=Q(until=None), name="bij_mandate_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="bij_mandate_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def clean(self) -> None:
        """A form says so when one of the two is another kind of organisation."""
        kinds = {"municipality": PartyKind.MUNICIPALITY, "safety_house": PartyKind.SAFETY_HOUSE}
        wrong = {
            name: f"Kies een organisatie van de soort {kind.label}."
            for name, kind in kinds.items()
            if getattr(self, f"{name}_id") is not None and getattr(self, name).kind != kind
        }
        if wrong:
            raise ValidationError(wrong)


class ApiClient(AbstractApplication):
    """Software of one organisation that speaks to the API (contract 4: a client acts for one organisation)."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    role_kind = models.CharField("rol", max_length=30, choices=RoleKind, default=RoleKind.PROBATION_OFFICER)
    owner = models.ForeignKey(
        User, verbose_name="eigenaar", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField("vanaf", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)

    class Meta(AbstractApplication.Meta):
        verbose_name = "API-client"
        verbose_name_plural = "API-clients"
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"

    def __str__(self) -> str:
        return self.client_id
