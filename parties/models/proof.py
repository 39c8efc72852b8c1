"""The proof that no line of a ledger or a history was changed or removed (contract 1, quality 3.7)."""

from django.db import models

from reintegratie.lib.ledger_triggers import append_only


class Receipt(models.Model):
    """What one line looked like when it was written; made by a trigger, for every ledger and history table.

    A line that was changed no longer fits its receipt, and one that was removed leaves its receipt behind.
    ``width`` is the number of columns the table had: a column that came later is not part of the digest. ``xact`` is
    the transaction that wrote the line.
    """

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField("tabel", max_length=63)
    row_id = models.BigIntegerField("regel")
    width = models.PositiveSmallIntegerField("aantal kolommen")
    digest = models.BinaryField("vingerafdruk", max_length=32)
    xact = models.BigIntegerField("transactie", db_index=True)

    class Meta:
        verbose_name = "ontvangstbewijs"
        verbose_name_plural = "ontvangstbewijzen"
        triggers = (append_only("receipt_append_only"),)

    def __str__(self) -> str:
        return f"{self.table_name}:{self.row_id}"


class Seal(models.Model):
    """A link of the chain over all receipts, with a key that the database does not know.

    It covers the receipts with ``id > floor`` whose transaction had ended at ``snapshot`` and not yet at ``since``. No
    ``since`` means: from the beginning; no ``snapshot``: to the end (the last seal before a restored backup).
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveBigIntegerField("nummer", unique=True)
    made_at = models.DateTimeField("gemaakt op")
    floor = models.BigIntegerField("na ontvangstbewijs")
    since = models.TextField("vorige stand", blank=True)
    snapshot = models.TextField("stand", blank=True)
    first_receipt = models.BigIntegerField("eerste ontvangstbewijs")
    last_receipt = models.BigIntegerField("laatste ontvangstbewijs")
    receipts = models.PositiveBigIntegerField("aantal ontvangstbewijzen")
    content = models.CharField("vingerafdruk van de ontvangstbewijzen", max_length=64)
    key_id = models.CharField("sleutel", max_length=8)
    digest = models.CharField("zegel", max_length=64)

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"
        triggers = (append_only("seal_append_only"),)

    def __str__(self) -> str:
        return f"zegel {self.number}"
