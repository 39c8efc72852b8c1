"""The demo, loaded once and committed: who reads it or plays on in it gets a database of his own, copied from that one.

Loading walks every action and takes half a minute; in one transaction, where no statistics are kept, three times that.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def copied(source: str, target: str) -> None:
    """A new database with what is in another; nobody may be in the other meanwhile."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def dropped(name: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def go_to(name: str) -> str:
    """Every connection that is made from now on is to this database; returns where they went before."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    return before


@pytest.fixture(scope="session")
def loaded_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_queue: str) -> Iterator[str]:
    """The name of the database in which the demo stands; nobody works in it."""
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = f"{empty}_demo"
        copied(empty, name)
        go_to(name)
        with override_settings(DEMO=True, PASSWORD_HASHERS=FAST):
            call_command("load_demo", verbosity=0)
        go_to(empty)
    yield name
    with django_db_blocker.unblock():
        dropped(name)


@pytest.fixture(scope="module")
def demo(loaded_demo: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests of this module work in the demo. Of a wider scope than a test, so there before its transaction is."""
    name = f"{loaded_demo}_copy"
    with django_db_blocker.unblock():
        copied(loaded_demo, name)
        before = go_to(name)
    yield
    with django_db_blocker.unblock():
        go_to(before)
        dropped(name)
