"""Error pages: calm, in Dutch, and the same bytes for what is hidden, what is missing and what was mistyped."""

from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from parties.models import AuditLine
from parties.viewer import Viewer
from reintegratie.errors import server_error
from tests.conftest import SignedIn

PAGES = ["400", "403", "403_csrf", "404", "405", "410", "429", "500", "503", "read_only", "account/lockout"]


@pytest.mark.parametrize("page", PAGES)
def test_an_error_page_needs_nothing_from_the_request(page: str):
    html = render_to_string(f"{page}.html")

    assert '<html lang="nl"' in html
    assert "</main>" in html


@pytest.mark.parametrize("page", PAGES)
def test_an_error_page_echoes_nothing(page: str):
    context = {"request_path": "/zaken/geheim/", "exception": "geheim", "reason": "geheim", "user": "geheim"}

    assert render_to_string(f"{page}.html", context) == render_to_string(f"{page}.html")


def test_every_address_that_is_not_there_gets_the_same_bytes(
    casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)

    pages = [browser.get(path) for path in (f"/zaken/{uuid4()}/", "/overleggen/x/", "/bestaat-niet/")]

    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({page.content for page in pages}) == 1


@pytest.mark.django_db
def test_an_address_that_nobody_knows_asked_by_a_stranger_fills_no_ledger():
    Client().get("/wp-login.php")

    assert not AuditLine.objects.exists()


def test_the_page_of_a_fault_needs_no_database(rf: RequestFactory, casemanager: Viewer) -> None:
    request = rf.get("/")
    request.user = casemanager.user

    with connection.execute_wrapper(no_statement):
        page = server_error(request)

    assert page.status_code == 500
    assert "Er ging iets mis bij ons" in page.content.decode()


def no_statement(*_: object) -> None:
    raise OperationalError("the database is gone")


@pytest.mark.django_db
def test_a_form_from_an_expired_page_is_refused_in_dutch():
    browser = Client(enforce_csrf_checks=True)

    page = browser.post("/inloggen/", {"login": "m@voorbeeld.test", "password": "x"})

    assert page.status_code == 403
    assert "Uw pagina was verlopen" in page.content.decode()
