"""Rows with history are built with an actor, as everywhere."""

from datetime import UTC, datetime
from typing import Any

import factory
from django.db.models import Model

from reintegratie.lib.history import save_as

LONG_AGO = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


class TestActor:
    """Who builds the world of a test."""

    __test__ = False
    actor = "process:test"


class TrackedFactory(factory.django.DjangoModelFactory):
    """A factory whose rows are written with ``save_as``."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Model], *args: Any, **kwargs: Any) -> Model:
        row = model_class(*args, **kwargs)
        save_as(row, by=TestActor(), at=LONG_AGO, why="test")
        return row


class ContentFactory(TrackedFactory):
    """A content row: its moments have a default."""

    class Meta:
        abstract = True

    created_at = LONG_AGO
    changed_at = factory.SelfAttribute("created_at")
