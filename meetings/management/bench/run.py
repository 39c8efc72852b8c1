"""All measurements in one run, in the order of the list."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.test import override_settings

from meetings.management.bench import lists, pages
from meetings.management.bench.database import Database
from meetings.management.bench.figures import Figure
from meetings.management.bench.goals import GOALS
from meetings.management.bench.growth import longer_history
from meetings.management.bench.memory import used_memory
from meetings.management.bench.people import WrongAnswer, people_at
from meetings.management.bench.sizes import Size
from meetings.management.bench.stopwatch import DifferentAnswers
from meetings.management.bench.sweep import due_stages

PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@contextmanager
def as_in_production() -> Iterator[None]:
    """No debugging, which keeps every statement; static files by their own name; and no lines about logging in."""
    settings: dict[str, Any] = {
        "DEBUG": False,
        "STORAGES": PLAIN_STATIC,
        "WHITENOISE_AUTOREFRESH": True,
    }
    logging.disable(logging.INFO)
    try:
        with override_settings(**settings):
            yield
    finally:
        logging.disable(logging.NOTSET)


def measure(size: Size, at: datetime, database: Database) -> Iterator[Figure]:
    """Every figure that this size can give, as soon as it is known; what went wrong is a figure as well."""
    people, rounds = people_at(at), size.rounds
    steps: dict[str, Callable[[], Iterator[Figure]]] = {
        "Q1": lambda: lists.queries_of_pages(people),
        "B1": lambda: lists.buffers(people),
        "R1, R2": lambda: lists.scoped_list(people, rounds),
        "R3": lambda: lists.orm_list(people, rounds),
        "R6": lambda: lists.numbers(people, rounds),
        "R4": lambda: pages.worklist_page(people, rounds),
        "R5": lambda: pages.case_page(people, rounds),
        "R7 bladzijde": lambda: pages.api_page(people, rounds),
        "R7 sinds": lambda: pages.changed_since(people, rounds),
        "R9": lambda: pages.withdrawal(people),
        "R11": lambda: pages.with_and_without_ledger(people, rounds),
        "R12": lambda: pages.prints(people, rounds),
        "R8": lambda: longer_history(size, at, database),
        "R10": lambda: due_stages(size, at, database),
        "R13": lambda: used_memory(size),
    }
    for codes, step in steps.items():
        heard = set()
        try:
            for figure in step():
                heard.add(figure.code)
                yield figure
        except (DifferentAnswers, WrongAnswer) as wrong:
            for code in GOALS.keys() - heard:
                if any(f"{code} ".startswith(f"{name} ") for name in codes.split(", ")):
                    yield Figure(code, None, str(wrong), broken=True)
