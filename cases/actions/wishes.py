"""Choose what one wants to be told: bookkeeping of the reader, so no history line."""

from collections.abc import Collection

from django.db import transaction

from cases.models import MessageWish
from cases.wishes import CHOOSABLE
from parties.models import User


@transaction.atomic
def choose_messages(*, user: User, in_app: Collection[str], by_mail: Collection[str]) -> None:
    """Keep for every topic that may be switched off which of the two this person wants; counts from the next sending."""
    wishes = [
        MessageWish(user=user, topic=topic, in_app=topic in in_app, by_mail=topic in by_mail)
        for topic in CHOOSABLE
    ]
    MessageWish.objects.bulk_create(
        wishes,
        update_conflicts=True,
        unique_fields=["user", "topic"],
        update_fields=["in_app", "by_mail"],
    )
