"""Which work is asked for, and what becomes of it while nobody works."""

import time
import uuid

import pytest
from celery.schedules import crontab

from reintegratie.celery import app


@pytest.mark.parametrize("name", app.conf.beat_schedule)
def test_every_beat_names_a_task_and_is_void_when_the_next_one_comes(name: str) -> None:
    app.loader.import_default_modules()
    entry = app.conf.beat_schedule[name]

    assert entry["task"] in app.tasks
    assert isinstance(entry["schedule"], crontab)
    times = len(entry["schedule"].minute) * len(entry["schedule"].hour)
    assert entry["options"]["expires"] == 24 * 60 * 60 / times


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_beat_that_nobody_took_in_time_is_thrown_away(celery_worker_process) -> None:
    celery_worker_process.kill()
    beats = [str(uuid.uuid4()) for _ in range(3)]
    for beat in beats:
        app.send_task("parties.tasks.seal_ledgers", task_id=beat, expires=0.5)
    time.sleep(1)

    celery_worker_process.begin()

    celery_worker_process.wait_for(
        lambda: celery_worker_process.said("Discarding revoked task") >= len(beats)
    )
    assert not any(celery_worker_process.said(f"[{beat}] succeeded") for beat in beats)
