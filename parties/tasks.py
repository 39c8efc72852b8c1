"""Background work of parties: sealing the ledgers, and throwing away what had its time."""

import logging

from celery import shared_task
from django.utils import timezone

from parties import housekeeping, password_links
from parties.seals import seal_receipts

logger = logging.getLogger(__name__)


@shared_task(name="parties.tasks.seal_ledgers")
def seal_ledgers() -> None:
    """Each minute: chain the receipts of the past minute.

    The log line is the anchor outside the database: whoever keeps it can show later that no seal was cut off.
    """
    for seal in seal_receipts(at=timezone.now()):
        logger.info("zegel %s over %s regels: %s", seal.number, seal.receipts, seal.digest)


@shared_task
def send_links() -> None:
    """Mail the links for a new password that were asked for (each minute, and when somebody asks)."""
    at = timezone.now()
    while password_links.send_next_link(at=at):
        pass


@shared_task
def throw_away_expired() -> None:
    """Each night: sessions, tokens and outcomes of calls that expired, and old lines about logins."""
    housekeeping.throw_away_expired(at=timezone.now())
