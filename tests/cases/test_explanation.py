"""Why a day is what it is stands in words wherever the day stands: on the pages and on paper (C4)."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from cases.models import Case
from meetings.actions import print_agenda
from meetings.printing import render_agenda
from parties.viewer import Viewer
from tests.conftest import SignedIn
from tests.factories.cases import DeadlineFactory
from tests.factories.meetings import MeetingFactory, on_agenda

WHY = "10 werkdagen na 20 april 2026; Koningsdag (27 april) en Bevrijdingsdag (5 mei) niet geteld"


@pytest.fixture
def screening(case: Case) -> None:
    DeadlineFactory(case=case, explanation=WHY)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("page", ["", "termijnen/"])
def test_the_pages_of_the_case_say_why(
    screening: None, case: Case, casemanager: Viewer, signed_in: SignedIn, page: str
) -> None:
    browser: Client = signed_in(casemanager)

    assert WHY in browser.get(f"/zaken/{case.pk}/{page}").content.decode()


def test_the_printed_agenda_and_its_page_say_why(
    screening: None, case: Case, casemanager: Viewer, unit_head: Viewer, signed_in: SignedIn
) -> None:
    mdo = MeetingFactory(organisation=casemanager.organisation, chair=unit_head.user)
    on_agenda(mdo, case, casemanager)

    copy, sheet = print_agenda(
        meeting=mdo, reader=unit_head.organisation, with_notes=False, by=unit_head, at=unit_head.at
    )
    pages = PdfReader(io.BytesIO(render_agenda(copy, sheet, mdo, unit_head))).pages

    assert WHY in words(" ".join(page.extract_text() for page in pages))
    assert WHY in signed_in(casemanager).get(f"/overleggen/{mdo.pk}/").content.decode()
