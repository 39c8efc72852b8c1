"""The seeded world, and the moment at which everybody looks at it."""

from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.core import signing
from django.utils import timezone

from cases.models import Case
from parties.models import RoleKind
from parties.viewer import Viewer, viewer_for
from tests.api.conftest import connect
from tests.conftest import Hire, World
from tests.worlds.seeded import BUILT, READ, Seeded, Team, seed

__all__ = ["connect"]


class Clock:
    """A few hours after everything was built. It ticks a microsecond per question, and can be set back."""

    def __init__(self) -> None:
        self.set_back()

    def set_back(self) -> None:
        self._ticks = count()

    def now(self) -> datetime:
        return READ + timedelta(microseconds=next(self._ticks))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Everybody reads this clock; what is signed is signed at the same second."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    monkeypatch.setattr(signing, "time", SimpleNamespace(time=READ.timestamp))
    return clock


@pytest.fixture
def kampen_coordinator(world: World, hire: Hire) -> Viewer:
    return viewer_for(hire(world.kampen, RoleKind.AFTERCARE_COORDINATOR), at=BUILT)


@pytest.fixture
def seeded(world: World, case: Case, request: pytest.FixtureRequest, clock: Clock) -> Seeded:
    team = Team(**{name: request.getfixturevalue(name) for name in Team.__dataclass_fields__})
    return seed(world, case, team)
