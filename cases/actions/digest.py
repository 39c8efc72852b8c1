"""Write who gets his overview of the week: a link, once per person, organisation and week (users.md 3.7)."""

from datetime import datetime

from django.db import transaction

from cases.actions.letters import about_organisation, messages_to
from cases.actions.notify import wake_on_commit
from cases.digest import DIGEST, PAGE, due_digests, event_of, monday_of
from cases.models import Notification
from cases.wishes import unwanted_by
from parties.models import Role

BATCH = 500


def write_digests(*, at: datetime) -> int:
    """Write every overview that is due; returns for how many roles. Safe to run twice, at the same time or again."""
    written, batch = 0, _write_batch(at, after=None)
    while batch:
        written += len(batch)
        batch = _write_batch(at, after=batch[-1])
    return written


@transaction.atomic
def _write_batch(at: datetime, *, after: Role | None) -> list[Role]:
    rows = due_digests(at).filter(pk__gt=after.pk) if after else due_digests(at)
    roles = list(rows.select_related("user", "organisation").order_by("pk")[:BATCH])
    if roles:
        unwanted = unwanted_by(role.user_id for role in roles)
        event = event_of(monday_of(at))
        messages = [
            message
            for role in roles
            for message in messages_to(
                [role.user], unwanted, about_organisation(role.organisation, DIGEST, event, PAGE, at)
            )
        ]
        Notification.objects.bulk_create(messages, ignore_conflicts=True)
        wake_on_commit()
    return roles
