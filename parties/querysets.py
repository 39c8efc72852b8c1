"""Named reads of organisations and roles."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from parties.models import BijMandate, Organisation, Role  # noqa: F401  # named in quotes below


def connected(on: date, organisation: str = "") -> Q:
    """That a gemeente receives detention messages on this day: it is connected, and it still exists (R22).

    ``organisation`` is the path to it. The same as ``Organisation.is_connected``, for a query.
    """
    path = f"{organisation}__" if organisation else ""
    begun = Q(**{f"{path}connected_since__lte": on})
    for end in ("connected_until", "valid_until"):
        begun &= Q(**{f"{path}{end}": None}) | Q(**{f"{path}{end}__gt": on})
    return begun


class OrganisationQuerySet(QuerySet["Organisation"]):
    """Organisations by kind and by the day."""

    def valid_on(self, on: date) -> Self:
        """Rows of reference data that hold on this day (D10)."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        not_ended = Q(valid_until=None) | Q(valid_until__gt=on)
        return self.filter(begun & not_ended)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds).order_by("name", "code")


class RoleQuerySet(QuerySet["Role"]):
    """Roles by the day."""

    def active_on(self, on: date) -> Self:
        """Roles that hold on this day, of people and organisations that still exist: a merged gemeente has ended."""
        not_ended = Q(until=None) | Q(until__gt=on)
        exists = Q(organisation__valid_until=None) | Q(organisation__valid_until__gt=on)
        return self.filter(not_ended, exists, since__lte=on, user__is_active=True)


class BijMandateQuerySet(QuerySet["BijMandate"]):
    """Mandates by the day."""

    def active_on(self, on: date) -> Self:
        """Mandates that hold on this day (R46)."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
