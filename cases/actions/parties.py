"""Who joins a case, who does the work there, and which gemeente it concerns."""

from datetime import datetime

from django.db import transaction

from cases.access import join_case, leave_case
from cases.actions.chores import sync_chores
from cases.actions.circle import Circle
from cases.actions.clocks import run_clocks
from cases.actions.notify import notify
from cases.actions.record import lock_case, refresh_next_deadlines, save_case, touch_parties
from cases.actions.work import open_task
from cases.ending import require_running
from cases.frame import KNOWS_ALL
from cases.insiders import insiders
from cases.models import Capacity, Case, CaseParty, TaskKind
from parties.models import Organisation, PartyKind, Role, User
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of


class NotAWorkerThere(Exception):
    """The person has no role today in the organisation that takes part."""


class NotForThisWorker(NotAWorkerThere):
    """The person works there, but may not open this case: it is of another afdeling."""


class NotAPrison(Exception):
    """Only a PI has afdelingen."""


class NoLongerTakesPart(Exception):
    """The organisation does not take part in this case any more (C6.47)."""


class AlreadyTakesPart(Exception):
    """The organisation takes part in this case in another capacity."""


class NotConnected(Exception):
    """The gemeente is not connected, so it may not receive messages or take part (R22)."""


@transaction.atomic
def assign_worker(
    *, row: CaseParty, worker: User | None, by: Actor, at: datetime, why: str, unit: str | None = None
) -> CaseParty:
    """Name the person who works on the case for this party, and in a PI the afdeling; None takes the name away.

    ``unit``: None leaves the afdeling as it is. Who does the work is an affair of that party: the feeds of the others do
    not move (quality 2.3). Raises NotAWorkerThere, NotForThisWorker, NoLongerTakesPart, NotAPrison.
    """
    row = _standing(row, at)
    require_running(row.case.phase)
    unit = row.unit if unit is None else unit
    if unit and row.capacity != Capacity.PRISON:
        raise NotAPrison
    if (row.worker_id, row.unit) == (worker.pk if worker else None, unit):
        return row
    row.worker, row.unit, row.changed_at = worker, unit, at
    _require_worker(row, at)
    save_as(row, by=by, at=at, why=why)
    return row


def _require_worker(row: CaseParty, at: datetime) -> None:
    """Who is named must work there today, and must be able to open the case himself."""
    if row.worker is None or row.worker in insiders(row, at):
        return
    raise NotForThisWorker if _works_at(row.worker, row.party, at) else NotAWorkerThere


@transaction.atomic
def involve_probation(
    *, case: Case, organisation: Organisation, assignment: str, on_title: bool, by: Actor, at: datetime
) -> CaseParty:
    """Let a reclasseringsorganisatie take part on an assignment: advice, supervision (R13, C3 rule 7).

    ``on_title``: it was imposed or asked for by a judge or the OM (R158). Only then the reclassering knows by its own
    task whom it is about and when he leaves; otherwise consent, or Pbw 18a, opens that (C3).
    """
    require_running(lock_case(case).phase)
    row = _involve(
        case=case,
        party=organisation,
        capacity=Capacity.PROBATION,
        by=by,
        at=at,
        why=f"Opdracht reclassering: {assignment}",
        assignment=assignment,
        on_title=on_title,
    )
    notify(case=case, organisation=organisation, kind="betrokken", event=f"betrokken:{row.pk}", at=at)
    return row


CAPACITY_OF = {PartyKind.PARTNER: Capacity.PARTNER, PartyKind.SAFETY_HOUSE: Capacity.SAFETY_HOUSE}


@transaction.atomic
def involve_partner(
    *, case: Case, organisation: Organisation, assignment: str, by: Actor, at: datetime
) -> CaseParty:
    """Let a netwerkpartner or a Zorg- en Veiligheidshuis take part (R6). It reads a number until there is a ground (C3)."""
    require_running(lock_case(case).phase)
    row = _involve(
        case=case,
        party=organisation,
        capacity=CAPACITY_OF[PartyKind(organisation.kind)],
        by=by,
        at=at,
        why=f"Betrokken: {assignment}",
        assignment=assignment,
    )
    notify(case=case, organisation=organisation, kind="betrokken", event=f"betrokken:{row.pk}", at=at)
    return row


@transaction.atomic
def end_involvement(*, row: CaseParty, by: Actor, at: datetime, why: str) -> CaseParty:
    """End taking part from this moment: on the next request the case is gone for this party (C6.47).

    Only who knows all parties notices. Raises NoLongerTakesPart.
    """
    row = _standing(row, at)
    ended = leave_case(row=row, until=at, by=by, at=at, why=why)
    knowing = CaseParty.objects.active(at).filter(case=row.case, capacity__in=KNOWS_ALL)
    touch_parties(case=row.case, parties=set(knowing.values_list("party_id", flat=True)), at=at)
    return ended


