"""May this viewer open this case? The only way to load one, and the only file that speaks to guardian.

Taking part is a row of CaseParty (its period decides, and it is the worklist); what the party may do with the case is
a guardian permission of the organisation's Group in a table with direct foreign keys. ``join_case`` and ``leave_case``
write both (architecture 3.1). Being the one loader, this is also where reading a case is written to the ledgers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from guardian.core import ObjectPermissionChecker
from guardian.shortcuts import assign_perm, remove_perm

from cases.models import Capacity, Case, CaseParty
from cases.querysets import CasePartyQuerySet, CaseQuerySet
from parties import ledger
from parties.models import Organisation, RoleKind
from parties.viewer import CONTENT_ROLES, Viewer
from reintegratie.lib.history import Actor, save_as

MANAGE, CONTRIBUTE, FOLLOW = "manage_case", "contribute_case", "follow_case"

PERMISSION_OF = {
    Capacity.PRISON: MANAGE,
    Capacity.ORIGIN: CONTRIBUTE,
    Capacity.RESETTLEMENT: CONTRIBUTE,
    Capacity.PROBATION: CONTRIBUTE,
    Capacity.SAFETY_HOUSE: FOLLOW,
    Capacity.PARTNER: FOLLOW,
    Capacity.GUEST: FOLLOW,
}
"""What taking part in a capacity allows with the case itself; content is for :mod:`consent.visibility`."""

CASE_ROLES = CONTENT_ROLES | {RoleKind.PRIVACY_OFFICER}
"""Roles for which a case of their organisation exists at all. The BIJ-gemandateerde is not the GCN (C3 note 5)."""


class CaseNotFound(Http404):
    """The case does not exist for this viewer. One answer for 'not yours' and 'not there' (quality 2.4)."""


def cases_of(viewer: Viewer) -> CaseQuerySet:
    """Every case in which the viewer's organisation takes part at this moment."""
    return Case.objects.filter(Exists(participations_of(viewer).filter(case=OuterRef("pk"))))


def participations_of(viewer: Viewer) -> CasePartyQuerySet:
    """The rows of taking part behind :func:`cases_of`, for a list that is read along them."""
    if viewer.role_kind not in CASE_ROLES:
        return CaseParty.objects.none()
    return CaseParty.objects.of(viewer)


def case_for(
    viewer: Viewer, pk: UUID | str, *, action: str = "zaak-inzien", domains: tuple[str, ...] = ()
) -> Case:
    """Load one case for this viewer and write that he did. Raises CaseNotFound.

    ``action`` names the processing activity in the ledgers; a write names its own activity as well.
    """
    case = cases_of(viewer).with_frame().filter(pk=pk).first()
    if case is None:
        raise CaseNotFound
    subject = ledger.Subject(subject_id=case.detainee_id, case_id=case.pk, domains=domains)
    ledger.record(viewer, action, subjects=[subject], object_kind="zaak", object_id=case.pk)
    return case


def capacity_in(viewer: Viewer, case: Case) -> Capacity | None:
    """In which capacity the viewer's organisation takes part now; None when it does not."""
    row = CaseParty.objects.of(viewer).filter(case=case).first()
    return Capacity(row.capacity) if row else None


def has_permission(viewer: Viewer, case: Case, permission: str) -> bool:
    """Whether the organisation holds this permission on this case (guardian, direct foreign keys, no globals)."""
    group = viewer.organisation.group
    if group is None or viewer.role_kind not in CONTENT_ROLES:
        return False
    return bool(ObjectPermissionChecker(group).has_perm(permission, case))


