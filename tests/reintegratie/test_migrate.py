"""The application's role works with its tables, and cannot change or remove a line of a ledger (quality 3.7)."""

import os

import pytest
from django.db import ProgrammingError, connection, transaction

from reintegratie.local.postgres import APPLICATION
from reintegratie.migrate import forbidden, grant


@pytest.fixture
def application(db: None) -> str:
    """Until the end of this test we are the application's role: the one of our own servers, or one made here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from pg_roles where rolname = %s and pg_has_role(oid, 'member')", [APPLICATION]
        )
        role = APPLICATION if cursor.fetchone() else f"application_{os.getpid()}"
        if role != APPLICATION:
            cursor.execute(f"create role {role}")
        grant(cursor, role)
        cursor.execute(f"set local role {role}")
    return role


@pytest.mark.parametrize("verb", ["update {} set at = now()", "delete from {}", "truncate {}"])
@pytest.mark.parametrize("table", ["parties_auditline", "parties_processingline"])
def test_a_ledger_line_cannot_be_changed_or_removed(application, table, verb):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_no_history_can_be_changed_or_removed(application):
    tables = sorted({table for table, _verb in forbidden()})
    assert "cases_historicalcase" in tables
    with connection.cursor() as cursor:
        allowed = "select has_table_privilege(%s, 'update') or has_table_privilege(%s, 'delete')"
        for table in tables:
            cursor.execute(allowed, [table, table])
            assert cursor.fetchone()[0] is False, table


def test_ordinary_tables_can_be_worked_with(application):
    with connection.cursor() as cursor:
        cursor.execute("update parties_user set email = email")
        cursor.execute("delete from django_session")
        cursor.execute("select count(*) from parties_auditline")


def test_tables_cannot_be_made_or_dropped(application):
    with (
        pytest.raises(ProgrammingError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("drop table parties_auditline")
