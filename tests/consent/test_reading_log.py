"""Who saw what, and what was given to whom: each organisation its own lines, on the page and on paper."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from cases.models import Capacity, Case, LifeDomain
from consent import actions
from consent.models import Disclosure
from consent.reading_log import Period, folded, log_lines
from consent.sight import Ground
from parties import ledger
from parties.models import AuditLine, Organisation, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import queries_of
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part

HOUSING = LifeDomain.HOUSING


def see(viewer: Viewer, case: Case, action: str = "plan-inzien") -> None:
    subject = ledger.Subject(case.detainee_id, case.pk, ground="eigen taak", domains=(HOUSING,))
    ledger.record(viewer, action, subjects=[subject], object_kind="zaak", object_id=case.pk)


def give(by: Viewer, case: Case, recipient: Organisation, *, days: int = 0) -> Disclosure:
    return actions.record_disclosure(
        case=case,
        sender=by.organisation,
        recipient=recipient,
        kind="informatieblad",
        document_id=uuid4(),
        version=3,
        grounds={HOUSING: Ground("TOESTEMMING", "TV-9")},
        by=by,
        at=NOW + timedelta(days=days),
    )


def page(browser: Client, case: Case, query: str = "") -> str:
    response = browser.get(f"/zaken/{case.pk}/inzage/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["?tot=9999-12-31", "?van=0001-01-01", "?tot=gisteren"])
def test_a_day_that_cannot_be_meant_is_told_at_the_field(
    case: Case, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    shown = page(signed_in(casemanager), case, query)

    assert "Vul een datum in tussen" in shown or "geldige datum" in shown


def test_the_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(other_coordinator)

    for path in ("inzage/", "inzage/overzicht.pdf"):
        hidden, random = browser.get(f"/zaken/{case.pk}/{path}"), browser.get(f"/zaken/{uuid4()}/{path}")
        assert hidden.status_code == random.status_code == 404
        assert hidden.content == random.content


def test_a_partner_has_no_such_page(
    case: Case, world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)

    assert signed_in(partner_contact).get(f"/zaken/{case.pk}/inzage/").status_code == 403


def test_the_pi_reads_its_own_lines_with_who_role_domain_and_ground(
    case: Case, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    see(casemanager, case)
    see(coordinator, case, "geheime-handeling")

    text = page(signed_in(casemanager), case)

    for said in ("Plan inzien", casemanager.name, "casemanager", "Onderdak", "eigen taak", "· pagina"):
        assert said in text
    assert "Geheime handeling" not in text
    assert "Inzage inzien" in text  # reading the log is reading too


def test_a_gemeente_reads_its_own_lines_and_receipts(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    see(casemanager, case, "geheime-handeling")
    give(casemanager, case, world.zwolle)
    give(casemanager, case, world.probation)

    text = page(signed_in(coordinator), case)

    assert "Geheime handeling" not in text
    assert text.count("Informatieblad<br>") == 1
    assert "TV-9" in text
    assert "Reclassering Nederland" not in text


def test_the_privacy_officer_reads_the_log_and_not_whom_it_is_about(
    case: Case, casemanager: Viewer, privacy_officer: Viewer, world: World, signed_in: SignedIn
) -> None:
    """C3, column AD: metadata, not content."""
    see(casemanager, case)
    give(casemanager, case, world.zwolle)
    browser = signed_in(privacy_officer)

    text = page(browser, case)
    sheet = PdfReader(io.BytesIO(browser.get(f"/zaken/{case.pk}/inzage/overzicht.pdf").content))

    assert case.number in text
    assert "Plan inzien" in text
    for printed in (text, "\n".join(leaf.extract_text() for leaf in sheet.pages)):
        assert case.detainee.surname not in printed
        assert case.number in printed
    assert browser.get(f"/zaken/{case.pk}/").status_code == 403


def test_disclosures_of_an_earlier_detention_belong_to_the_same_person(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """C5.19: all disclosures of one detainee."""
    case.released_at = NOW
    save_as(case, by=TestActor(), at=NOW, why="test")
    give(casemanager, case, world.zwolle)
    again = CaseFactory(detainee=case.detainee, previous=case)
    take_part(again, world.pi, Capacity.PRISON)

    assert f"versie 3 · {case.number}" in page(signed_in(casemanager), again)


def test_the_filters_choose_days_and_party(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    see(casemanager, case)
    give(casemanager, case, world.zwolle)
    give(casemanager, case, world.probation, days=2)
    browser = signed_in(casemanager)

    by_party = given_part(page(browser, case, f"?partij={world.probation.pk}"))
    by_day = page(browser, case, "?van=2026-04-22&tot=2026-04-22")

    assert "24 april 2026" in by_party
    assert "22 april 2026" not in by_party
    assert "24 april 2026" not in by_day
    assert "Plan inzien" in by_day
    assert "Inzage inzien" not in by_day


def test_what_the_same_person_did_again_on_a_day_is_one_line_with_how_often(
    case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    for hours in (0, 1, 2, 30):
        see(replace(casemanager, at=NOW + timedelta(hours=hours)), case, "overleg-voorstellen")
    see(unit_head, case, "overleg-voorstellen")

    lines = folded(log_lines(case, casemanager.organisation, Period(), hidden=(), size=50))

    assert [(line.who, line.times) for line in lines] == [
        (casemanager.name, 1),
        (casemanager.name, 3),
        (unit_head.name, 1),
    ]
    assert {line.what for line in lines} == {"Zaak getoond bij 'Aan de beurt'"}
    assert lines[1].when == "22 april 2026, 13.00 uur"


def test_a_ground_is_told_by_its_name_and_not_by_its_code(case: Case, casemanager: Viewer) -> None:
    subject = ledger.Subject(case.detainee_id, case.pk, ground="EIGEN-TAAK Pbw art. 18a", domains=(HOUSING,))
    ledger.record(casemanager, "plan-inzien", subjects=[subject], object_kind="zaak", object_id=case.pk)

    [line] = log_lines(case, casemanager.organisation, Period(), hidden=(), size=50)

    assert line.ground == "eigen taak (Pbw 18a)"


def given_part(text: str) -> str:
    """The register of disclosures, without the log under it."""
    return text.split("Verstrekt en ontvangen</h2>")[1].split("Ingezien en vastgelegd", maxsplit=1)[0]


@pytest.mark.parametrize(
    "query",
    ["?van=gisteren", "?van=2026-04-02&tot=2026-04-01", "?partij=xyz", "?na=kapot", "?na=2026-01-01_5"],
)
def test_a_filter_that_cannot_be_right_is_said_and_counts_as_not_filled_in(
    case: Case, casemanager: Viewer, signed_in: SignedIn, query: str
) -> None:
    see(casemanager, case)

    text = page(signed_in(casemanager), case, query)

    assert "field--invalid" in text or "bestaat niet (meer)" in text
    assert "Plan inzien" in text


def test_the_log_turns_by_key_and_shows_every_line_once(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for number in range(120):
        see(casemanager, case, f"handeling-{number:03d}-einde")
    browser, seen, url = signed_in(casemanager), [], f"/zaken/{case.pk}/inzage/"

    while url:
        response = browser.get(url)
        seen += [line.what for line in response.context["lines"] if line.what.startswith("Handeling")]
        url = (
            f"/zaken/{case.pk}/inzage/{response.context['next_url']}" if response.context["next_url"] else ""
        )

    assert seen == [f"Handeling {number:03d} einde" for number in reversed(range(120))]


def test_the_page_costs_the_same_for_two_and_for_forty_lines(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    see(casemanager, case)
    give(casemanager, case, world.zwolle)
    browser, address = signed_in(casemanager), f"/zaken/{case.pk}/inzage/"
    browser.get(address)
    few = queries_of(browser, address)
    for _ in range(40):
        see(casemanager, case)
        give(casemanager, case, world.zwolle)

    assert len(queries_of(browser, address)) == len(few)


def test_the_printed_overview_names_parties_and_roles_and_nobody_who_worked_on_it(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    see(casemanager, case)
    give(casemanager, case, world.zwolle)

    response = signed_in(casemanager).get(f"/zaken/{case.pk}/inzage/overzicht.pdf?van=2026-04-01")

    text = "\n".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(response.content)).pages)
    body = text.split("Verstrekt en ontvangen")[1]
    for said in (
        "PI Zwolle aan gemeente Zwolle",
        "Informatieblad, versie 3",
        "TV-9",
        "Plan inzien",
        "casemanager",
    ):
        assert said in " ".join(body.split())
    assert casemanager.name not in body.split("pagina")[0].split("Gemaakt door")[0]
    assert "vanaf 1 april 2026" in text
    assert response.headers["Content-Type"] == "application/pdf"
    printed = AuditLine.objects.get(action="verstrekkingenoverzicht-afdrukken")
    assert printed.object_id.startswith(f"VO-{case.number}-")
    assert ProcessingLine.objects.filter(activity="verstrekkingenoverzicht-afdrukken").count() == 1
