"""What may a client read next without ever missing a change that was saved late?

A change carries the moment at which its request began, and is seen only after that request was saved. Somebody who
reads in between and asks for 'since then' would miss it for ever. So reading publishes first: every change that was
saved since the last reading gets its place behind that reading. One reader of a party at a time; what another
transaction is still writing is skipped, and published at the next reading.
"""

from datetime import datetime

from django.db import connection, transaction

from parties.models import Organisation

PUBLISH_CHANGES = """
WITH mark AS (
    INSERT INTO cases_feedmark AS known (party_id, read_until) VALUES (%(party)s, %(at)s)
    ON CONFLICT (party_id) DO UPDATE
        SET previous = known.read_until, read_until = GREATEST(known.read_until, EXCLUDED.read_until)
    RETURNING previous
)
UPDATE cases_caseparty row
SET fed_at = GREATEST(row.changed_at, mark.previous), in_feed = TRUE
FROM mark
WHERE row.id IN (
    SELECT id FROM cases_caseparty WHERE party_id = %(party)s AND NOT in_feed FOR UPDATE SKIP LOCKED
)
"""

ONE_READER = "SELECT pg_advisory_xact_lock(hashtextextended('events:' || %(party)s, 0))"

PUBLISH_EVENTS = """
UPDATE cases_notification event
SET position = known.last + fresh.turn
FROM (SELECT COALESCE(MAX(position), 0) AS last FROM cases_notification WHERE organisation_id = %(party)s) known,
     (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS turn FROM cases_notification waiting
      WHERE organisation_id = %(party)s AND channel = 'gebeurtenis' AND position IS NULL
        AND NOT EXISTS (SELECT 1 FROM cases_caseparty part
                        WHERE part.case_id = waiting.case_id AND part.party_id = %(party)s
                          AND part.named_only AND part.until IS NULL)) fresh
WHERE event.id = fresh.id
"""
"""What happens in a case that is shielded there has no place in the feed, until that ends: no program misses it then."""


@transaction.atomic
def publish_changes(*, party: Organisation, at: datetime) -> None:
    """Give every saved change of this party's cases its moment in the feed: its own, or the last reading if later.

    The mark of the party is locked until the reader is done, so a second reader sees what the first one published.
    """
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH_CHANGES, {"party": party.pk, "at": at})


@transaction.atomic
def publish_events(*, party: Organisation) -> None:
    """Give every saved event of this party its place in the feed, behind all that was read before."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_READER, {"party": str(party.pk)})
        cursor.execute(PUBLISH_EVENTS, {"party": party.pk})
