"""What is written for one person: the same message in the application and by mail (architecture 4)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cases.models import Channel, Notification
from cases.wishes import Unwanted
from parties.models import Organisation, User


def messages_to(people: Iterable[User], unwanted: Unwanted, common: dict[str, Any]) -> Iterator[Notification]:
    """One message to each of these people, in the application as far as they want that there, and by mail.

    Whether the mail is wanted is asked when it goes (:mod:`cases.actions.deliver`).
    """
    for person in people:
        if unwanted.wants_in_app(person.pk, common["kind"]):
            yield Notification(
                channel=Channel.IN_APP, recipient=person, delivered_at=common["created_at"], **common
            )
        yield Notification(channel=Channel.MAIL, recipient=person, **common)


def about_organisation(
    organisation: Organisation, kind: str, event: str, page: str, at: datetime
) -> dict[str, Any]:
    """What every message says that is about no case."""
    return {
        "event": event,
        "stage": "",
        "kind": kind,
        "case": None,
        "organisation": organisation,
        "resource": page,
        "created_at": at,
        "deliver_from": at,
    }
