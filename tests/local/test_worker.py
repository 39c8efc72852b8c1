"""The worker of the tests is a real process: it takes what waits on the queue, also after kill -9."""

import uuid

import pytest

from reintegratie.celery import app

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_the_worker_takes_what_waited_while_it_was_killed(celery_worker_process):
    celery_worker_process.kill()
    message = f"unknown.{uuid.uuid4()}"
    app.send_task(message)

    celery_worker_process.begin()

    celery_worker_process.wait_for(lambda: celery_worker_process.said(message) > 0)
