"""Who inside an organisation may hear of its part in a case? ``CasePartyQuerySet.open_to``, asked about people.

A message, a reminder or a choice of worker goes to somebody who did not ask: it must not tell him of a case that he may
not open himself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.models import CaseParty, EmergencyAccess, NamedPerson
from parties.models import Organisation, Role, RoleKind, User
from parties.viewer import CONTENT_ROLES, Viewer
from reintegratie.lib.workdays import day_of

Named = Mapping[tuple[UUID, UUID], Collection[UUID]]
"""Case and organisation -> who is named there."""


def may_hear(role: Role, row: CaseParty, named: Named) -> bool:
    """Of a shielded case only the named people hear (C6.37); an afdelingshoofd of his own afdeling (C3 rule 8)."""
    return fits(role, row) and (
        not row.named_only or role.user_id in named.get((row.case_id, row.party_id), ())
    )


def fits(role: Role, row: CaseParty) -> bool:
    """Whether a case of this afdeling is for this role."""
    return role.kind != RoleKind.UNIT_HEAD or role.unit in ("", row.unit)


def named_in(rows: Iterable[CaseParty], at: datetime) -> Named:
    """Who is named at which organisation for these cases, in one statement; none when no case is shielded."""
    found: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    shielded = {row.case_id for row in rows if row.named_only}
    if shielded:
        people = NamedPerson.objects.holding(at).filter(case__in=shielded)
        for case, organisation, user in people.values_list("case", "organisation", "user"):
            found[case, organisation].add(user)
    return found


def insiders(row: CaseParty, at: datetime) -> list[User]:
    """Everybody who works with cases at this organisation today and may hear of this one, in order of address."""
    named = named_in([row], at)
    return people_of(role for role in _roles_at(row.party_id, at) if may_hear(role, row, named))


def who_may_be_named(row: CaseParty, at: datetime) -> list[User]:
    """Everybody who would see the case there if it were not shielded."""
    return people_of(role for role in _roles_at(row.party_id, at) if fits(role, row))


def workers_of(organisation: Organisation, at: datetime) -> list[User]:
    """Everybody who works with cases at an organisation today, for what concerns no case."""
    return people_of(_roles_at(organisation.pk, at))


def keeps_shield(row: CaseParty, viewer: Viewer) -> bool:
    """Whether this person decides who is named: anybody before the first, then the named people.

    When none of them works there any more, whoever came in with noodtoegang names new ones; else nobody ever could.
    """
    if not row.named_only:
        return True
    here = {person.pk for person in insiders(row, viewer.at)}
    return not here or (viewer.user is not None and viewer.user.pk in here)


def emergency_until(row: CaseParty, viewer: Viewer) -> datetime | None:
    """Until when noodtoegang opens this case for this person; None for who needs none. Asks nothing of an ordinary case."""
    if not row.named_only and viewer.unit in ("", row.unit):
        return None
    mine = {"case": row.case_id, "organisation": row.party_id, "user": viewer.user}
    if NamedPerson.objects.holding(viewer.at).filter(**mine).exists() and viewer.unit in ("", row.unit):
        return None
    uses = EmergencyAccess.objects.holding(viewer.at).filter(**mine).order_by("-until")
    return uses.values_list("until", flat=True).first()


def units_of(organisation: Organisation, at: datetime) -> list[str]:
    """The afdelingen of a PI as they are written now: of its afdelingshoofden and on its cases."""
    heads = (
        Role.objects.active_on(day_of(at)).filter(organisation=organisation).values_list("unit", flat=True)
    )
    cases = CaseParty.objects.holding(at).filter(party=organisation).values_list("unit", flat=True)
    return sorted({unit for unit in heads.union(cases) if unit})


def people_of(roles: Iterable[Role]) -> list[User]:
    """Each person once, whatever his roles."""
    return list({role.user_id: role.user for role in roles}.values())


def _roles_at(organisation_id: UUID, at: datetime) -> QuerySet[Role]:
    roles = Role.objects.active_on(day_of(at)).filter(organisation=organisation_id, kind__in=CONTENT_ROLES)
    return roles.select_related("user").order_by("user__email")
