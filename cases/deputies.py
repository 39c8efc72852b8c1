"""Who stands in for whom at this organisation today?

It only says whose work somebody looks after. Whether he may open a case stays with ``CasePartyQuerySet.open_to`` and
:mod:`cases.insiders`: who asks here asks there as well.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Absence, CaseParty
from parties.models import Role, RoleKind, User
from parties.viewer import CONTENT_ROLES, Viewer

DEPUTY_ROLES = CONTENT_ROLES - {RoleKind.DIRECTOR}
"""Who may stand in: the roles that do the work of their party; the director reads along."""

Deputies = Mapping[tuple[UUID, UUID], UUID]
"""Organisation and absent person -> who stands in for him."""


def deputies_of(organisations: Collection[UUID], on: date) -> Deputies:
    """Who stands in today for the absent people of these organisations, in one statement."""
    rows = Absence.objects.holding(on).filter(organisation__in=organisations)
    found = rows.values_list("organisation", "user", "deputy")
    return {(organisation, user): deputy for organisation, user, deputy in found}


def looked_after_by(row: CaseParty, deputies: Deputies) -> set[UUID]:
    """Who looks after this party's work on a case: its worker, and who stands in for him."""
    if row.worker_id is None:
        return set()
    deputy = deputies.get((row.party_id, row.worker_id))
    return {row.worker_id, deputy} if deputy else {row.worker_id}


def absent_for(viewer: Viewer) -> QuerySet[Absence]:
    """The absences in which this person stands in today."""
    return Absence.objects.holding(viewer.on).filter(organisation=viewer.organisation.pk, deputy=viewer.user)


def own_or_standing_in(viewer: Viewer) -> Q:
    """Rows of the organisation that this person looks after: his own, and those of whom he stands in for."""
    return Q(worker=viewer.user) | Q(worker__in=absent_for(viewer).values("user"))


def colleagues(viewer: Viewer) -> QuerySet[User]:
    """Everybody who does the work of this organisation today: who may be away, and who may stand in."""
    roles = Role.objects.active_on(viewer.on).filter(
        organisation=viewer.organisation.pk, kind__in=DEPUTY_ROLES
    )
    return User.objects.filter(pk__in=roles.values("user")).order_by("name", "pk")
