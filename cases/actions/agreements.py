"""Keep what regions agreed on (R189, R195), and let the cases of their people follow it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.actions.clocks import run_clocks
from cases.actions.record import lock_cases
from cases.models import ENDED_PHASES, Case, RegionalAgreement
from parties.models import Organisation, PartyKind
from parties.reference import LOADER
from reintegratie.lib.history import Actor, save_as
from reintegratie.lib.workdays import day_of

log = logging.getLogger(__name__)


class UnknownMunicipality(Exception):
    """The file names a gemeente that is not known; the message is its code."""


@dataclass(frozen=True)
class AgreementRow:
    """One row of the reference file."""

    step: str
    municipality_code: str
    valid_from: date
    valid_until: date | None
    source: str
    verified: bool


@transaction.atomic
def sync_agreements(*, rows: Iterable[AgreementRow], by: Actor, at: datetime) -> int:
    """Make the agreements equal to the file; returns how many changed. What beheer added or ended stays so (D10).

    A row that an earlier file brought and that vanished ends today. Raises UnknownMunicipality.
    """
    kept, changed = set(), 0
    for row in rows:
        found = _agreement_of(row)
        changed += _renew(found, row, by=by, at=at)
        kept.add(found.pk)
    return changed + _end_vanished(kept, by=by, at=at)


def _agreement_of(row: AgreementRow) -> RegionalAgreement:
    town = Organisation.objects.filter(kind=PartyKind.MUNICIPALITY, code=row.municipality_code).first()
    if town is None:
        raise UnknownMunicipality(row.municipality_code)
    key = {"step": row.step, "municipality": town, "valid_from": row.valid_from}
    return RegionalAgreement.objects.filter(**key).first() or RegionalAgreement(**key)


def _renew(agreement: RegionalAgreement, row: AgreementRow, *, by: Actor, at: datetime) -> bool:
    ends = [day for day in (agreement.valid_until, row.valid_until) if day is not None]
    values = {"valid_until": min(ends, default=None), "source": row.source, "verified": row.verified}
    if not agreement._state.adding and all(
        getattr(agreement, name) == value for name, value in values.items()
    ):
        return False
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.applied_at = None
    save_as(agreement, by=by, at=at, why="referentiegegevens geladen")
    return True


def _end_vanished(kept: set[UUID], *, by: Actor, at: datetime) -> int:
    brought = RegionalAgreement.history.filter(history_user_id__startswith=LOADER).values("id")
    vanished = list(RegionalAgreement.objects.filter(pk__in=brought, valid_until=None).exclude(pk__in=kept))
    for agreement in vanished:
        agreement.valid_until, agreement.applied_at = max(day_of(at), agreement.valid_from), None
        save_as(agreement, by=by, at=at, why="staat niet meer in de referentiegegevens")
    return len(vanished)


def apply_agreements(*, by: Actor, at: datetime) -> int:
    """Bring the running cases in line with every agreement that changed. Returns how many cases were looked at.

    Safe to run twice, and after being stopped: an agreement is ticked off when every case of its people was done. A case
    that fails stops no other, and is done the next time.
    """
    waiting = list(RegionalAgreement.objects.filter(applied_at=None).order_by("pk"))
    towns = {agreement.municipality_id for agreement in waiting}
    running = Case.objects.filter(origin_municipality__in=towns).exclude(entered_at=None)
    cases = list(running.exclude(phase__in=ENDED_PHASES).order_by("pk").values_list("pk", flat=True))
    followed = [_follow(case, by=by, at=at) for case in cases]
    if all(followed):
        for agreement in waiting:
            same = RegionalAgreement.objects.filter(pk=agreement.pk, municipality=agreement.municipality_id)
            same.filter(valid_from=agreement.valid_from, valid_until=agreement.valid_until).update(
                applied_at=at
            )
    return len(cases)


def _follow(case_id: UUID, *, by: Actor, at: datetime) -> bool:
    try:
        with transaction.atomic():
            [case] = lock_cases([case_id])
            run_clocks(case=case, by=by, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, the other cases follow, and this one the next time
        log.warning("case %s did not follow an agreement: %s", case_id, type(trouble).__name__)
        return False
    return True