@transaction.atomic(savepoint=False)
def join_case(
    *,
    case: Case,
    party: Organisation,
    capacity: Capacity,
    since: datetime,
    by: Actor,
    at: datetime,
    why: str,
    until: datetime | None = None,
    assignment: str = "",
    on_title: bool = False,
) -> CaseParty:
    """Let an organisation take part from ``since``. A party that already takes part keeps its one row."""
    row = CaseParty.objects.filter(case=case, party=party, until=None).first()
    if row is None:
        shielded = was_shielded(case, party)
        row = CaseParty(
            case=case, party=party, capacity=capacity, since=since, until=until, named_only=shielded
        )
    row.assignment = assignment or row.assignment
    row.on_title = on_title if assignment or row._state.adding else row.on_title
    row.changed_at = at
    save_as(row, by=by, at=at, why=why)
    if party.group:
        assign_perm(PERMISSION_OF[Capacity(row.capacity)], party.group, case)
    return row


def was_shielded(case: Case, party: Organisation) -> bool:
    """Whether the case is shielded at this organisation: who comes back, or stays in another capacity, keeps that."""
    rows = CaseParty.objects.filter(case=case, party=party).order_by("-since", "-id")
    return bool(rows.values_list("named_only", flat=True).first())


@transaction.atomic(savepoint=False)
def leave_case(*, row: CaseParty, until: datetime, by: Actor, at: datetime, why: str) -> CaseParty:
    """End taking part; on the next request the case no longer exists for this organisation."""
    row.until, row.is_open, row.changed_at = max(until, row.since), False, at
    row.next_deadline = None
    save_as(row, by=by, at=at, why=why)
    if row.party.group:
        remove_perm(PERMISSION_OF[Capacity(row.capacity)], row.party.group, row.case)
    return row


@dataclass(frozen=True)
class Period:
    """That one organisation takes part from ``since``; open at the end is current."""

    party: Organisation
    since: datetime
    until: datetime | None
    is_open: bool = True


@transaction.atomic(savepoint=False)
def keep_periods(
    *, case: Case, capacity: Capacity, periods: Sequence[Period], by: Actor, at: datetime, why: str
) -> bool:
    """Make taking part in one capacity equal to these periods, rows and permissions alike; returns whether it changed.

    A row that turns out never to have held stays with an empty period: that somebody could look is not forgotten.
    """
    known = CaseParty.objects.filter(case=case, capacity=capacity).select_related("party__group")
    rows = list(known.order_by("id"))
    parties = {row.party for row in rows} | {period.party for period in periods}
    wanted = [(period, _row_for(period, rows)) for period in sorted(periods, key=lambda one: one.since)]
    empty = [(Period(row.party, row.since, row.since, is_open=False), row) for row in rows]
    closed_first = sorted([*empty, *wanted], key=lambda pair: pair[0].until is None)
    written = [
        _keep(row or _new_row(case, period.party, capacity), period, by=by, at=at, why=why)
        for period, row in closed_first
    ]
    if any(written):
        current = {period.party for period in periods if period.until is None}
        for party in parties:
            _permit(party, case, capacity, allowed=party in current)
    return any(written)


def _new_row(case: Case, party: Organisation, capacity: Capacity) -> CaseParty:
    return CaseParty(case=case, party=party, capacity=capacity, named_only=was_shielded(case, party))


def _permit(party: Organisation, case: Case, capacity: Capacity, *, allowed: bool) -> None:
    if party.group:
        (assign_perm if allowed else remove_perm)(PERMISSION_OF[capacity], party.group, case)


def _row_for(period: Period, rows: list[CaseParty]) -> CaseParty | None:
    """Take the row that this period was before: same party, if possible from the same moment."""
    mine = [row for row in rows if row.party_id == period.party.pk]
    mine.sort(key=lambda row: (row.since != period.since, row.until == row.since, row.pk))
    if mine:
        rows.remove(mine[0])
    return mine[0] if mine else None


def _keep(row: CaseParty, period: Period, *, by: Actor, at: datetime, why: str) -> bool:
    now = (period.since, period.until, period.is_open)
    if not row._state.adding and (row.since, row.until, row.is_open) == now:
        return False
    row.since, row.until, row.is_open = now
    row.next_deadline = row.next_deadline if row.until is None else None
    row.changed_at = at
    save_as(row, by=by, at=at, why=why)
    return True
