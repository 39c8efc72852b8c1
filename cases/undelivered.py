"""Which mail does not arrive, and where is nobody left to tell? Work for a person; never about which case (quality 2.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from cases.models import CaseParty, Notification
from parties.models import Organisation, Role
from parties.viewer import CONTENT_ROLES
from reintegratie.lib.workdays import day_of

GONE, UNWANTED = "ontvanger neemt niet meer deel", "ontvanger wil hierover geen mail"
A_DAY = timedelta(days=1)
SHOWN = 200
WAITING = "wacht al langer dan een dag"


@dataclass(frozen=True)
class Undelivered:
    """That mail to one person does not arrive: since when, and why. Not how much: that says how many cases he has."""

    user_id: UUID
    name: str
    email: str
    organisation: str
    last_at: datetime
    reason: str
    given_up: bool


def undelivered_mail(at: datetime) -> QuerySet[Notification]:
    """Given up because of the address or the message itself, or waiting for a day; not what needed not go any more,
    which is settled when it is given up, nor what was so before it could be settled."""
    given_up = Q(failed_at__isnull=False, settled_at=None) & ~Q(failure=GONE)
    waiting = Q(delivered_at=None, failed_at=None, created_at__lte=at - A_DAY)
    return Notification.objects.filter(given_up | waiting, channel="mail")


def undelivered(at: datetime) -> list[Undelivered]:
    """Per person and organisation, the most recent trouble on top."""
    rows = (
        undelivered_mail(at)
        .values(user=F("recipient"), person=F("recipient__name"), address=F("recipient__email"))
        .annotate(
            place=F("organisation__name"),
            last=Max("created_at"),
            why=Max("failure"),
            gave_up=Max("failed_at"),
        )
        .order_by("-last", "user", "place")[:SHOWN]
    )
    return [
        Undelivered(
            user_id=row["user"],
            name=row["person"],
            email=row["address"],
            organisation=row["place"],
            last_at=row["last"],
            reason=row["why"] or WAITING,
            given_up=row["gave_up"] is not None,
        )
        for row in rows
    ]


def unmanned(at: datetime) -> QuerySet[Organisation]:
    """Organisations with open cases where nobody works today who may see one."""
    people = Role.objects.active_on(day_of(at)).filter(organisation=OuterRef("pk"), kind__in=CONTENT_ROLES)
    parts = CaseParty.objects.active(at).filter(party=OuterRef("pk"), is_open=True)
    return Organisation.objects.filter(Exists(parts), ~Exists(people)).order_by("kind", "name")
