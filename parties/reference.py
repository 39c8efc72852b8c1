"""How are the organisations of the reference files kept up to date? Rows that vanish end, they are never deleted (D10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction

from parties.models import Organisation, PartyKind
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

LOADER = "process:load_reference"


@dataclass(frozen=True)
class OrganisationRow:
    """One row of a reference file. What beheer adds to an organisation (mail, phone, connection) is not in it."""

    code: str
    name: str
    place: str = ""
    parent_name: str = ""
    region: str = ""
    municipality_code: str = ""
    facility_kinds: tuple[str, ...] = ()
    verified: bool = True
    valid_from: date | None = None
    valid_until: date | None = None
    successor_code: str = ""


@dataclass
class Tally:
    """What loading a file did."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    changes: list[str] = field(default_factory=list)


@transaction.atomic
def sync_organisations(
    *,
    kind: PartyKind,
    rows: Iterable[OrganisationRow],
    connected_since: date | None,
    by: Actor,
    at: datetime,
) -> Tally:
    """Make the organisations of one kind equal to the file; loading it again changes nothing.

    Only a row that an earlier file brought is ended when it vanishes; what beheer added by hand stays.
    ``connected_since`` is for new rows only: connecting and disconnecting is the work of beheer (R22).
    """
    tally, rows = Tally(), list(rows)
    known = {row.code: row for row in Organisation.objects.filter(kind=kind)}
    towns = _by_code(PartyKind.MUNICIPALITY)
    for row in rows:
        organisation = known.get(row.code) or Organisation(
            kind=kind, code=row.code, connected_since=connected_since
        )
        values = _values(row) | {"municipality_id": towns.get(row.municipality_code)}
        _write(organisation, values, tally, by=by, at=at)
    _name_successors(kind, rows, by=by, at=at)
    _end_vanished(kind, {row.code for row in rows}, tally, by=by, at=at)
    return tally


def _values(row: OrganisationRow) -> dict[str, object]:
    return {
        "name": row.name,
        "place": row.place,
        "parent_name": row.parent_name,
        "region": row.region,
        "facility_kinds": list(row.facility_kinds),
        "verified": row.verified,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def _write(
    organisation: Organisation, values: dict[str, object], tally: Tally, *, by: Actor, at: datetime
) -> None:
    new = organisation._state.adding
    if not new and all(getattr(organisation, name) == value for name, value in values.items()):
        tally.unchanged += 1
        return
    for name, value in values.items():
        setattr(organisation, name, value)
    if organisation.group_id is None:
        organisation.group = Group.objects.get_or_create(name=f"{organisation.kind}:{organisation.code}")[0]
    save_as(organisation, by=by, at=at, why="referentiegegevens geladen")
    tally.added += new
    tally.changed += not new
    tally.changes.append(organisation.code)


def _name_successors(kind: PartyKind, rows: list[OrganisationRow], *, by: Actor, at: datetime) -> None:
    """Point a merged organisation to the one it went into (C6.28); after all rows exist."""
    codes = _by_code(kind) if any(row.successor_code for row in rows) else {}
    for row in rows:
        if not row.successor_code:
            continue
        organisation = Organisation.objects.get(kind=kind, code=row.code)
        successor = codes.get(row.successor_code)
        if organisation.successor_id != successor:
            organisation.successor_id = successor
            save_as(organisation, by=by, at=at, why=f"opgegaan in {row.successor_code}")


def _end_vanished(kind: PartyKind, codes: set[str], tally: Tally, *, by: Actor, at: datetime) -> None:
    brought = Organisation.history.filter(kind=kind, history_user_id__startswith=LOADER).values("id")
    vanished = Organisation.objects.filter(kind=kind, pk__in=brought, valid_until=None).exclude(
        code__in=codes
    )
    for organisation in vanished:
        organisation.valid_until = day_of(at)
        save_as(organisation, by=by, at=at, why="staat niet meer in de referentiegegevens")
        tally.ended += 1
        tally.changes.append(organisation.code)


def _by_code(kind: PartyKind) -> dict[str, UUID]:
    return dict(Organisation.objects.filter(kind=kind).values_list("code", "pk"))
