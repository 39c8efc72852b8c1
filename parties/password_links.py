"""How does somebody who forgot his password get a link, without anybody hearing who has an account? (ASVS 6.4)

The page does the same for every address: it writes one row. Who it is, and the mail, is for the background.
"""

import logging
from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from parties.models import LinkRequest, User

log = logging.getLogger(__name__)

TASK = "parties.tasks.send_links"
BEAT = 60  # seconds; the beat comes each minute, so a wake-up that nobody heard by then is void
AGAIN = timedelta(minutes=2)
LONG_ENOUGH = timedelta(hours=4)
"""Who waited longer asked again, or found another way."""


@transaction.atomic
def ask_for_link(*, email: str, at: datetime) -> LinkRequest:
    """Write down that a link was asked for this address, whoever it is of."""
    transaction.on_commit(_wake)
    return LinkRequest.objects.create(email=email.lower(), asked_at=at, take_from=at)


def _wake() -> None:
    """Mail goes at once when the broker is there, and within a minute when it is not."""
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=BEAT)
    except Exception as trouble:  # noqa: BLE001  # whatever the broker does, the beat comes
        log.warning("the mailing of links was not woken: %s", type(trouble).__name__)


@transaction.atomic
def send_next_link(*, at: datetime) -> bool:
    """Mail the link to whom it may concern; False when nobody waits. Several workers may do this at the same time."""
    waiting = LinkRequest.objects.select_for_update(skip_locked=True).filter(take_from__lte=at)
    asked = waiting.order_by("take_from", "id").first()
    if asked is None:
        return False
    person = User.objects.filter(email__iexact=asked.email, is_active=True).first()
    try:
        if person is not None and at - asked.asked_at < LONG_ENOUGH:
            _mail_for(person).send()
    except Exception as trouble:  # noqa: BLE001  # one that cannot be mailed must not keep all others waiting
        log.warning("link %s was not mailed: %s", asked.pk, type(trouble).__name__)
        LinkRequest.objects.filter(pk=asked.pk).update(take_from=at + AGAIN)
    else:
        asked.delete()
    return True


def _mail_for(person: User) -> EmailMessage:
    """A link and no name (quality 2.8). The address in it is ours, whatever the browser claimed to have asked."""
    keys = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    context = {
        "password_reset_url": f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=keys)}"
    }
    subject = render_to_string("account/email/password_reset_key_subject.txt", context).strip()
    return EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        body=render_to_string("account/email/password_reset_key_message.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
