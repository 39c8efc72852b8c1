"""How are the receipts of all ledger and history lines chained, so that they cannot be rewritten afterwards?

Each minute one seal covers every receipt whose transaction has ended since the last one. A seal is a keyed digest over
those receipts and the seal before it; the key comes from SECRET_KEY, which the database does not know.
Transactions end in another order than they begin, so "since the last one" is said with PostgreSQL's own snapshots.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from parties.models import Seal

LOCK = 7_305_041  # any number; only seals use it

RECEIPT_TEXT = "concat_ws('|', r.id, r.table_name, r.row_id, r.width, encode(r.digest, 'hex'), r.xact)"
RECEIPT_DIGEST = f"sha256(convert_to({RECEIPT_TEXT}, 'UTF8'))"
SUMMARY = f"""
    count(*) AS receipts, coalesce(min(r.id), 0) AS first_receipt, coalesce(max(r.id), 0) AS last_receipt,
    encode(sha256(coalesce(string_agg({RECEIPT_DIGEST}, ''::bytea ORDER BY r.id), '')), 'hex') AS content
"""


def members(since: str, until: str, floor: str) -> str:
    """SQL: the receipts above ``floor`` whose transaction had ended at ``until`` and not yet at ``since``.

    The arguments are SQL expressions; an empty snapshot means from the beginning, or to the end.
    """
    ended = "pg_visible_in_snapshot(r.xact::text::xid8, nullif({}, '')::pg_snapshot)"
    return f"""
        r.id > {floor}
        AND r.xact >= coalesce(pg_snapshot_xmin(nullif({since}, '')::pg_snapshot)::text::bigint, 0)
        AND NOT coalesce({ended.format(since)}, false)
        AND coalesce({ended.format(until)}, true)
    """


@transaction.atomic
def seal_receipts(*, at: datetime) -> list[Seal]:
    """Seal every receipt whose transaction has ended; nothing when there is none, or when another process is sealing.

    A backup that is restored on another server counts its transactions anew. Then one seal closes what the backup held,
    and the next begins a new count above it.
    """
    if not _asked("SELECT pg_try_advisory_xact_lock(%s)", LOCK):
        return []
    now = str(_asked("SELECT pg_current_snapshot()::text"))
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return _seal(None, since="", until=now, floor=0, at=at)
    if not _counts_anew(last):
        return _seal(last, since=last.snapshot, until=now, floor=last.floor, at=at)
    closing = _seal(last, since=last.snapshot, until="", floor=last.floor, at=at) if last.snapshot else []
    floor = Seal.objects.aggregate(highest=Max("last_receipt"))["highest"]
    return closing + _seal(closing[0] if closing else last, since="", until=now, floor=floor, at=at)


def digest_of(seal: Seal, previous: str, secret: str) -> str:
    """The keyed digest of a seal: everything it says, and the seal before it."""
    said = (
        seal.number,
        seal.made_at.astimezone(UTC).isoformat(),
        seal.floor,
        seal.since,
        seal.snapshot,
        seal.first_receipt,
        seal.last_receipt,
        seal.receipts,
        seal.content,
        previous,
    )
    return salted_hmac(
        "parties.seals", "|".join(map(str, said)), secret=secret, algorithm="sha256"
    ).hexdigest()


def key_id_of(secret: str) -> str:
    """A name for the key, so that a verification later knows which of several was used."""
    return salted_hmac("parties.seals.key", "", secret=secret, algorithm="sha256").hexdigest()[:8]


def _counts_anew(last: Seal) -> bool:
    """Whether this server is at a lower transaction than the one that made the last seal."""
    if not last.snapshot:
        return True
    return bool(
        _asked(
            "SELECT pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(%s::pg_snapshot)",
            last.snapshot,
        )
    )


def _seal(last: Seal | None, *, since: str, until: str, floor: int, at: datetime) -> list[Seal]:
    """Write the next seal over the receipts between two snapshots; none when there are none."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SUMMARY} FROM parties_receipt r WHERE {members('%(since)s', '%(until)s', '%(floor)s')}",
            {"since": since, "until": until, "floor": floor},
        )
        receipts, first, final, content = cursor.fetchone()
    if not receipts:
        return []
    seal = Seal(
        number=last.number + 1 if last else 1,
        made_at=at,
        floor=floor,
        since=since,
        snapshot=until,
        first_receipt=first,
        last_receipt=final,
        receipts=receipts,
        content=content,
        key_id=key_id_of(settings.SECRET_KEY),
    )
    seal.digest = digest_of(seal, last.digest if last else "", settings.SECRET_KEY)
    seal.save(force_insert=True)
    return [seal]


def _asked(question: str, *values: str | int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
