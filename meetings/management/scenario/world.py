"""The organisations, people and clients of a scenario, and how its rows refer to each other."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from cases.models import Case
from meetings.management.scenario.times import Clock, ScenarioFault, placed
from parties.actions import give_role, register_client, register_organisation, register_user
from parties.models import Organisation, Role, RoleKind, User
from parties.viewer import Viewer, viewer_for
from reintegratie.lib.history import given_ids

Row = dict[str, Any]  # one JSON object of the file
LONG_AGO = date(2020, 1, 1)
FOUNDED_AT = datetime(2020, 1, 1, tzinfo=UTC)


class Builder:
    """Who builds when no person of the scenario does: the process that loads it."""

    actor = "process:scenario"


BUILDER = Builder()


def build_world(scenario: Row, clock: Clock) -> None:
    """Organisations, users with roles, and API clients."""
    for number, row in enumerate(scenario.get("organisaties", ())):
        with placed(f"organisaties[{number}]"), named(row, "Organisation"):
            register_organisation(
                kind=need(row, "soort"),
                code=need(row, "code"),
                name=need(row, "naam"),
                connected_since=clock.day(row.get("aangeslotenSinds")) or LONG_AGO,
                by=BUILDER,
                at=FOUNDED_AT,
            )
    for number, row in enumerate(scenario.get("gebruikers", ())):
        with placed(f"gebruikers[{number}]"):
            _build_user(row, clock)
    for number, row in enumerate(scenario.get("apiClients", ())):
        with placed(f"apiClients[{number}]"):
            register_client(
                client_id=need(row, "clientId"),
                secret=need(row, "clientSecret"),
                organisation=organisation(need(row, "organisatie")),
                role_kind=role_kind(need(row, "rol")),
                since=LONG_AGO,
            )


def _build_user(row: Row, clock: Clock) -> None:
    user = register_user(
        pk=UUID(row["id"]) if row.get("id") else None,
        email=need(row, "email"),
        name=need(row, "naam"),
        password=need(row, "wachtwoord"),
        is_staff=any(role.get("rol") == "functioneel-beheer" for role in row.get("rollen", ())),
    )
    for role in row.get("rollen", ()):
        with named(role, "Role"):
            give_role(
                user=user,
                organisation=organisation(need(role, "organisatie")),
                kind=role_kind(need(role, "rol")),
                unit=role.get("afdeling", ""),
                since=clock.day(role.get("vanaf")) or LONG_AGO,
                by=BUILDER,
                at=FOUNDED_AT,
            )


def role_kind(code: str) -> RoleKind:
    """The role by its Dutch name in the file."""
    if code not in RoleKind.values:
        raise ScenarioFault(f"onbekende rol {code}")
    return RoleKind(code)


def need(row: Row, key: str) -> Any:  # a JSON value
    """The value of a key that must be there."""
    if row.get(key) in (None, ""):
        raise ScenarioFault(f"'{key}' ontbreekt in {sorted(row)}")
    return row[key]


def named(row: Row, model: str) -> Any:  # a context manager
    """Let the first new row of this model take the id that the file gives."""
    return given_ids({model: [UUID(row["id"])]} if row.get("id") else {})


def organisation(reference: str) -> Organisation:
    """By id, or by ``soort:code``."""
    kind, colon, code = reference.partition(":")
    rows = Organisation.objects.all()
    found = rows.filter(kind=kind, code=code) if colon else rows.filter(pk=reference)
    return _one(found.first, f"organisatie {reference}")


def user(reference: str) -> User:
    """By e-mail address, or by id."""
    rows = User.objects.all()
    found = rows.filter(email=reference.lower()) if "@" in reference else rows.filter(pk=reference)
    return _one(found.first, f"gebruiker {reference}")


def case(reference: str) -> Case:
    """By id, zaaknummer or insluitingsnummer."""
    rows = Case.objects.with_frame()
    found = rows.filter(number=reference).first() or rows.filter(detention_number=reference).first()
    return found or _one(rows.filter(pk=reference).first, f"zaak {reference}")


def viewer(reference: str, at: datetime) -> Viewer:
    """The person who acts at that moment, in his first role that holds then."""
    role = (
        Role.objects.active_on(at.date())
        .filter(user=user(reference))
        .select_related("organisation", "user")
        .order_by("since", "kind")
        .first()
    )
    if role is None:
        raise ScenarioFault(f"{reference} heeft op {at:%Y-%m-%d} geen rol")
    return viewer_for(role, at=at, channel="scenario")


def _one(find: Any, what: str) -> Any:  # a bound `first`, and the row it gives
    try:
        found = find()
    except (ValidationError, ValueError) as fault:
        raise ScenarioFault(f"onbekende {what}") from fault
    if found is None:
        raise ScenarioFault(f"onbekende {what}")
    return found