@transaction.atomic
def set_origin(
    *,
    case: Case,
    municipality: Organisation,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Record the gemeente of origin by hand; from then on messages do not change it (R70, C6.33).

    Raises StaleVersion.
    """
    require_running(lock_case(case, expected_version).phase)
    case.origin_municipality, case.origin_set_by_hand = municipality, True
    save_case(case, by=by, at=at, why=f"Gemeente van herkomst: {municipality.name}")
    sync_chores(circle=Circle.of(case, at), by=by, at=at)
    bring_in_origin(case=case, since=at, by=by, at=at)
    run_clocks(case=case, by=by, at=at)
    return case


@transaction.atomic
def choose_resettlement(
    *,
    case: Case,
    municipality: Organisation,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Record where the detainee will settle; both gemeenten see the case from now, no older sheet goes along (R71, C6.6).

    The gemeente of origin gets the task to call the other one (R71). Raises NotConnected, AlreadyTakesPart, StaleVersion.
    """
    require_running(lock_case(case, expected_version).phase)
    if not municipality.is_connected(day_of(at)):
        raise NotConnected
    for row in CaseParty.objects.filter(case=case, capacity=Capacity.RESETTLEMENT, until=None):
        if row.party_id != municipality.pk:
            leave_case(row=row, until=at, by=by, at=at, why="Andere gemeente van hervestiging gekozen")
    case.resettlement_municipality = municipality
    save_case(case, by=by, at=at, why=f"Gemeente van hervestiging: {municipality.name}")
    if municipality.pk != case.origin_municipality_id:
        row = _involve(
            case=case,
            party=municipality,
            capacity=Capacity.RESETTLEMENT,
            by=by,
            at=at,
            why="Gemeente van hervestiging",
        )
        notify(case=case, organisation=municipality, kind="betrokken", event=f"betrokken:{row.pk}", at=at)
        _ask_origin_to_call(case, by, at)
    bring_in_origin(case=case, since=at, by=by, at=at)
    return case


def _ask_origin_to_call(case: Case, by: Actor, at: datetime) -> None:
    for row in Circle.of(case, at).in_capacity(Capacity.ORIGIN):
        kind = TaskKind.RESETTLEMENT_CALL
        open_task(case=case, party=row.party, kind=kind, by=by, at=at)
        notify(case=case, organisation=row.party, kind=kind, event=f"{kind}:{case.pk}:{case.version}", at=at)


def bring_in_origin(*, case: Case, since: datetime, by: Actor, at: datetime) -> None:
    """Let the gemeente of origin take part from the entry on, always and without consent, once it is connected (R21-R23).

    A gemeente that is not connected may not be told by the system, and leaves; the PI has a task for it (chores).
    """
    origin = case.origin_municipality
    is_connected = origin is not None and origin.is_connected(day_of(at))
    rows = list(CaseParty.objects.filter(case=case, until=None).select_related("party"))
    for row in rows:
        if row.capacity == Capacity.ORIGIN and (row.party != origin or not is_connected):
            why = "Andere gemeente van herkomst" if row.party != origin else "Gemeente niet meer aangesloten"
            leave_case(row=row, until=at, by=by, at=at, why=why)
            _keep_as_resettlement(case, row.party, by=by, at=at)
    if case.entered_at is None or origin is None or not is_connected:
        return
    present = next((row for row in rows if row.party_id == origin.pk), None)
    if present is None:
        why = "Beginmelding detentie (Wjsg art. 51c)"
        join_case(case=case, party=origin, capacity=Capacity.ORIGIN, since=since, by=by, at=at, why=why)
        refresh_next_deadlines(case=case, at=at)
    if present is None or present.capacity != Capacity.ORIGIN:
        begun = case.entered_at
        Circle.of(case, at).tell_once(origin, TaskKind.BEGIN_MESSAGE, since=begun, by=by, at=at)


def _keep_as_resettlement(case: Case, party: Organisation, *, by: Actor, at: datetime) -> None:
    """Who is no longer the gemeente of origin and is the one of resettlement stays, in that capacity."""
    if party.pk == case.resettlement_municipality_id and party.is_connected(day_of(at)):
        why = "Gemeente van hervestiging"
        join_case(case=case, party=party, capacity=Capacity.RESETTLEMENT, since=at, by=by, at=at, why=why)


def _involve(
    *,
    case: Case,
    party: Organisation,
    capacity: Capacity,
    by: Actor,
    at: datetime,
    why: str,
    assignment: str = "",
    on_title: bool = False,
) -> CaseParty:
    row = CaseParty.objects.filter(case=case, party=party, until=None).first()
    if row is not None and row.capacity != capacity:
        raise AlreadyTakesPart
    joined = join_case(
        case=case,
        party=party,
        capacity=capacity,
        since=row.since if row else at,
        assignment=assignment,
        on_title=on_title,
        by=by,
        at=at,
        why=why,
    )
    refresh_next_deadlines(case=case, at=at)
    return joined


def _standing(row: CaseParty, at: datetime) -> CaseParty:
    """The row as it stands under the lock of its case; what was read before may have ended since."""
    case = lock_case(row.case)
    now = CaseParty.objects.active(at).filter(pk=row.pk).select_related("party__group").first()
    if now is None:
        raise NoLongerTakesPart
    now.case = case
    return now


def _works_at(user: User, organisation: Organisation, at: datetime) -> bool:
    return Role.objects.active_on(day_of(at)).filter(user=user, organisation=organisation).exists()
