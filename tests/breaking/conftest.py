"""A post office of our own for every test."""

from collections.abc import Iterator

import pytest
from django.conf import settings as project

from tests.breaking.post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
def mails_to_office(office: PostOffice, settings) -> None:
    """What this process sends goes to the post office, and waits a second for an answer, not ten."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.server_address[1]
    settings.EMAIL_TIMEOUT = 1
    assert office.server_address[1] == project.EMAIL_PORT
