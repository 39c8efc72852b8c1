"""Processes of our own for every test: a post office, a broker, and whatever the test starts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from parties.viewer import Viewer
from tests.breaking.ground import Broker, Ground
from tests.breaking.post_office import PostOffice, post_office
from tests.breaking.saving import Event, Savers, events, session
from tests.conftest import NOW, SignedIn, World
from tests.proof.race import Line

Tell = Callable[[str], None]


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


@pytest.fixture
def tell(record_property) -> Tell:
    """Say what was counted; it is printed after the tests, also of those that passed."""
    return lambda line: record_property("told", line)


@pytest.fixture
def ground(transactional_db: None, office: PostOffice, tmp_path: Path) -> Iterator[Ground]:
    broker = Broker(tmp_path)
    broker.begin()
    ahead = round((NOW - timezone.now()).total_seconds())
    made = Ground(tmp_path, broker, office, timedelta(seconds=ahead))
    yield made
    made.stop()
    broker.kill()


@pytest.fixture
def savers(ground: Ground, casemanager: Viewer, signed_in: SignedIn) -> Callable[..., Savers]:
    """A casemanager of PI Zwolle at a running web server."""
    headers = session(signed_in, casemanager)

    def _savers(**options) -> Savers:
        return Savers(Line(ground.web(), headers), **options)

    return _savers


@pytest.fixture
def work(world: World) -> Callable[[int], list[Event]]:
    return lambda number: events(world, number)
