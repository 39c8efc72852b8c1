"""Record that somebody is away and who stands in for him, and that he is back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from cases.deputies import colleagues
from cases.models import Absence
from parties import ledger
from parties.models import User
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of


class CannotStandIn(Exception):
    """One of the two does not do the work of this organisation today, or they are the same person."""


class AlreadyAway(Exception):
    """For one of these days somebody stands in already."""


@transaction.atomic
def record_absence(
    *, user: User, deputy: User, since: date, until: date, by: Viewer, at: datetime
) -> Absence:
    """From ``since`` until the day somebody is back, a colleague stands in for him. Raises CannotStandIn, AlreadyAway."""
    here = set(colleagues(by).filter(pk__in=[user.pk, deputy.pk]))
    if user == deputy or here != {user, deputy}:
        raise CannotStandIn
    absence = Absence(organisation=by.organisation, user=user, deputy=deputy, since=since, until=until)
    try:
        with transaction.atomic():
            save_as(absence, by=by, at=at, why="Afwezigheid en waarnemer vastgelegd")
    except IntegrityError as clash:
        if "one_deputy_at_a_time" not in str(clash):
            raise
        raise AlreadyAway from clash
    ledger.record(by, "waarneming-vastleggen", object_kind="afwezigheid", object_id=absence.pk)
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, by: Viewer, at: datetime) -> Absence:
    """Somebody is back today, or does not go; a period that is over stays as it was."""
    absence.refresh_from_db()
    today = day_of(at)
    if absence.until > today:
        absence.until = max(absence.since, today)
        save_as(absence, by=by, at=at, why="Waarneming beëindigd")
        ledger.record(by, "waarneming-beeindigen", object_kind="afwezigheid", object_id=absence.pk)
    return absence
