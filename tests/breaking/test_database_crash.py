"""A database that crashes under people who save keeps every write that it acknowledged (quality 3.1)."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.breaking.aftermath import deliver_the_rest, save_all
from tests.breaking.conftest import Tell
from tests.breaking.cutting import Cluster, living_in
from tests.breaking.ground import Ground
from tests.breaking.saving import Savers, account, events
from tests.conftest import World

pytestmark = [pytest.mark.xdist_group("breaking"), pytest.mark.long]

SAVES = 300


@pytest.fixture
def own_cluster(transactional_db: None, tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "own"
    folder.mkdir()
    cluster = Cluster(folder)
    with living_in(cluster):
        yield cluster
    cluster.stop()


def test_a_database_that_crashes_keeps_what_was_acknowledged(
    own_cluster: Cluster,
    ground: Ground,
    request: pytest.FixtureRequest,
    tell: Tell,
) -> None:
    world: World = request.getfixturevalue("world")
    todo = events(world, SAVES)
    people: Savers = request.getfixturevalue("savers")(pause=0.2)
    ground.worker()
    ground.beat()
    saving = threading.Thread(target=save_all, args=(people, todo))
    saving.start()
    for _ in range(3):
        time.sleep(6)
        own_cluster.crash()
        time.sleep(2)
        own_cluster.begin()
    saving.join()
    connection.close()  # ours broke too
    deliver_the_rest(ground)

    outcome = account(people.acknowledged, ground.office)
    tell(f"database crashed 3x during {len(people.acknowledged)} acknowledged saves: {outcome}")
    assert outcome.is_clean, outcome
    assert len(people.acknowledged) > SAVES // 3  # whoever saves while it is away gets an error at once
