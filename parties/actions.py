"""Who works here: organisations, accounts, roles and API clients."""

from datetime import date, datetime
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction

from parties.models import ApiClient, Organisation, Role, User
from reintegratie.lib.history import Actor, save_as


@transaction.atomic
def register_organisation(
    *, kind: str, code: str, name: str, connected_since: date | None, by: Actor, at: datetime
) -> Organisation:
    """Add an organisation with the Group that carries its permissions; an existing one keeps its row."""
    organisation = Organisation.objects.filter(kind=kind, code=code).first() or Organisation(
        kind=kind, code=code
    )
    organisation.name = name
    organisation.connected_since = organisation.connected_since or connected_since
    if organisation.group is None:
        organisation.group = Group.objects.get_or_create(name=f"{kind}:{code}")[0]
    save_as(organisation, by=by, at=at, why="organisatie vastgelegd")
    return organisation


@transaction.atomic
def keep_organisation(*, organisation: Organisation, by: Actor, at: datetime, why: str) -> Organisation:
    """Write an organisation as beheer filled it in, with the Group that carries its permissions."""
    if organisation.group is None:
        name = f"{organisation.kind}:{organisation.code}"
        organisation.group = Group.objects.get_or_create(name=name)[0]
    save_as(organisation, by=by, at=at, why=why)
    return organisation


@transaction.atomic
def remove_second_step(*, user: User) -> None:
    """Take away the devices and codes of the second step, for who lost them."""
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def register_user(
    *, email: str, name: str, password: str, is_staff: bool = False, pk: UUID | None = None
) -> User:
    """Make an account, or renew the name and password of the one with this address."""
    user = User.objects.filter(email=email.lower()).first() or User(pk=pk or uuid4(), email=email.lower())
    user.name, user.is_staff, user.is_active = name, is_staff, True
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    organisation: Organisation,
    kind: str,
    since: date,
    by: Actor,
    at: datetime,
    unit: str = "",
) -> Role:
    """Give a person a role; the same role twice stays one. ``unit`` limits an afdelingshoofd to one afdeling."""
    known = Role.objects.filter(user=user, organisation=organisation, kind=kind, unit=unit, until=None)
    role = known.first()
    if role is None:
        role = Role(user=user, organisation=organisation, kind=kind, unit=unit, since=since)
        save_as(role, by=by, at=at, why="rol gegeven")
    return role


@transaction.atomic
def register_client(
    *, client_id: str, secret: str, organisation: Organisation, role_kind: str, since: date
) -> ApiClient:
    """Make an API client for one organisation; the secret is stored hashed (OAuth client credentials, B16)."""
    client = ApiClient.objects.filter(client_id=client_id).first() or ApiClient(client_id=client_id)
    client.name, client.client_secret = client_id, secret
    client.client_type = ApiClient.CLIENT_CONFIDENTIAL
    client.authorization_grant_type = ApiClient.GRANT_CLIENT_CREDENTIALS
    client.organisation, client.role_kind, client.since = organisation, role_kind, since
    client.save()
    return client
