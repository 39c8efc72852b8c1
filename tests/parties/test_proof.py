"""Nobody changes, removes or slips in a line unseen: not through the application, and not as owner of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.utils import InternalError
from pytest_django import Settings

from parties import ledger, proof
from parties.models import AuditLine, Organisation, PartyKind, ProcessingLine, Receipt, Seal
from parties.proof import Fault, prove, proven_models
from parties.seals import digest_of, seal_receipts
from parties.viewer import process_viewer
from reintegratie.lib.ledger_triggers import WriteReceipts
from tests.factories.parties import OrganisationFactory

NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
AUDIT, PROCESSING, HISTORY = "parties_auditline", "parties_processingline", "parties_historicalorganisation"

committed = pytest.mark.django_db(transaction=True)


def write_lines(count: int = 1) -> Organisation:
    """An organisation (one history line) that does something (a line in both ledgers)."""
    organisation = OrganisationFactory(kind=PartyKind.PRISON)
    viewer = process_viewer("test", organisation, NOW)
    subjects = [ledger.Subject(organisation.pk) for _ in range(count)]
    ledger.record(viewer, "zaak-inzien", subjects=subjects)
    return organisation


@contextmanager
def as_owner(*tables: str) -> Iterator[None]:
    """Work as the owner of the database, who can switch every trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def places() -> list[str]:
    return [fault.place for fault in prove().faults]


def problems() -> str:
    return "; ".join(f"{fault.place} {fault.problem}" for fault in prove().faults)


def test_every_ledger_and_every_history_table_is_append_only_and_keeps_receipts() -> None:
    """A new model with history gets both triggers by itself; this test finds one that did not."""
    history = [model for model in apps.get_models() if hasattr(model, "history_change_reason")]
    assert len(history) > 25

    for model in [*history, AuditLine, ProcessingLine]:
        triggers = [trigger for kept, trigger in pgtrigger.registered() if kept is model]
        assert any(isinstance(trigger, WriteReceipts) for trigger in triggers), model
        assert any(isinstance(trigger, pgtrigger.Protect) for trigger in triggers), model
        assert model in proven_models()


@pytest.mark.parametrize("table", [AUDIT, HISTORY, "parties_receipt", PROCESSING])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_the_database_refuses_changes_and_removals(db: None, table: str, change: str) -> None:
    write_lines()
    key = "history_id = history_id" if table == HISTORY else "id = id"

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        sql(change.format(table, key))


def test_each_line_gets_one_receipt_in_the_same_transaction(db: None) -> None:
    write_lines(count=50)

    rows = Receipt.objects.values_list("table_name", flat=True)
    assert sorted(rows) == sorted([AUDIT, HISTORY, *[PROCESSING] * 50])
    assert prove().faults == []


def test_a_line_that_was_changed_is_found_at_once_with_its_place(db: None) -> None:
    write_lines()
    line = AuditLine.objects.get()

    with as_owner(AUDIT):
        sql(f"UPDATE {AUDIT} SET action = 'niets-gedaan'")

    [fault] = prove().faults
    assert fault.place == f"{AUDIT} regel {line.pk}"
    assert "gewijzigd" in fault.problem


def test_a_history_line_that_was_removed_leaves_its_receipt_behind(db: None) -> None:
    write_lines()

    with as_owner(HISTORY):
        sql(f"DELETE FROM {HISTORY}")

    assert "is verwijderd" in problems()
    assert places()[0].startswith(HISTORY)


def test_a_line_that_was_slipped_in_has_no_receipt(db: None) -> None:
    write_lines()

    with as_owner(AUDIT):
        sql(
            f"""INSERT INTO {AUDIT} (at, trace_id, span_id, role_kind, channel, action, object_kind, object_id,
                outcome, detail) VALUES (now(), '', '', '', '', 'verzonnen', '', '', '', '')"""
        )

    assert "heeft geen ontvangstbewijs" in problems()


def test_replication_mode_switches_triggers_off_and_is_found_as_well(db: None) -> None:
    write_lines()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        if not cursor.fetchone()[0]:
            pytest.skip("de testrol mag session_replication_role niet zetten (make test geeft dat recht)")

    sql("SET LOCAL session_replication_role = replica")
    sql(f"UPDATE {AUDIT} SET outcome = 'geweigerd'")
    sql("SET LOCAL session_replication_role = origin")

    assert "is gewijzigd" in problems()


