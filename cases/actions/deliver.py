"""Deliver the mails that wait: take some under a lease, send them, and say what became of each (architecture 4).

A mail says that there is something to read and where; never a name, a BSN or content (C6.49, quality 2.8). Whether
somebody may still hear of it is decided now, not when the message was written (quality 2.7).
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from cases.digest import DIGEST, DIGEST_ROLES
from cases.models import CaseParty, Notification
from cases.notices import ALWAYS, topic_of, words_of
from cases.road import SILENT_PHASES
from cases.undelivered import GONE, UNWANTED
from cases.wishes import unwanted_by
from parties.models import Role
from parties.viewer import viewer_for
from reintegratie.lib.workdays import day_of

log = logging.getLogger(__name__)

BATCH = 10
WAITS = 5  # how often one mail waits for the server: sender, recipient, data, text, reset
LEASE = timedelta(seconds=(BATCH + 1) * WAITS * settings.EMAIL_TIMEOUT)
"""Longer than the slowest batch, its connection included: nobody else takes what is still being sent."""
WISHES_PAGE = "/berichten/voorkeuren/"
LONGEST_WAIT = 60  # minutes between two tries; a mail server that is away for days loses nothing


def deliver_mail(*, at: datetime) -> int:
    """Send one batch of what waits; returns how many mails were handled. Several workers may do this at the same time.

    Whoever goes on, calls again with the clock of that moment: a lease that is taken must still run.
    """
    batch = _lease(at)
    if batch:
        _send_batch(batch, at)
    return len(batch)


@transaction.atomic
def _lease(at: datetime) -> list[Notification]:
    """Take a few messages for ourselves. Who dies while sending gives them back when the lease is over."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    waiting = Notification.objects.undelivered_mail().filter(free, deliver_from__lte=at)
    batch = list(waiting.select_for_update(skip_locked=True).order_by("deliver_from", "id")[:BATCH])
    ids = [row.pk for row in batch]
    Notification.objects.filter(pk__in=ids).update(leased_until=at + LEASE, attempts=F("attempts") + 1)
    return list(
        Notification.objects.filter(pk__in=ids).select_related("recipient", "organisation").order_by("id")
    )


def _send_batch(batch: list[Notification], at: datetime) -> None:
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except (OSError, SMTPException) as trouble:
        for row in batch:
            _try_later(row, trouble, at)
        return
    try:
        for place, row in enumerate(batch, start=1):
            if not _send(row, connection, at):
                _give_back(batch[place:])
                return
    finally:
        connection.close()


def _send(row: Notification, connection: BaseEmailBackend, at: datetime) -> bool:
    """Send one mail that is still ours; whether the line may still be used for the next."""
    if not _is_mine(row):
        return True
    if unwanted := _why_not(row, at):
        _finish(row, failed_at=at, settled_at=at, failure=unwanted)  # nothing that anybody must mend
        return True
    return _hand_over(row, connection, at)


def _hand_over(row: Notification, connection: BaseEmailBackend, at: datetime) -> bool:
    try:
        mail_of(row, connection).send()
    except SMTPRecipientsRefused as refused:
        if _is_for_good(refused):
            _finish(row, failed_at=at, failure="adres geweigerd door de mailserver")
        else:
            _try_later(row, refused, at)
    except OSError as trouble:  # a line that was closed or that hung; SMTP says no by one of these too
        _try_later(row, trouble, at)
        return False
    except ValueError as fault:  # a header or an address that makes no mail; tomorrow it makes none either
        log.warning("mail %s cannot be made: %s", row.pk, type(fault).__name__)
        _finish(row, failed_at=at, failure=type(fault).__name__)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it must not hold up the mails behind it
        _try_later(row, trouble, at)
    else:
        _finish(row, delivered_at=at)
    return True


def _is_for_good(refused: SMTPRecipientsRefused) -> bool:
    """5xx: there is no such address. 4xx: not now; a full mailbox, or a server that first looks whether we come back."""
    return all(code >= 500 for code, _ in refused.recipients.values())


def _is_mine(row: Notification) -> bool:
    """Whoever was held up past his lease finds that another took the mail, and leaves it to him."""
    return Notification.objects.undelivered_mail().filter(pk=row.pk, leased_until=row.leased_until).exists()


def _why_not(row: Notification, at: datetime) -> str:
    """Why this mail is not for this person any more; empty when it goes. Decided now, as are his rights and wishes."""
    if not _may_still_hear(row, at):
        return GONE
    return "" if unwanted_by([row.recipient_id]).wants_mail(row.recipient_id, row.kind) else UNWANTED


def _may_still_hear(row: Notification, at: datetime) -> bool:
    """The recipient works there today, and may open the case now in one of his roles."""
    works_there = Role.objects.active_on(day_of(at)).filter(
        user=row.recipient_id, organisation=row.organisation_id
    )
    if row.kind == DIGEST:
        works_there = works_there.filter(kind__in=DIGEST_ROLES)
    roles = list(works_there.select_related("organisation", "user"))
    return any(row.case_id is None or _opens(role, row, at) for role in roles)


def _opens(role: Role, row: Notification, at: datetime) -> bool:
    """After death or expulsion nobody is written to any more, also not with what waited (C6.45)."""
    rows = CaseParty.objects.of(viewer_for(role, at=at)).filter(case=row.case_id)
    return rows.exclude(case__phase__in=SILENT_PHASES).exists()


def mail_of(row: Notification, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The same message always has the same Message-ID, so that a mail sent twice shows once."""
    assert row.recipient is not None
    choose = f"{settings.BASE_URL}{WISHES_PAGE}"
    context = {
        "words": words_of(row.kind),
        "url": f"{settings.BASE_URL}{row.resource or '/berichten/'}",
        "choose_url": choose,
        "always": topic_of(row.kind) in ALWAYS,
    }
    sender = settings.DEFAULT_FROM_EMAIL
    host = sender.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=render_to_string("emails/cases/notice_subject.txt", context).strip(),
        body=render_to_string("emails/cases/notice.txt", context),
        from_email=sender,
        to=[row.recipient.email],
        headers={
            "Message-ID": f"<bericht-{row.key}@{host}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{choose}>",
        },
        connection=connection,
    )


def _finish(row: Notification, **outcome: object) -> None:
    """Only who still holds the lease may say what became of the message."""
    mine = Notification.objects.filter(pk=row.pk, leased_until=row.leased_until)
    mine.update(leased_until=None, **outcome)


def _give_back(rows: list[Notification]) -> None:
    """What was not tried yet goes over a new line, at once; the trouble was not theirs."""
    for row in rows:
        _finish(row, attempts=F("attempts") - 1)


def _try_later(row: Notification, trouble: Exception, at: datetime) -> None:
    wait = timedelta(minutes=min(2**row.attempts, LONGEST_WAIT))
    log.warning("mail %s was not sent: %s", row.pk, type(trouble).__name__)
    _finish(row, deliver_from=at + wait, failure=type(trouble).__name__)
