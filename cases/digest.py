"""Who should have his overview of this week by now, and has none? One statement, however many people.

It is due from Monday morning on, and for as long as that week lasts: a Monday on which nothing ran is made up for.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Channel, MessageWish, Notification, Topic
from parties.models import PartyKind, Role, RoleKind
from reintegratie.lib.workdays import AMSTERDAM, day_of

DIGEST = "weekoverzicht"
PAGE = "/weekoverzicht/"
DIGEST_ROLES = (RoleKind.UNIT_HEAD, RoleKind.AFTERCARE_COORDINATOR, RoleKind.PROBATION_OFFICER)
"""Who looks after the work of others, or of a whole gemeente or region (users.md 3.7)."""
_KINDS = (PartyKind.PRISON, PartyKind.MUNICIPALITY, PartyKind.PROBATION)
MORNING = time(7)


def monday_of(at: datetime) -> date:
    """The Monday of this week, in the Netherlands."""
    on = day_of(at)
    return on - timedelta(days=on.weekday())


def morning_of(monday: date) -> datetime:
    """Seven o'clock in the Netherlands, in summer and in winter."""
    return datetime.combine(monday, MORNING, tzinfo=AMSTERDAM)


def event_of(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{DIGEST}:{year}-W{week:02d}"


def due_digests(at: datetime) -> QuerySet[Role]:
    """Roles of people without an overview of this week. Who began after Monday waits for the next one."""
    monday = monday_of(at)
    if at < morning_of(monday):
        return Role.objects.none()
    sent = Notification.objects.filter(
        event=event_of(monday),
        channel=Channel.MAIL,
        recipient=OuterRef("user"),
        organisation=OuterRef("organisation"),
    )
    off = MessageWish.objects.filter(user=OuterRef("user"), topic=Topic.DIGEST, in_app=False, by_mail=False)
    roles = Role.objects.active_on(day_of(at)).filter(
        kind__in=DIGEST_ROLES, organisation__kind__in=_KINDS, since__lte=monday
    )
    return roles.filter(~Exists(sent), ~Exists(off))
