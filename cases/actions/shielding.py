"""Shield a case inside one organisation: from then on only the people who are named there see it (C6.36, C6.37)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cases.actions.parties import NoLongerTakesPart
from cases.actions.record import lock_case
from cases.insiders import who_may_be_named
from cases.models import Case, CaseParty, NamedPerson
from parties import ledger
from parties.models import Organisation, User
from parties.viewer import Viewer
from reintegratie.lib.history import Actor, save_as


class NotShielded(Exception):
    """The case is not shielded at this organisation, or not any more."""


class CannotBeNamed(Exception):
    """The person does not work with cases there today, or leads another afdeling."""


class LastNamedPerson(Exception):
    """Somebody must remain who can open the case and can end the shielding."""


@transaction.atomic
def shield_case(
    *, case: Case, reason: str, by: Viewer, at: datetime, people: Collection[User] = ()
) -> CaseParty:
    """Close the case for everybody of one's own organisation but oneself and these people; its programs see it no more.

    A worker who is not named cannot do the work: the case then has none. Raises NoLongerTakesPart, CannotBeNamed.
    """
    row = _own_row(case, by)
    named = {person.pk: person for person in (_person(by), *people)}
    if not {person.pk for person in who_may_be_named(row, at)}.issuperset(named):
        raise CannotBeNamed
    if not row.named_only:
        row.named_only, row.changed_at = True, at
        row.worker = row.worker if row.worker_id in named else None
        save_as(row, by=by, at=at, why=f"Zaak afgeschermd: {reason}")
        _note(case, by, "zaak-afschermen")
    for person in named.values():
        _name(case, row.party, person, by=by, at=at)
    return row


@transaction.atomic
def name_person(*, case: Case, person: User, by: Viewer, at: datetime) -> NamedPerson:
    """Let a colleague see a shielded case. Raises NoLongerTakesPart, NotShielded, CannotBeNamed."""
    row = _shielded_row(case, by)
    if person not in who_may_be_named(row, at):
        raise CannotBeNamed
    _note(case, by, "zaak-afscherming-noemen")
    return _name(case, row.party, person, by=by, at=at)


@transaction.atomic
def unname_person(*, named: NamedPerson, by: Viewer, at: datetime) -> NamedPerson:
    """End that a colleague sees a shielded case, from now. Raises NoLongerTakesPart, NotShielded, LastNamedPerson."""
    row = _shielded_row(named.case, by)
    standing = NamedPerson.objects.filter(case=named.case, organisation=row.party, until=None)
    here = {person.pk for person in who_may_be_named(row, at)}
    if not standing.exclude(pk=named.pk).filter(user__in=here).exists():
        raise LastNamedPerson  # by what stands under the lock, whatever clock was read before it
    named.until = at
    save_as(named, by=by, at=at, why="Niet meer genoemd bij afgeschermde zaak")
    if row.worker_id == named.user_id:
        row.worker, row.changed_at = None, at
        save_as(row, by=by, at=at, why="Behandelaar is niet meer genoemd bij afgeschermde zaak")
    _note(named.case, by, "zaak-afscherming-ontnoemen")
    return named


@transaction.atomic
def lift_shield(*, case: Case, reason: str, by: Viewer, at: datetime) -> CaseParty:
    """Open the case again for everybody of one's own organisation. Raises NoLongerTakesPart, NotShielded."""
    row = _shielded_row(case, by)
    row.named_only, row.changed_at = False, at
    save_as(row, by=by, at=at, why=f"Afscherming opgeheven: {reason}")
    for named in NamedPerson.objects.holding(at).filter(case=case, organisation=row.party):
        named.until = at
        save_as(named, by=by, at=at, why="Afscherming opgeheven")
    _note(case, by, "zaak-afscherming-opheffen")
    return row


def _own_row(case: Case, by: Viewer) -> CaseParty:
    """The row of one's own organisation under the lock of its case."""
    lock_case(case)
    row = CaseParty.objects.of(by).filter(case=case, until=None).select_related("party__group").first()
    if row is None:
        raise NoLongerTakesPart
    row.case = case
    return row


def _shielded_row(case: Case, by: Viewer) -> CaseParty:
    row = _own_row(case, by)
    if not row.named_only:
        raise NotShielded
    return row


def _name(case: Case, organisation: Organisation, person: User, *, by: Actor, at: datetime) -> NamedPerson:
    known = NamedPerson.objects.holding(at).filter(case=case, organisation=organisation, user=person).first()
    named = known or NamedPerson(case=case, organisation=organisation, user=person, since=at)
    if known is None:
        save_as(named, by=by, at=at, why="Genoemd bij afgeschermde zaak")
    return named


def _person(by: Viewer) -> User:
    if by.user is None:
        raise CannotBeNamed  # a program is not a person
    return by.user


def _note(case: Case, by: Viewer, action: str) -> None:
    subject = ledger.Subject(subject_id=case.detainee_id, case_id=case.pk)
    ledger.record(by, action, subjects=[subject], object_kind="zaak", object_id=case.pk)
