"""Noodtoegang: open a case that one's own organisation has but that is closed for oneself, for a day, and answer for it."""

from datetime import datetime, timedelta

from django.db import transaction

from cases.access import cases_of
from cases.actions.notify import notify
from cases.actions.record import lock_case
from cases.models import Case, CaseParty, EmergencyAccess, NamedPerson
from parties import ledger
from parties.models import Organisation, PartyKind, Role, RoleKind, User
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of

LASTS = timedelta(hours=24)
GROUND = "noodtoegang"
OVERVIEW = "/noodtoegang/gebruik/"


class NoSuchCaseHere(Exception):
    """No case with this number at one's own organisation. One answer for 'not there' and 'not yours' (quality 2.4)."""


class AlreadyOpen(Exception):
    """The case is open to this person without noodtoegang."""

    def __init__(self, case: Case) -> None:
        self.case = case


@transaction.atomic
def open_in_emergency(*, number: str, reason: str, by: Viewer, at: datetime) -> EmergencyAccess:
    """Open one case for oneself, 24 hours, and tell who guards that (C6.37). Never a domain without a ground.

    Raises NoSuchCaseHere, AlreadyOpen.
    """
    assert by.user is not None
    row = CaseParty.objects.active(at).filter(party=by.organisation, case__number=number).first()
    if row is None:
        raise NoSuchCaseHere
    lock_case(row.case)
    if cases_of(by).filter(pk=row.case_id).exists():
        raise AlreadyOpen(row.case)
    access = EmergencyAccess(
        case=row.case,
        organisation=by.organisation,
        user=by.user,
        role_kind=by.role_kind,
        reason=reason,
        since=at,
        until=at + LASTS,
    )
    save_as(access, by=by, at=at, why="Noodtoegang gebruikt")
    subject = ledger.Subject(subject_id=row.case.detainee_id, case_id=row.case_id, ground=GROUND)
    ledger.record(
        by, GROUND, subjects=[subject], object_kind="zaak", object_id=row.case_id, detail=str(access.pk)
    )
    _tell(access, at)
    return access


@transaction.atomic
def mark_seen(*, access: EmergencyAccess, by: Viewer, at: datetime) -> EmergencyAccess:
    """The functionaris gegevensbescherming looked at it; the first look counts."""
    lock_case(access.case)
    access.refresh_from_db()
    if access.seen_at is None:
        access.seen_by, access.seen_at = by.user, at
        save_as(access, by=by, at=at, why="Noodtoegang bekeken door de functionaris gegevensbescherming")
        ledger.record(by, "noodtoegang-bekijken", object_kind="noodtoegang", object_id=access.pk)
    return access


def _tell(access: EmergencyAccess, at: datetime) -> None:
    """The functionaris gegevensbescherming and the named people; the mail holds a link and no number (quality 2.8)."""
    guards = _holders(RoleKind.PRIVACY_OFFICER, at, access.organisation)
    event = f"{GROUND}:{access.pk}"
    if guards:
        notify(
            case=None,
            organisation=access.organisation,
            kind=GROUND,
            event=event,
            resource=OVERVIEW,
            recipients=guards,
            in_feed=False,
            at=at,
        )
    else:
        _tell_of_the_empty_seat(access.organisation, at)
    named = NamedPerson.objects.holding(at).filter(case=access.case, organisation=access.organisation)
    notify(
        case=access.case,
        organisation=access.organisation,
        kind="noodtoegang-zaak",
        event=f"noodtoegang-zaak:{access.pk}",
        resource=f"{access.case.get_absolute_url()}afscherming/",
        recipients=[one.user for one in named.select_related("user")],
        in_feed=False,
        at=at,
    )


def _tell_of_the_empty_seat(organisation: Organisation, at: datetime) -> None:
    """Nobody guards there: beheer hears which organisation it is, and nothing of a case."""
    for operator in Organisation.objects.valid_on(day_of(at)).of_kind(PartyKind.OPERATOR):
        notify(
            case=None,
            organisation=operator,
            kind="fg-ontbreekt",
            event=f"fg-ontbreekt:{organisation.pk}:{day_of(at).isoformat()}",
            resource=f"/beheer/parties/organisation/{organisation.pk}/change/",
            recipients=_holders(RoleKind.FUNCTIONAL_ADMIN, at, operator),
            in_feed=False,
            at=at,
        )


def _holders(kind: RoleKind, at: datetime, organisation: Organisation) -> list[User]:
    roles = Role.objects.active_on(day_of(at)).filter(kind=kind, organisation=organisation)
    return list({role.user_id: role.user for role in roles.select_related("user")}.values())
