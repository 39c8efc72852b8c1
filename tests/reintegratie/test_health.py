"""Whoever watches over the system asks without logging in, and hears nothing but whether it works."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_a_stranger_hears_that_all_is_well(client):
    answer = client.get("/gezondheid")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "goed",
        "database": "goed",
        "broker": "goed",
        "herinneringenAchter": 0,
        "weekoverzichtenAchter": 0,
        "berichtenAchter": 0,
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_broker_the_website_goes_on(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/gezondheid")

    assert answer.status_code == 200
    assert answer.json()["broker"] == "onbereikbaar"


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_says_so(client):
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = 1
    try:
        answer = Client(raise_request_exception=False).get("/gezondheid")
    finally:
        connection.close()
        connection.settings_dict["PORT"] = port

    assert answer.status_code == 503
    assert answer.json()["database"] == "onbereikbaar"


def test_a_page_that_only_stays_alive_does_not_count_the_work(client):
    """An open page asks with HEAD every few minutes, from every desk."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.head("/gezondheid")

    assert answer.status_code == 200
    assert [query["sql"] for query in asked if "cases_" in query["sql"]] == []


def test_it_only_answers_questions(client):
    assert client.post("/gezondheid").status_code == 405
