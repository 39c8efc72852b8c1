"""Whatever happens in whatever order: everybody reads what an oracle that shares no code with the program allows.

Hypothesis lets things happen in a small world – detentions, consents, laws that begin and end, people who leave, time
that passes – and after each of them everybody looks. ``make test`` plays the same short stories every time; ``make
test-long`` plays long ones, and lets everybody open every door after each step.
"""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as played
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from parties.models import PartyKind
from tests.api.conftest import Connect
from tests.conftest import Hire, SignedIn, World
from tests.factories.parties import OrganisationFactory
from tests.proof.small_world import PARTIES, Clock, SmallWorld, build
from tests.proof.story import Story


@pytest.fixture
def small_world(
    world: World,
    hire: Hire,
    signed_in: SignedIn,
    connect: Connect,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> SmallWorld:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    settings.SESSION_COOKIE_AGE = 10 * 365 * 24 * 3600
    parties = {name: getattr(world, name) for name in PARTIES if name != "zvh"}
    parties["zvh"] = OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH", name="ZVH IJsselland")
    return build(parties, clock, hire=hire, signed_in=signed_in, connect=connect)


def play(world: SmallWorld, *, every_door: bool, stories: int, steps: int, **more: Any) -> None:
    """Only the long stories are made as short as they can be when one goes wrong: that takes minutes."""
    phases = list(Phase) if every_door else [Phase.generate]
    ours = type("Story", (Story,), {"world": world, "every_door": every_door})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis ships it without types
        ours,
        settings=played(
            max_examples=stories,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def test_everybody_reads_what_the_oracle_allows(small_world: SmallWorld) -> None:
    play(small_world, every_door=False, stories=8, steps=18, derandomize=True, database=None)


@pytest.mark.long
def test_everybody_reads_what_the_oracle_allows_in_long_stories(small_world: SmallWorld) -> None:
    play(small_world, every_door=True, stories=150, steps=40)
