"""Write the messages about an event, in its own transaction; the broker is only asked to hurry (architecture 4)."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime

from celery import current_app
from django.db import transaction

from cases.actions.letters import messages_to
from cases.actions.seats import tell_of_empty_seats
from cases.deputies import deputies_of, looked_after_by
from cases.insiders import insiders, workers_of
from cases.models import Case, CaseParty, Channel, Notification
from cases.road import SILENT_PHASES
from cases.wishes import unwanted_by
from parties.models import Organisation, User
from reintegratie.lib.workdays import day_of

log = logging.getLogger(__name__)

LEAVE_BROKER_ALONE = 30.0  # seconds in which a broker that did not answer is not asked again
_broker_away_until = 0.0
BEAT = 60  # seconds; a wake-up that nobody heard by then is void, since the beat has come

DELIVERY_TASK = "cases.tasks.deliver_notifications"


@transaction.atomic(savepoint=False)
def notify(
    *,
    case: Case | None,
    organisation: Organisation,
    kind: str,
    event: str,
    at: datetime,
    stage: str = "",
    resource: str = "",
    recipients: Iterable[User] | None = None,
    in_feed: bool = True,
) -> None:
    """Tell an organisation that something happened: in the application, by mail, and in the feed of its API clients.

    ``event`` names the cause; one message per event, recipient, stage and channel, however often this is called.
    Without recipients the worker on the case is told, and without a worker everybody there with a content role.
    After death or expulsion nothing is sent by itself (C6.45).
    ``in_feed``: not for what has a channel of its own, of which software is not told (ADR 0013).
    """
    if case is not None and case.phase in SILENT_PHASES:
        return
    people = recipients_in(organisation, case, at, recipients)
    common = {
        "event": event,
        "stage": stage,
        "kind": kind,
        "case": case,
        "organisation": organisation,
        "resource": resource or (case.get_absolute_url() if case else ""),
        "created_at": at,
        "deliver_from": at,
    }
    rows = [Notification(channel=Channel.EVENT, delivered_at=at, **common)] if in_feed else []
    rows += messages_to(people, unwanted_by(person.pk for person in people), common)
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if recipients is None and not people:
        tell_of_empty_seats([organisation], at)
    wake_on_commit()


def recipients_in(
    organisation: Organisation, case: Case | None, at: datetime, asked: Iterable[User] | None = None
) -> list[User]:
    """Who is meant, else the worker of this party on the case and who stands in for him, else everybody there with a
    content role.

    Only who may open the case himself hears of it (:mod:`cases.insiders`), whoever was meant.
    """
    row = CaseParty.objects.active(at).filter(case=case, party=organisation).first() if case else None
    if row is None:
        return list(asked) if asked is not None else workers_of(organisation, at)
    people = insiders(row, at)
    if asked is not None:
        meant = {person.pk for person in asked}
        return [person for person in people if person.pk in meant]
    meant = looked_after_by(row, deputies_of([organisation.pk], day_of(at)))
    return [person for person in people if person.pk in meant] or people


def wake_on_commit() -> None:
    """Wake the delivery once per transaction, however many messages it wrote."""
    waiting = transaction.get_connection().run_on_commit
    if not any(callback is wake_delivery for _, callback, *_ in waiting):
        transaction.on_commit(wake_delivery)


def wake_delivery() -> None:
    """Ask a worker to deliver now. When the broker is away the beat does it within a minute (quality 3.3)."""
    global _broker_away_until  # noqa: PLW0603  # one process, one broker
    if time.monotonic() < _broker_away_until:
        return
    try:
        current_app.send_task(DELIVERY_TASK, retry=False, ignore_result=True, expires=BEAT)
    except Exception as trouble:  # noqa: BLE001  # whatever the broker does, saving goes on
        _broker_away_until = time.monotonic() + LEAVE_BROKER_ALONE
        log.warning("delivery was not woken: %s", type(trouble).__name__)
