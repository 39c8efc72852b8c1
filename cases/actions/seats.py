"""When nobody is left who may hear of a case at an organisation that must act, somebody else hears that (C6.37)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from cases.actions.letters import about_organisation, messages_to
from cases.models import Notification
from cases.wishes import Unwanted
from parties.models import Organisation, PartyKind, Role, RoleKind
from reintegratie.lib.workdays import day_of

HEADS = (RoleKind.UNIT_HEAD, RoleKind.DIRECTOR)
UNHEARD = "niemand-bereikbaar"
UNREAD_CASE = "zaak-zonder-lezer"
DELIVERY_PAGE, EMERGENCY_PAGE = "/bezorging/", "/noodtoegang/"


def tell_of_empty_seats(organisations: Collection[Organisation], at: datetime) -> None:
    """Once a week per organisation: whoever leads there, else beheer; in two statements, and none when no seat is empty.

    Who leads hears that there is such a case and not which; beheer hears that there is something to look after.
    """
    if not organisations:
        return
    roles = list(
        Role.objects.active_on(day_of(at))
        .filter(organisation__in=organisations, kind__in=HEADS, unit="")
        .select_related("user", "organisation")
    )
    led = {role.organisation_id for role in roles}
    messages = list(_messages(roles, UNREAD_CASE, EMERGENCY_PAGE, at))
    if any(organisation.pk not in led for organisation in organisations):
        messages += _messages(operators(at), UNHEARD, DELIVERY_PAGE, at)
    Notification.objects.bulk_create(messages, ignore_conflicts=True)


def operators(at: datetime) -> list[Role]:
    """Who looks after the system today."""
    roles = Role.objects.active_on(day_of(at)).filter(
        kind=RoleKind.FUNCTIONAL_ADMIN, organisation__kind=PartyKind.OPERATOR
    )
    return list(roles.select_related("user", "organisation"))


def week_of(at: datetime) -> str:
    year, week, _ = day_of(at).isocalendar()
    return f"{year}-W{week:02d}"


def _messages(roles: Iterable[Role], kind: str, page: str, at: datetime) -> list[Notification]:
    rows: list[Notification] = []
    for role in roles:
        common: dict[str, Any] = about_organisation(
            role.organisation, kind, f"{kind}:{week_of(at)}", page, at
        )
        rows += messages_to([role.user], Unwanted(), common)
    return rows
