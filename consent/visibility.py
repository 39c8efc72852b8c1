"""May this party see this content? The one rule, written once in SQL.

    visible = takes part in the case  AND  (owns the row, or it is addressed to the party,
              OR a ground for (case, organisation, life domain) is in force at that moment)
              AND  the row was not made for somebody else by name

A ground is data: consents and dated statutory grounds are two clauses of this rule (architecture 3.3, domain C3,
C7 D1). Nothing is cached and nothing is materialised, so a withdrawal or an expiry shows in the next query. Pages,
API, prints, history, search and notifications all call :meth:`GuardedReads.visible_to`; there is no second
implementation. Reading content without ``visible_to`` or ``unrestricted`` raises.
"""

import uuid
from typing import Any, ClassVar, NoReturn, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from simple_history.manager import HistoricalQuerySet

from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import CaseGround, Consent, GroundCode, RowKind, StatutoryGround
from consent.sight import Ground, Sight, parties_with_sight, relied_on, sight_of, sights_of
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import History

__all__ = [
    "ContentHistoryQuerySet",
    "ContentQuerySet",
    "ContentRow",
    "Ground",
    "GroundCode",
    "RowKind",
    "Sight",
    "content_history",
    "opened_by_law",
    "parties_with_sight",
    "recipients_decided",
    "sight_of",
    "sights_of",
]


class UnscopedRead(RuntimeError):
    """Content was read without saying for whom: use ``visible_to(viewer)`` or ``unrestricted(reason=…)``."""


class BulkWriteSkipsHistory(RuntimeError):
    """``update``, ``delete`` and bulk writes leave no history line: write rows one by one with ``save_as``."""


