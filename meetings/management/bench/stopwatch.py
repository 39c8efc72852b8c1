"""Measuring: in turns, so that a busy machine hinders every variant alike, and never without comparing what came out."""

import gc
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.db import connection, transaction

from meetings.management.bench.figures import Figure

TRANSACTION = re.compile(r"(RELEASE )?SAVEPOINT|ROLLBACK", re.IGNORECASE)

Variant = Callable[[], object]
Statement = tuple[str, Any]  # the text and its parameters


class DifferentAnswers(Exception):
    """Two variants that should give the same rows do not: their times may not be compared."""


def medians(variants: Mapping[str, Variant], rounds: int, *, alike: bool = True) -> dict[str, float]:
    """The median time of each variant in seconds, A B A B …, after one round to compare the answers and to warm up.

    ``alike=False``: the variants are not meant to give the same.
    """
    answers = {name: variant() for name, variant in variants.items()}
    first = next(iter(answers.values()))
    for name, answer in answers.items():
        if alike and answer != first:
            raise DifferentAnswers(f"{name} geeft een andere uitkomst: {_difference(first, answer)}")
    times: dict[str, list[float]] = {name: [] for name in variants}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, variant in variants.items():
                begun = time.perf_counter()
                variant()
                times[name].append(time.perf_counter() - begun)
    finally:
        gc.enable()
    return {name: median(taken) for name, taken in times.items()}


def computing(work: Variant) -> str:
    """How long this process itself computes, which another process on the machine does not change."""
    begun = time.process_time()
    work()
    return f"{(time.process_time() - begun) * 1000:.0f} ms rekentijd"


def ratio(code: str, taken: Mapping[str, float], ours: str, base: str) -> Figure:
    """How many times the base it takes; the note says what both take on this machine."""
    note = f"{taken[ours] * 1000:.1f} ms / {taken[base] * 1000:.1f} ms"
    return Figure(code, taken[ours] / taken[base], note)


def statements_of(work: Callable[[], object]) -> list[Statement]:
    """What is sent to the database meanwhile; the beginning and the end of transactions are not counted."""
    sent: list[Statement] = []

    def note(execute: Any, text: Any, parameters: Any, many: bool, context: Any) -> Any:  # Django's own shape
        if not TRANSACTION.match(str(text)):
            sent.append((str(text), parameters))
        return execute(text, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    return sent


def rows_of(text: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """What the database answers, without a model between."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def buffers_of(text: str, parameters: Any) -> int:
    """How many pages of eight kB this statement touches, in memory or not."""
    [[plan]] = rows_of(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}", parameters)
    found = plan[0]["Plan"]
    return int(found["Shared Hit Blocks"] + found["Shared Read Blocks"])


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written in this block was never there."""

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _difference(one: object, other: object) -> str:
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return f"{len(one)} en {len(other)} rijen"
        place = next(place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        return f"rij {place + 1}"
    return "niet gelijk"
