"""Which tables are only ever added to, and how the database itself keeps a receipt of every line.

Used by the two ledgers and, through :class:`reintegratie.lib.history.History`, by every history table.
"""

from typing import Any

import pgtrigger

RECEIPTS = "parties_receipt"
DIGEST = "ledger_digest"

CREATE_DIGEST = f"""
CREATE FUNCTION {DIGEST}(line anyelement, later_columns text[]) RETURNS bytea
LANGUAGE sql STABLE SET timezone = 'UTC'
AS $$ SELECT sha256(convert_to((to_jsonb(line) - later_columns)::text, 'UTF8')) $$
"""
"""A fingerprint that is the same in every session, whatever its time zone; made by a migration, never to change."""

DROP_DIGEST = f"DROP FUNCTION {DIGEST}(anyelement, text[])"


class WriteReceipts(pgtrigger.Trigger):
    """One receipt per line that is added, in the transaction that adds it.

    Django's sessions are in UTC; there the digest is taken in place, which costs half of calling the function.
    """

    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new="new_lines")

    def get_func(self, model: Any) -> str:  # the history models are made at run time
        table, key = model._meta.db_table, model._meta.pk.column
        return f"""
            INSERT INTO {RECEIPTS} (table_name, row_id, width, digest, xact)
            SELECT '{table}', line.{key}, shape.width,
                CASE WHEN current_setting('TimeZone') = 'UTC' THEN sha256(convert_to(to_jsonb(line)::text, 'UTF8'))
                     ELSE {DIGEST}(line, '{{}}') END,
                pg_current_xact_id()::text::bigint
            FROM new_lines line,
                 (SELECT max(attnum) AS width FROM pg_attribute WHERE attrelid = TG_RELID) shape;
            RETURN NULL;
        """


def append_only(name: str) -> pgtrigger.Protect:
    """Refuse every change and removal, whoever asks; the application's role has no right to them either."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def proven_append_only(name: str = "append_only") -> tuple[pgtrigger.Trigger, ...]:
    """The two triggers of a ledger or history table: only ever added to, with a receipt for every line."""
    return append_only(name), WriteReceipts(name="write_receipts")
