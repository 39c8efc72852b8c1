"""How a change is remembered: who, for which organisation, when and why.

Every tracked table carries ``history = History()``. A tracked row is written with :func:`save_as` only; a plain
``save()`` raises, because a history line that says "system" is worth nothing to the person it is about
(users.md: audit that names a person).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from simple_history.models import HistoricalRecords

from reintegratie.lib.ledger_triggers import proven_append_only

_given_ids: ContextVar[dict[str, list[UUID]] | None] = ContextVar("given_ids", default=None)


class Actor(Protocol):
    """Whoever acts: a :class:`parties.viewer.Viewer`, or a process that acts for an organisation."""

    @property
    def actor(self) -> str:
        """``user:<id>|client:<id>|process:<name>`` and the organisation, for example ``user:…@<organisation id>``."""


class HistoryWithoutActor(RuntimeError):
    """A tracked row was saved without saying who did it and why: use ``save_as``."""


def _actor_of_line(line: Any) -> str:  # simple_history hands over its own model, made at run time
    return str(line.history_user_id)


def _set_actor_of_line(line: Any, actor: str) -> None:  # same
    line.history_user_id = actor


class History(HistoricalRecords):
    """simple_history with the acting person *and* organisation in one text, and a reason that is never empty."""

    def __init__(self, **options: Any) -> None:  # passed through to simple_history
        super().__init__(
            history_user_id_field=models.CharField(max_length=200, editable=False),
            history_user_getter=_actor_of_line,
            history_user_setter=_set_actor_of_line,
            user_db_constraint=False,
            **options,
        )

    def get_meta_options(
        self, model: type[models.Model]
    ) -> dict[str, Any]:  # the Meta of a model made at run time
        """Every history table is only ever added to, and keeps a receipt of every line (contract 1)."""
        return {**super().get_meta_options(model), "triggers": proven_append_only()}

    def get_history_user(self, instance: models.Model) -> str:
        """The actor that ``save_as`` left on the row; a save without one is refused."""
        actor = getattr(instance, "_history_user", None)
        if not actor:
            raise HistoryWithoutActor(type(instance).__name__)
        return str(actor)


def save_as(instance: models.Model, *, by: Actor, at: datetime, why: str) -> None:
    """Write a tracked row and its history line, in the caller's transaction.

    ``why`` is a short Dutch reason in the past tense that a data subject may read.
    """
    _take_given_id(instance)
    with _acting(instance, by=by, at=at, why=why):
        instance.save()


def delete_as(instance: models.Model, *, by: Actor, at: datetime, why: str) -> None:
    """Take away a row that was a draft or never should have been; its history stays, with who took it away and why."""
    with _acting(instance, by=by, at=at, why=why):
        instance.delete()


@contextmanager
def _acting(instance: models.Model, *, by: Actor, at: datetime, why: str) -> Iterator[None]:
    instance._history_user = by.actor  # type: ignore[attr-defined]  # simple_history reads these three names
    instance._history_date = at  # type: ignore[attr-defined]  # same
    instance._change_reason = why  # type: ignore[attr-defined]  # same
    try:
        yield
    finally:
        for name in ("_history_user", "_history_date", "_change_reason"):
            delattr(instance, name)


def add_all_as(rows: Sequence[tuple[models.Model, str]], *, by: Actor, at: datetime) -> None:
    """Write new tracked rows of one table, each with its own reason, in two statements instead of two per row."""
    if not rows:
        return
    for row, why in rows:
        _take_given_id(row)
        row._change_reason = why  # type: ignore[attr-defined]  # simple_history reads this name
    table: Any = type(rows[0][0])  # the history manager is made at run time
    made = [row for row, _ in rows]
    table.objects.bulk_create(made)
    table.history.bulk_history_create(made, default_user=by.actor, default_date=at)
    for row in made:
        del row._change_reason  # type: ignore[attr-defined]  # same


@contextmanager
def given_ids(ids: Mapping[str, list[UUID]]) -> Iterator[None]:
    """Within this block, new rows of a model (by class name) get these ids in order of writing.

    For ``load_scenario`` only: a scenario names its rows so that tests outside the project can ask for them.
    """
    token = _given_ids.set({name: list(queue) for name, queue in ids.items()})
    try:
        yield
    finally:
        _given_ids.reset(token)


def _take_given_id(instance: models.Model) -> None:
    queue = (_given_ids.get() or {}).get(type(instance).__name__)
    if queue and instance._state.adding:
        instance.pk = queue.pop(0)
