"""Was this call made before? A key that the client chose, kept with the outcome and without any content (contract 4).

The key is bound to the client and to the request. The outcome is written in the transaction of the change itself, so
either both stand or neither does. What the caller gets back is read again at that moment, by the ordinary rules.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from parties.models import ApiClient, IdempotentCall

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Outcome:
    """What became of a call: the status, and the row and version that it made or changed."""

    status: int
    object_id: str
    version: int = 1


class KeyInUse(Exception):
    """A call with this key is running at this moment."""


class KeyOfAnotherCall(Exception):
    """The key was used for a call with another address or another body."""


@transaction.atomic
def once(
    perform: Callable[[], Outcome], *, client: ApiClient, key: str, call: bytes, at: datetime
) -> Outcome:
    """Perform a call, or give the outcome of the first call with this key.

    A call that fails leaves nothing behind, so it may be tried again. Without a key it is simply performed.
    Raises KeyInUse, KeyOfAnotherCall.
    """
    if not key:
        return perform()
    _hold(client, key)
    IdempotentCall.objects.filter(client=client, expires_at__lte=at).delete()
    digest = hashlib.sha256(call).hexdigest()
    known = IdempotentCall.objects.filter(client=client, key=key).first()
    if known is not None:
        if known.request_digest != digest:
            raise KeyOfAnotherCall
        return Outcome(known.status, known.object_id, known.version)
    outcome = perform()
    IdempotentCall.objects.create(
        client=client,
        key=key,
        request_digest=digest,
        status=outcome.status,
        object_id=outcome.object_id,
        version=outcome.version,
        expires_at=at + KEPT,
    )
    return outcome


def _hold(client: ApiClient, key: str) -> None:
    """Keep the key until this transaction ends. Raises KeyInUse at once instead of waiting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"call:{client.pk}:{key}"]
        )
        (free,) = cursor.fetchone()
    if not free:
        raise KeyInUse