def test_a_trigger_that_is_left_off_is_itself_a_fault(db: None) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {HISTORY} DISABLE TRIGGER USER")

    assert places() == [HISTORY, HISTORY]


def test_a_column_that_came_later_breaks_no_old_receipt(db: None) -> None:
    write_lines()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {AUDIT} ADD COLUMN later integer NOT NULL DEFAULT 7")

    assert prove().faults == []

    with as_owner(AUDIT):
        sql(f"UPDATE {AUDIT} SET action = 'niets-gedaan'")
    assert "is gewijzigd" in problems()


def test_a_session_in_another_time_zone_writes_and_proves_the_same(db: None) -> None:
    sql("SET LOCAL timezone = 'Asia/Tokyo'")
    write_lines()
    sql("SET LOCAL timezone = 'Europe/Amsterdam'")

    assert prove().faults == []


def test_an_unsealed_transaction_is_counted_and_no_fault(db: None) -> None:
    seal_receipts(at=NOW)  # whatever others left
    write_lines()

    assert seal_receipts(at=NOW) == []  # our own transaction has not ended
    found = prove()
    assert found.unsealed == 3
    assert found.faults == []


@committed
def test_seals_chain_what_was_written() -> None:
    write_lines()
    [first] = seal_receipts(at=NOW)
    write_lines()
    write_lines()
    [second] = seal_receipts(at=NOW + timedelta(minutes=1))

    assert (first.number, first.receipts, second.number, second.receipts) == (1, 3, 2, 6)
    assert second.digest == digest_of(second, first.digest, settings.SECRET_KEY)
    assert second.digest != digest_of(second, "", settings.SECRET_KEY)
    assert seal_receipts(at=NOW) == []
    found = prove()
    assert found.faults == []
    assert found.unsealed == 0


@committed
def test_a_line_removed_with_its_receipt_breaks_the_seal() -> None:
    write_lines()
    seal_receipts(at=NOW)

    with as_owner(AUDIT, "parties_receipt"):
        sql(f"DELETE FROM {AUDIT}")
        sql(f"DELETE FROM parties_receipt WHERE table_name = '{AUDIT}'")

    [fault] = prove().faults
    assert fault.place.startswith("zegel 1")
    assert "2 gevonden, 3 verzegeld" in fault.problem


@committed
def test_a_line_changed_with_its_receipt_breaks_the_seal() -> None:
    write_lines()
    seal_receipts(at=NOW)

    with as_owner(AUDIT, "parties_receipt"):
        sql(f"UPDATE {AUDIT} SET action = 'niets-gedaan'")
        sql(
            f"""UPDATE parties_receipt r SET digest = ledger_digest(line, '{{}}') FROM {AUDIT} line
                WHERE r.table_name = '{AUDIT}' AND r.row_id = line.id"""
        )

    assert [fault.place.split(" van ")[0] for fault in prove().faults] == ["zegel 1"]


@committed
def test_a_seal_that_was_rewritten_or_removed_breaks_the_chain() -> None:
    for minute in range(3):
        write_lines()
        seal_receipts(at=NOW + timedelta(minutes=minute))

    with as_owner("parties_seal"):
        sql("UPDATE parties_seal SET receipts = receipts + 1 WHERE number = 3")
    assert places() == ["zegel 3"]

    with as_owner("parties_seal"):
        sql("DELETE FROM parties_seal WHERE number = 1")
    assert "zegel 1 ontbreekt" in problems()


@committed
def test_the_tail_that_was_cut_off_is_found_with_a_seal_kept_outside() -> None:
    write_lines()
    seal_receipts(at=NOW)
    write_lines()
    [kept] = seal_receipts(at=NOW)

    with as_owner(AUDIT, HISTORY, PROCESSING, "parties_receipt", "parties_seal"):
        for table, key in ((AUDIT, "id"), (PROCESSING, "id"), (HISTORY, "history_id")):
            sql(f"DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})")
        sql(f"DELETE FROM parties_receipt WHERE id >= {kept.first_receipt}")
        sql("DELETE FROM parties_seal WHERE number = 2")

    assert prove().faults == []  # the database alone cannot know
    assert prove(anchor=(kept.number, kept.digest)).faults == [
        Fault("zegel 2", "is niet het zegel dat buiten de database is bewaard")
    ]


