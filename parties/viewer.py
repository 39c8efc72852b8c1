"""Who is looking, for which organisation, in which role and at what moment."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from parties.models import ApiClient, Organisation, PartyKind, Role, RoleKind, User
from reintegratie.lib.workdays import day_of

ACTING_ROLE = "acting_role"

CONTENT_ROLES = frozenset(
    {
        RoleKind.CASEMANAGER,
        RoleKind.UNIT_HEAD,
        RoleKind.DIRECTOR,
        RoleKind.AFTERCARE_COORDINATOR,
        RoleKind.PROBATION_OFFICER,
        RoleKind.PARTNER_CONTACT,
        RoleKind.SAFETY_HOUSE_DIRECTOR,
    }
)
"""Roles that may see the content of a case; the others see metadata or their own channel only (C3, R201)."""


class NoActiveRole(PermissionDenied):
    """The account has no role that holds today; deactivation works on the next request (quality 4)."""


class RoleNotChosen(NoActiveRole):
    """There are roles, but this session works in none of them: the person says for whom he works now (R201)."""


@dataclass(frozen=True)
class Viewer:
    """A person, API client or process that acts for one organisation at one moment."""

    organisation: Organisation
    role_kind: str
    at: datetime
    channel: str = "pagina"
    user: User | None = None
    client: ApiClient | None = None
    process: str = ""
    unit: str = ""
    """The afdeling to which an afdelingshoofd is limited; empty is the whole organisation (C3 rule 8)."""
    role_id: UUID | None = field(default=None, compare=False)
    has_choice: bool = field(default=False, compare=False)
    """Whether this person has other roles today among which he may choose (R201)."""

    @property
    def on(self) -> date:
        """Today, for this viewer: a day in Europe/Amsterdam (architecture 4)."""
        return day_of(self.at)

    @property
    def actor(self) -> str:
        """Who acts, as history lines keep it: ``user:<id>@<organisation id>``."""
        who = (
            f"user:{self.user.pk}"
            if self.user
            else f"client:{self.client.pk}"
            if self.client
            else f"process:{self.process}"
        )
        return f"{who}@{self.organisation.pk}"

    @property
    def kind(self) -> str:
        return self.organisation.kind

    @property
    def name(self) -> str:
        return self.user.name if self.user else self.organisation.name

    @property
    def role_label(self) -> str:
        label = str(RoleKind(self.role_kind).label)
        return f"{label} van afdeling {self.unit}" if self.unit else label

    @property
    def sees_content(self) -> bool:
        """Whether this role may see content at all; which content is for :mod:`consent.visibility`."""
        return self.role_kind in CONTENT_ROLES

    def is_of(self, *kinds: PartyKind) -> bool:
        return self.organisation.kind in kinds

    def has_role(self, *kinds: RoleKind) -> bool:
        return self.role_kind in kinds


def roles_of(user: User, on: date) -> list[Role]:
    """The roles among which this person may choose today, in a fixed order."""
    return list(
        Role.objects.active_on(on)
        .filter(user=user)
        .select_related("organisation", "user")
        .order_by("organisation__name", "kind", "unit")
    )


def viewer_of(request: HttpRequest, at: datetime, channel: str = "pagina") -> Viewer:
    """The viewer behind a page request: the role this session works in, asked again on every request (R201).

    Who has one role works in it. Who has several chooses first, and when the role of this session ended nobody slides
    into another one: what was filled in for one party may not be written for the next. Raises NoActiveRole when no
    role holds today and RoleNotChosen when somebody must choose.
    """
    user = request.user
    assert isinstance(user, User)
    on = day_of(at)
    roles = roles_of(user, on)
    if not roles:
        raise NoActiveRole
    chosen = request.session.get(ACTING_ROLE)
    if chosen is None and len(roles) == 1:
        chosen = request.session[ACTING_ROLE] = str(roles[0].pk)
    role = next((role for role in roles if str(role.pk) == chosen), None)
    if role is None:
        raise RoleNotChosen
    viewer = replace(viewer_for(role, at=at, channel=channel), has_choice=len(roles) > 1)
    request.viewer = viewer  # type: ignore[attr-defined]  # the shell around the page need not ask again
    return viewer


def viewer_for(role: Role, *, at: datetime, channel: str = "pagina") -> Viewer:
    """The viewer that a person is in this role."""
    return Viewer(
        organisation=role.organisation,
        role_kind=role.kind,
        at=at,
        channel=channel,
        user=role.user,
        unit=role.unit if role.kind == RoleKind.UNIT_HEAD else "",
        role_id=role.pk,
    )


def viewer_of_client(client: ApiClient, at: datetime) -> Viewer:
    """The viewer behind an API call; a client whose period is over, or whose organisation ended, may do nothing."""
    on = day_of(at)
    begun = client.since is None or client.since <= on
    ended = client.until is not None and client.until <= on
    if client.organisation is None or client.organisation.has_ended(on) or not begun or ended:
        raise NoActiveRole
    return Viewer(
        organisation=client.organisation,
        role_kind=client.role_kind,
        at=at,
        channel="api",
        client=client,
    )


def process_viewer(process: str, organisation: Organisation, at: datetime) -> Viewer:
    """The viewer that a background process is: it acts for an organisation and sees no content."""
    return Viewer(
        organisation=organisation,
        role_kind=RoleKind.MESSAGE_CLIENT,
        at=at,
        channel="proces",
        process=process,
    )
