"""Look after mail that does not arrive: tell beheer, and try again when somebody mended the cause."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.actions.letters import about_organisation, messages_to
from cases.actions.notify import wake_on_commit
from cases.actions.seats import DELIVERY_PAGE, operators
from cases.models import Channel, Notification
from cases.undelivered import undelivered_mail
from cases.wishes import Unwanted
from parties import ledger
from parties.viewer import Viewer
from reintegratie.lib.workdays import day_of

TROUBLE = "bezorging-mislukt"


@transaction.atomic
def report_undelivered(*, at: datetime) -> None:
    """Tell everybody at beheer, once a day, that somebody's mail does not arrive. Not about such a message itself."""
    if not undelivered_mail(at).exclude(kind=TROUBLE).exists():
        return
    event = f"{TROUBLE}:{day_of(at).isoformat()}"
    messages = [
        message
        for role in operators(at)
        for message in messages_to(
            [role.user], Unwanted(), about_organisation(role.organisation, TROUBLE, event, DELIVERY_PAGE, at)
        )
    ]
    Notification.objects.bulk_create(messages, ignore_conflicts=True)


@transaction.atomic
def send_again(*, user_id: UUID, by: Viewer, at: datetime) -> int:
    """Send what somebody did not get and has not read in the application either; the rest is settled. Returns how many.

    Each mail is judged again when it goes: who may not hear of it by now still gets nothing.
    """
    stuck = undelivered_mail(at).filter(recipient=user_id)
    read = Notification.objects.filter(
        channel=Channel.IN_APP,
        event=OuterRef("event"),
        stage=OuterRef("stage"),
        organisation=OuterRef("organisation"),
        recipient=OuterRef("recipient"),
        read_at__isnull=False,
    )
    keys = list(stuck.filter(~Exists(read)).values_list("pk", flat=True))
    stuck.filter(failed_at__isnull=False).exclude(pk__in=keys).update(settled_at=at)
    again = Notification.objects.filter(pk__in=keys, delivered_at=None, leased_until=None)
    sent = again.update(failed_at=None, failure="", attempts=0, deliver_from=at)
    ledger.record(by, "bezorging-opnieuw", object_kind="account", object_id=user_id)
    wake_on_commit()
    return sent


@transaction.atomic
def settle_undelivered(*, user_id: UUID, by: Viewer, at: datetime) -> int:
    """Nobody needs these mails any more: they were dealt with otherwise. What still waits goes on waiting."""
    stuck = undelivered_mail(at).filter(recipient=user_id, failed_at__isnull=False)
    ledger.record(by, "bezorging-afdoen", object_kind="account", object_id=user_id)
    return stuck.update(settled_at=at)