@committed
def test_a_receipt_slipped_in_between_sealed_ones_is_found() -> None:
    write_lines()
    [seal] = seal_receipts(at=NOW)

    with as_owner("parties_receipt"):
        sql(
            """INSERT INTO parties_receipt (table_name, row_id, width, digest, xact)
               SELECT table_name, row_id, width, digest, xact FROM parties_receipt LIMIT 1"""
        )

    assert seal_receipts(at=NOW) == []
    [fault] = prove().faults
    assert f"ontvangstbewijs {seal.last_receipt + 1} is er later tussen gezet" in fault.problem


@committed
def test_parallel_transactions_and_rolled_back_ones_raise_no_false_alarm(
    other_session: Callable[[str], None],
) -> None:
    """A transaction that began first and ends last is sealed in a later seal; ids it took earlier are no gap."""
    line = (
        f"INSERT INTO {AUDIT} (at, trace_id, span_id, role_kind, channel, action, object_kind, object_id, outcome,"
        " detail) VALUES (now(), '', '', '', '', 'lang', '', '', '', '')"
    )
    other_session("BEGIN")
    other_session(line)
    write_lines()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_lines()
        raise ZeroDivisionError

    [first] = seal_receipts(at=NOW)
    assert prove().faults == []
    other_session("COMMIT")
    assert prove().unsealed == 1
    [second] = seal_receipts(at=NOW)

    assert (first.receipts, second.receipts) == (3, 1)
    assert second.first_receipt < first.first_receipt
    assert prove().faults == []


@committed
def test_a_backup_restored_on_a_server_that_counts_anew_goes_on_with_the_chain() -> None:
    """Transaction numbers of the old server lie ahead of the new one's."""
    write_lines()
    seal_receipts(at=NOW)
    write_lines()
    _as_if_restored()
    write_lines()

    closing, opening = seal_receipts(at=NOW)

    assert (closing.receipts, closing.snapshot, opening.since) == (3, "", "")
    write_lines()
    [following] = seal_receipts(at=NOW)
    assert following.receipts == 3
    assert prove().faults == []
    assert prove().unsealed == 0


def _as_if_restored() -> None:
    """Move all that was written a billion transactions ahead, as the old server could have counted; seal it so."""
    ahead = 1_000_000_000
    with as_owner("parties_receipt", "parties_seal"):
        sql(f"UPDATE parties_receipt SET xact = xact + {ahead}")
        seal = Seal.objects.get()
        low, high, _ = seal.snapshot.split(":")
        seal.snapshot = f"{int(low) + ahead}:{int(high) + ahead}:"
        seal.content = proof._found_in(seal)[1]
        seal.digest = digest_of(seal, "", settings.SECRET_KEY)
        sql(
            f"UPDATE parties_seal SET snapshot = '{seal.snapshot}', content = '{seal.content}',"
            f" digest = '{seal.digest}'"
        )


@committed
def test_a_seal_of_an_earlier_key_is_proved_with_the_key_that_was_kept(keys: Settings) -> None:
    write_lines()
    seal_receipts(at=NOW)
    old = keys.SECRET_KEY

    keys.SECRET_KEY = "a-new-key"
    assert "sleutel" in problems()

    keys.SECRET_KEY_FALLBACKS = [old]
    write_lines()
    seal_receipts(at=NOW)
    assert prove().faults == []


@committed
def test_verify_ledger_ends_with_a_fault_and_the_place() -> None:
    write_lines()
    seal_receipts(at=NOW)
    out, err = StringIO(), StringIO()
    call_command("verify_ledger", stdout=out, stderr=err)
    assert "0 nog niet verzegeld" in out.getvalue()

    with as_owner(AUDIT):
        sql(f"UPDATE {AUDIT} SET action = 'niets-gedaan'")
    with pytest.raises(CommandError, match="1 plaatsen kloppen niet"):
        call_command("verify_ledger", stdout=out, stderr=err)
    assert f"{AUDIT} regel" in err.getvalue()

    with pytest.raises(CommandError, match="NUMMER:ZEGEL"):
        call_command("verify_ledger", "--anker", "twaalf", stdout=out, stderr=err)


@pytest.fixture
def other_session(transactional_db: None) -> Iterator[Callable[[str], None]]:
    """A second connection to the same database."""
    second = connections.create_connection("default")
    second.set_autocommit(True)

    def run(statement: str) -> None:
        with second.cursor() as cursor:
            cursor.execute(statement)

    yield run
    second.close()


@pytest.fixture
def keys(settings: Settings) -> Settings:
    return settings
