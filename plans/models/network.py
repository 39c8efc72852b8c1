"""People around the detainee, and addresses: data about others, or data that puts somebody in danger (C3, R58)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models import LifeDomain
from consent.third_parties import agreed
from consent.visibility import ContentRow, RowKind, opened_by_law
from parties.models import Organisation, User
from parties.viewer import Viewer
from plans.models.standing import history_as_it_stands, keeps_the_file, works_closely


class Relation(models.TextChoices):
    """Who somebody is to the detainee; no more than is needed (C3: T minimal)."""

    PARTNER = "partner", "partner"
    OTHER_PARENT = "andere-ouder", "andere ouder van de kinderen"
    PARENT = "ouder", "ouder"
    CHILD = "kind", "meerderjarig kind"
    SIBLING = "broer-zus", "broer of zus"
    FRIEND = "vriend", "vriend of kennis"
    VOLUNTEER = "vrijwilliger", "vrijwilliger of maatje"
    OTHER = "anders", "anders"


class NetworkMember(ContentRow):
    """Somebody from the network. Outside the PI only with his own yes, beside the ground of the detainee (C3 code K).

    ``family_approach``: the other parent takes part in the gezinsbenadering (R58, R124-R126). With a contactverbod or a
    victim there is neither that nor any other action on this person (C6.36).
    """

    row_kind: ClassVar[RowKind] = RowKind.NETWORK_MEMBER

    name = models.CharField("naam", max_length=150)
    relation = models.CharField("relatie", max_length=20, choices=Relation)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    is_victim = models.BooleanField("is slachtoffer", default=False)
    no_contact = models.BooleanField("contactverbod", default=False)
    family_approach = models.BooleanField("gezinsbenadering", default=False)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = history_as_it_stands()

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """By law, or with the third party's own yes to this recipient. A victim stays within the PI (C3, C6.36)."""
        inside = Q(owner=viewer.organisation.pk) | keeps_the_file(viewer)
        return inside | (Q(is_victim=False) & (Q(opened_by_law(cls, viewer)) | Q(agreed(viewer))))

    class Meta(ContentRow.Meta):
        verbose_name = "netwerklid"
        constraints = (
            models.CheckConstraint(condition=Q(domain=LifeDomain.NETWORK), name="member_is_of_the_network"),
            models.CheckConstraint(
                condition=Q(family_approach=False)
                | Q(relation="andere-ouder", is_victim=False, no_contact=False),
                name="family_approach_with_the_other_parent",
            ),
        )

    @property
    def is_barred(self) -> bool:
        """Whether nobody may seek contact with this person for the detainee (C6.36)."""
        return self.is_victim or self.no_contact


class AddressPurpose(models.TextChoices):
    """What an address is for."""

    AFTER_RELEASE = "na-ontslag", "adres na ontslag"
    LEAVE = "verlof", "verlofadres"
    POSTAL = "briefadres", "briefadres"
    REGISTERED = "brp", "adres in de BRP"


class Secrecy(models.TextChoices):
    """Why an address is secret (C6.34)."""

    REGISTER = "brp", "geheimhouding in de BRP"
    SHELTER = "opvang", "adres van een opvang"
    SAFETY = "veiligheid", "veiligheid van betrokkene of een ander"


class Address(ContentRow):
    """Where somebody may live or stay. A secret address never goes to a partner or guest, whatever the consent (C6.34)."""

    row_kind: ClassVar[RowKind] = RowKind.ADDRESS

    purpose = models.CharField("waarvoor", max_length=20, choices=AddressPurpose)
    street = models.CharField("straat", max_length=100)
    number = models.CharField("huisnummer", max_length=20)
    postcode = models.CharField("postcode", max_length=10)
    place = models.CharField("plaats", max_length=80)
    municipality = models.ForeignKey(
        Organisation, verbose_name="gemeente", null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField("vanaf", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)
    secrecy = models.CharField("geheim", max_length=20, choices=Secrecy, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = history_as_it_stands()

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """Open addresses as any other row; secret ones never to who follows his own part only."""
        return Q(owner=viewer.organisation.pk) | Q(secrecy="") | works_closely(viewer)

    class Meta(ContentRow.Meta):
        verbose_name = "adres"
        constraints = (
            models.CheckConstraint(condition=Q(domain=LifeDomain.HOUSING), name="address_is_of_housing"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gt=models.F("since")),
                name="address_ends_after_it_began",
            ),
        )

    @property
    def is_secret(self) -> bool:
        return bool(self.secrecy)

    @property
    def in_words(self) -> str:
        return f"{self.street} {self.number}, {self.postcode} {self.place}"