class GuardedReads(QuerySet[Any]):  # Any: the row type is the subclass's
    """A queryset that reads nothing until it was told for whom."""

    _read_for: str | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # private, and untyped in the stubs
        clone._read_for = self._read_for
        return clone

    def visible_to(self, viewer: Viewer) -> Self:
        """The rows this viewer may see at ``viewer.at``. Chained over several viewers it is a room (architecture 3.3)."""
        if not viewer.sees_content:
            return self._released("none").none()
        row_class = cast("type[ContentRow]", getattr(self.model, "instance_type", self.model))
        return self._released("viewer").filter(
            _takes_part(viewer) & _owned_or_grounded(row_class, viewer), row_class.meant_for(viewer)
        )

    def unrestricted(self, *, reason: str) -> Self:
        """Every row, for work that shows nothing to anybody; ``reason`` says what for."""
        if not reason.strip():
            raise UnscopedRead("unrestricted() wants a reason")
        return self._released(reason)

    def _released(self, read_for: str) -> Self:
        clone = self._clone()
        clone._read_for = read_for
        return clone

    def _require_released(self) -> None:
        if self._read_for is None:
            raise UnscopedRead(self.model.__name__)

    def _fetch_all(self) -> None:
        self._require_released()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:  # Django's own signature
        self._require_released()
        return super().iterator(*args, **kwargs)

    def aiterator(self, *args: Any, **kwargs: Any) -> Any:  # Django's own signature
        self._require_released()
        return super().aiterator(*args, **kwargs)

    def count(self) -> int:
        self._require_released()
        return super().count()

    def exists(self) -> bool:
        self._require_released()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # Django's own signature
        self._require_released()
        return super().aggregate(*args, **kwargs)

    def explain(self, *args: Any, **kwargs: Any) -> str:  # Django's own signature
        self._require_released()
        return super().explain(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:  # Django's own signature
        """Also a subquery says for whom it reads."""
        self._require_released()
        return super().resolve_expression(*args, **kwargs)

    def select_related(self, *fields: Any) -> Self:
        """Joining other content behind the reader's back is refused; frame and reference tables are fine."""
        for path in fields:
            if path and _joins_content(self.model, path):
                raise UnscopedRead(f"{self.model.__name__}.{path}")
        return super().select_related(*fields)

    def update(self, **kwargs: Any) -> NoReturn:
        raise BulkWriteSkipsHistory(self.model.__name__)

    def delete(self) -> NoReturn:
        raise BulkWriteSkipsHistory(self.model.__name__)

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise BulkWriteSkipsHistory(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise BulkWriteSkipsHistory(self.model.__name__)


class ContentQuerySet(GuardedReads):
    """The manager of every content table."""


class ContentHistoryQuerySet(GuardedReads, HistoricalQuerySet):
    """The manager of every content history table: past rows are judged by the grounds of now (architecture 3.3).

    A ground opens the state of the day on which it began, and what follows. What was replaced before, or before the
    party came in, was never given to it (C6.6, R29, R31). The owner, who an old line was addressed to, and the PI that
    keeps the file now (PM 38) read all of it.
    """

    def visible_to(self, viewer: Viewer) -> Self:
        """The lines of rows that the one rule opens now, from the moment on which this viewer came to know them."""
        lines = super().visible_to(viewer)
        row_class = cast("type[ContentRow]", self.model.instance_type)
        mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
        given = _consents_of(viewer).order_by("-given_at").values("given_at")[:1]
        kind = OuterRef(row_class.kind_column) if row_class.kind_column else Value(row_class.row_kind)
        relied = CaseGround.objects.in_force(viewer.at).filter(
            Q(subject="") | Q(subject=OuterRef("domain")) | Q(subject=kind),
            case=OuterRef("case"),
            recipient=viewer.organisation,
        )
        since = Coalesce(Subquery(given), Subquery(relied.order_by("since").values("since")[:1]))
        every = type(self)(self.model, using=self.db).unrestricted(reason="what took the place of a line")
        replaced = every.filter(
            id=OuterRef("id"), history_id__gt=OuterRef("history_id"), history_date__lte=OuterRef("known_from")
        )
        return lines.alias(known_from=Greatest(Subquery(mine.values("since")[:1]), since)).filter(
            Q(owner=viewer.organisation.pk)
            | row_class.addressed_to(viewer)
            | Q(Exists(mine.filter(capacity=Capacity.PRISON)))
            | ~Exists(replaced)
        )


def content_history() -> History:
    """History of a content table, under the same rule as the table itself."""
    return History(historical_queryset=ContentHistoryQuerySet)


class ContentRow(models.Model):
    """One row, one case, one owner (the controller), at most one domain. Rows are redacted, never fields.

    A row without a domain is shared by no consent: only its owner, whom it is addressed to, or a statutory ground
    for its kind of row opens it. ``kind_column`` names the column that holds the kind, where rows of one table differ.
    """

    row_kind: ClassVar[RowKind]
    kind_column: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Organisation, verbose_name="verantwoordelijke", on_delete=models.PROTECT, related_name="+"
    )
    domain = models.CharField("leefgebied", max_length=30, choices=LifeDomain, blank=True)
    version = models.PositiveIntegerField("versie", default=1)
    created_at = models.DateTimeField("gemaakt op")
    changed_at = models.DateTimeField("gewijzigd op")

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def addressed_to(cls, viewer: Viewer) -> Q:
        """Rows that are addressed to the viewer's organisation by name, next to owner and ground. None by default."""
        return Q(pk__in=())

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """Rows that were not made for another organisation by name; no ground opens those (C6.6). All by default."""
        return Q()


def recipients_decided(case: Case) -> set[uuid.UUID]:
    """The recipients about whom the detainee decided, yes or no: 'no consent' is an outcome as well (C4)."""
    return set(Consent.objects.filter(case=case).values_list("recipient_id", flat=True))


def _takes_part(viewer: Viewer) -> Q:
    return Q(Exists(CaseParty.objects.of(viewer).filter(case=OuterRef("case"))))


def _owned_or_grounded(row_class: "type[ContentRow]", viewer: Viewer) -> Q:
    return (
        Q(owner=viewer.organisation.pk)
        | row_class.addressed_to(viewer)
        | Q(_consented(viewer))
        | Q(opened_by_law(row_class, viewer))
    )


def _consented(viewer: Viewer) -> Exists:
    return Exists(_consents_of(viewer))


def _consents_of(viewer: Viewer) -> QuerySet[Consent]:
    """The consents in force that open the domain of an outer row to this viewer's organisation."""
    in_force = Consent.objects.in_force(viewer.at)
    return in_force.filter(case=OuterRef("case"), recipient=viewer.organisation.pk, domain=OuterRef("domain"))


def opened_by_law(row_class: "type[ContentRow]", viewer: Viewer) -> Exists:
    """A row of law for the viewer's capacity and this kind of row; ``per_case`` ones where the case relies on them."""
    kind = OuterRef(OuterRef(row_class.kind_column)) if row_class.kind_column else Value(row_class.row_kind)
    rows = StatutoryGround.objects.for_viewer(viewer).with_subject()
    rows = rows.filter(
        Q(domain="") | Q(domain=OuterRef(OuterRef("domain"))),
        Q(owner_kind="") | Q(owner_kind=OuterRef(OuterRef("owner__kind"))),
        relied_on(viewer, OuterRef(OuterRef("case"))),
        capacity=OuterRef("capacity"),
        with_title__lte=OuterRef("on_title"),
        row_kind=kind,
    )
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
    return Exists(mine.filter(Exists(rows)))


def _joins_content(model: type[models.Model], path: str) -> bool:
    """Whether a join path passes a content table."""
    for name in path.split("__"):
        related = model._meta.get_field(name).related_model
        if not isinstance(related, type):
            return False
        if issubclass(related, ContentRow):
            return True
        model = related
    return False
