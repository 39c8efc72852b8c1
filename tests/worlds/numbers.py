"""What the database numbers for everybody together, and a world in which others had their turn first."""

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

ROOMS = ("parties", "cases", "consent", "plans", "meetings")
SO_MANY = 10**9
"""Rows of others that came first."""


def numbered() -> list[type[Model]]:
    """The tables of which the key is a number of one sequence, histories and ledgers included.

    Not an API client: it is known outside by its client_id, and rows point at its number.
    """
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        and isinstance(model._meta.pk, AutoField)
        and not model._meta.related_objects
    ]


def others_came_first() -> None:
    """The same rows, each with the number it had got if much had been written for others before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in numbered():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # ledgers refuse any change
            cursor.execute(f"UPDATE {table} SET {key} = {key} + {SO_MANY}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
