"""What is known about a person per domain, who brought it in, and the instruments of the intake."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consent.visibility import ContentRow, RowKind, content_history
from parties.models import PartyKind, User
from parties.viewer import Viewer


class SupportAnswer(models.TextChoices):
    """The hulpvraag of a domain. 'No request' and 'refused to answer' are answers (C2, screening_done)."""

    UNKNOWN = "onbekend", "nog niet gevraagd"
    REQUEST = "ja", "ja, hulpvraag"
    NONE = "nee", "nee, geen hulpvraag"
    REFUSED = "geweigerd", "wil geen antwoord geven"


class DomainStatus(models.TextChoices):
    """How a domain stands, as the person who screens judges it; measured at entry and at release (R200)."""

    UNKNOWN = "onbekend", "onbekend"
    IN_ORDER = "op-orde", "op orde"
    ATTENTION = "aandacht", "aandacht nodig"
    URGENT = "dringend", "actie nodig"


class DomainRecord(ContentRow):
    """What one organisation recorded about one domain: structured facts and the hulpvraag (R15, R16, C5.3)."""

    row_kind: ClassVar[RowKind] = RowKind.DOMAIN_RECORD

    status = models.CharField("stand", max_length=12, choices=DomainStatus, default=DomainStatus.UNKNOWN)
    support_answer = models.CharField(
        "hulpvraag", max_length=12, choices=SupportAnswer, default=SupportAnswer.UNKNOWN
    )
    support_request = models.TextField("toelichting hulpvraag", blank=True)
    question_set = models.CharField("vragenset", max_length=40)
    facts = models.JSONField("gegevens", default=dict)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "leefgebied"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "owner", "domain"], name="one_record_per_case_owner_domain"
            ),
        )


class ContributionKind(models.TextChoices):
    """What a party brings in for the screening (R54, contract: inbreng)."""

    TRAJECTORY = "lopend-traject", "lopend traject"
    SUPERVISION = "toezicht", "toezicht"
    ADVICE = "advies", "advies"
    FACT = "gegeven", "gegeven"


class Contribution(ContentRow):
    """Something the gemeente or the reclassering already knows and brings in, so that nobody types it again."""

    row_kind: ClassVar[RowKind] = RowKind.CONTRIBUTION

    kind = models.CharField("soort", max_length=20, choices=ContributionKind)
    text = models.TextField("inhoud")
    since = models.DateField("vanaf", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "inbreng"


class InstrumentKind(models.TextChoices):
    """R141, R142."""

    REFLECTOR = "reflector", "Reflector"
    LANGUAGE = "taalmeter", "Taalmeter"
    SCIL = "scil", "SCIL"


class InstrumentOutcome(models.TextChoices):
    """Refusing is an outcome (C4: refused = done)."""

    DONE = "afgenomen", "afgenomen"
    LOW = "laag", "afgenomen: uitslag laag of vermoeden LVB"
    REFUSED = "geweigerd", "geweigerd"
    NOT_POSSIBLE = "niet-mogelijk", "niet mogelijk"


class InstrumentResult(ContentRow):
    """Outcome of Reflector, Taalmeter or SCIL. Without a domain: it stays with the PI."""

    row_kind: ClassVar[RowKind] = RowKind.INSTRUMENT

    kind = models.CharField("instrument", max_length=12, choices=InstrumentKind)
    outcome = models.CharField("uitkomst", max_length=15, choices=InstrumentOutcome)
    taken_on = models.DateField("afgenomen op")
    note = models.CharField("toelichting", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = content_history()

    class Meta(ContentRow.Meta):
        verbose_name = "instrument"
        constraints = (
            models.UniqueConstraint(fields=["case", "owner", "kind"], name="one_result_per_instrument"),
        )


class ChildCheckAnswer(models.TextChoices):
    """R122."""

    NO = "nee", "nee"
    YES = "ja", "ja, zorg voor minderjarige kinderen of mantelzorg"
    REFUSED = "geweigerd", "wil geen antwoord geven"


class ChildCheck(ContentRow):
    """Kind-check: is the detainee responsible for minor children or as informal carer? (R122, C5.6)

    Positive → the gemeente of origin is contacted the same day; the notice is minimal and its ground recorded.
    """

    row_kind: ClassVar[RowKind] = RowKind.CHILD_CHECK

    answer = models.CharField("uitkomst", max_length=10, choices=ChildCheckAnswer)
    is_urgent = models.BooleanField("spoed", default=False)
    asked_on = models.DateField("gevraagd op")
    contacted_on = models.DateField("contact met gemeente op", null=True, blank=True)
    contacted_who = models.CharField("gesproken met", max_length=150, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = content_history()

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """Outside the PI only a positive outcome is known: that contact is needed, and how urgent (C3, C5.6)."""
        return Q() if viewer.is_of(PartyKind.PRISON) else Q(answer=ChildCheckAnswer.YES)

    class Meta(ContentRow.Meta):
        verbose_name = "kind-check"
        constraints = (models.UniqueConstraint(fields=["case"], name="one_child_check_per_case"),)
