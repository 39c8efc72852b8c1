"""All measurements in one run, in the order of the list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.test import override_settings

from meetings.management.bench import lists
from meetings.management.bench.figures import Figure
from meetings.management.bench.people import people_at
from meetings.management.bench.sizes import Size

PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@contextmanager
def as_in_production() -> Iterator[None]:
    """No debugging, which keeps every statement; and static files by their own name, since nobody collected them."""
    settings: dict[str, Any] = {
        "DEBUG": False,
        "STORAGES": PLAIN_STATIC,
        "WHITENOISE_AUTOREFRESH": True,
    }
    with override_settings(**settings):
        yield


def measure(size: Size, at: datetime) -> Iterator[Figure]:
    """Each figure as soon as it is known."""
    people = people_at(at)
    yield from lists.queries_of_pages(people)
    yield from lists.scoped_list(people, size.rounds)
    yield from lists.orm_list(people, size.rounds)
