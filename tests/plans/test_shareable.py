"""The deelbaar D&R-plan on Pbw 18a, and what a new version changed (C5.4, B4)."""

import io

import pytest
from pypdf import PdfReader

from cases.models import Capacity, Case, LifeDomain
from consent.models import Disclosure, GroundCode, RowKind
from parties.viewer import Viewer
from plans.actions import issue_sheet
from plans.models import DomainRecord, InformationSheet, SheetKind
from plans.questions import AnswerLine
from plans.shareable import Difference, differences
from plans.sheets import draft_sheet
from reintegratie.lib.history import save_as
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, GoalFactory, PlanFactory

HOUSING, DEBTS = LifeDomain.HOUSING, LifeDomain.DEBTS


@pytest.fixture
def records(case: Case, world: World) -> list[DomainRecord]:
    return [
        DomainRecordFactory(
            case=case,
            owner=world.pi,
            domain=domain,
            support_answer="ja",
            support_request=text,
            question_set="2026-1",
        )
        for domain, text in ((HOUSING, "Een kamer zoeken"), (DEBTS, "Schulden op een rij"))
    ]


@pytest.fixture
def planned(case: Case, world: World) -> None:
    plan = PlanFactory(case=case, owner=world.pi)
    for domain, text in ((HOUSING, "Op tijd een dak"), (DEBTS, "Uit de schulden")):
        goal = GoalFactory(case=case, owner=world.pi, plan=plan, domain=domain, text=text)
        ActionFactory(
            case=case, owner=world.pi, assignee=world.pi, goal=goal, domain=domain, text=f"Doen: {text}"
        )


@pytest.fixture
def relied_on(case: Case, world: World) -> None:
    for kind in (RowKind.DOMAIN_RECORD, RowKind.SHEET, RowKind.GOAL, RowKind.ACTION):
        for domain in (HOUSING, DEBTS):
            StatutoryGroundFactory(
                code=GroundCode.PBW18A, capacity=Capacity.ORIGIN, row_kind=kind, domain=domain, per_case=True
            )
    CaseGroundFactory(case=case, recipient=world.zwolle, subject=HOUSING, necessity="Woonruimte regelen")


@pytest.mark.usefixtures("records", "planned", "relied_on")
def test_on_the_law_the_plan_goes_along_for_what_was_relied_on_and_nothing_else(
    case: Case, world: World
) -> None:
    draft = draft_sheet(case, world.zwolle, NOW)

    assert draft.kind == SheetKind.SHAREABLE_PLAN
    told = str(draft.parts)
    assert "Op tijd een dak" in told
    assert "Doen: Op tijd een dak" in told
    assert "schulden" not in told.lower()


@pytest.mark.usefixtures("records", "planned")
def test_on_consent_it_stays_an_informatieblad_without_goals(case: Case, world: World) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)

    draft = draft_sheet(case, world.zwolle, NOW)

    assert draft.kind == SheetKind.SHEET
    assert "Op tijd een dak" not in str(draft.parts)


@pytest.mark.usefixtures("records", "planned", "relied_on")
def test_the_casemanager_sends_it_with_the_necessity_he_wrote_before(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser, url = signed_in(casemanager), f"/zaken/{case.pk}/informatiebladen/voorbeeld/{world.zwolle.pk}/"
    page = browser.get(url)
    assert "Voorbeeld deelbaar D&amp;R-plan" in page.content.decode()
    form = page.context["form"]
    assert form["necessity"].value() == "Woonruimte regelen"

    browser.post(url, {"digest": form["digest"].value(), "necessity": "Woonruimte regelen"})

    sheet = InformationSheet.objects.visible_to(coordinator).get()
    assert Disclosure.objects.get().kind == "deelbaar-plan"
    theirs = signed_in(coordinator)
    page = theirs.get(f"/zaken/{case.pk}/informatiebladen/{sheet.pk}/").content.decode()
    assert "Deelbaar D&amp;R-plan, versie 1" in page
    paper = theirs.get(f"/zaken/{case.pk}/informatiebladen/{sheet.pk}/blad.pdf")
    assert "Op tijd een dak" in "".join(p.extract_text() for p in PdfReader(io.BytesIO(paper.content)).pages)


def test_a_new_version_says_what_it_changed(
    records: list[DomainRecord], case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW)
    records[0].support_request = "Een kamer met begeleiding"
    save_as(records[0], by=TestActor(), at=NOW, why="test")
    ConsentFactory(case=case, recipient=world.zwolle, domain=DEBTS)
    url = f"/zaken/{case.pk}/informatiebladen/voorbeeld/{world.zwolle.pk}/"

    preview = signed_in(casemanager).get(url)

    assert preview.context["changes"] == [
        Difference(
            "Onderdak", "gewijzigd", (("Toelichting", "Een kamer zoeken", "Een kamer met begeleiding"),)
        ),
        Difference("Schulden", "nieuw"),
    ]


def test_of_a_domain_that_was_taken_back_the_recipient_reads_no_difference(
    records: list[DomainRecord],
    case: Case,
    world: World,
    casemanager: Viewer,
    coordinator: Viewer,
    signed_in: SignedIn,
) -> None:
    for domain in (HOUSING, DEBTS):
        ConsentFactory(case=case, recipient=world.zwolle, domain=domain)
    issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW)
    signed_in(casemanager).post(f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/intrekken/")
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    newest = issue_sheet(case=case, recipient=world.zwolle, by=casemanager, at=NOW)

    page = signed_in(coordinator).get(f"/zaken/{case.pk}/informatiebladen/{newest.pk}/").content.decode()

    assert "Schulden" not in page


def test_differences_are_told_by_domain_and_line() -> None:
    before = {"onderdak": [AnswerLine("Doel", "a"), AnswerLine("Doel", "b")], "zorg": [AnswerLine("x", "1")]}
    now = {"onderdak": [AnswerLine("Doel", "a")], "schulden": []}

    assert differences(before, now) == [
        Difference("Onderdak", "gewijzigd", (("Doel", "a; b", "a"),)),
        Difference("Schulden", "nieuw"),
        Difference("Zorg", "vervalt"),
    ]
