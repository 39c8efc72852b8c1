"""The worklist as a file: what I may see, for me, written down, harmless in a spreadsheet, and no more than that."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Capacity
from parties.models import AuditLine, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.spreadsheet import plain
from tests.cases.test_views_worklist import due, many_cases, queries_of
from tests.conftest import SignedIn, World
from tests.factories.cases import CaseFactory, DetaineeFactory, take_part


def read(browser: Client, query: str = "") -> list[list[str]]:
    answer = browser.get(f"/werkvoorraad.csv?{query}")
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_the_file_has_the_rows_of_the_list_that_is_asked(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    late, _other = many_cases(world, 2)
    due(late, world.pi, timezone.localdate() - timedelta(days=2))
    browser = signed_in(casemanager)

    everything, some = read(browser), read(browser, "stand=te-laat")

    assert len(everything) == 2 + 2 + 1
    assert [line[1] for line in some[2:-1]] == [late.number]
    assert "2 dagen te laat" in some[2]
    assert some[-1] == ["Einde van het bestand: 1 zaak."]


def test_the_head_names_reader_moment_and_number_and_the_ledger_knows_the_number(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    cases = many_cases(world, 2)

    [head, *_rest] = read(signed_in(casemanager))

    assert casemanager.user is not None
    assert casemanager.user.name in head[1]
    assert "Stand per" in head[2]
    line = AuditLine.objects.get(action="werkvoorraad-uitvoeren")
    assert line.object_id in head[3]
    subjects = ProcessingLine.objects.filter(activity="werkvoorraad-uitvoeren", span_id=line.span_id)
    assert set(subjects.values_list("subject_id", flat=True)) == {case.detainee_id for case in cases}


def test_a_name_that_would_be_a_formula_is_text(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    case = CaseFactory(detainee=DetaineeFactory(surname='=HYPERLINK("http://elders")', prefix=""))
    take_part(case, world.pi, Capacity.PRISON)

    assert read(signed_in(casemanager))[2][0].startswith("'=HYPERLINK")


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Berg, Sem van den", "2 dagen te laat", "17-05-1990"])
def test_an_ordinary_cell_stays_as_it_is(cell: str) -> None:
    assert plain(cell) == cell


def test_a_partner_gets_the_name_or_number_and_no_more(
    world: World, partner_contact: Viewer, signed_in: SignedIn
) -> None:
    [case] = many_cases(world, 1)
    take_part(case, world.partner, Capacity.PARTNER)
    browser = signed_in(partner_contact)

    assert read(browser)[1:-1] == [["Betrokkene", "Zaaknummer"], [f"Zaak {case.number}", case.number]]
    assert read(browser, "ontslag=12")[2:] == [["Einde van het bestand: 0 zaken."]]


def test_an_outsider_gets_no_row(world: World, other_casemanager: Viewer, signed_in: SignedIn) -> None:
    many_cases(world, 2)

    assert read(signed_in(other_casemanager))[2:] == [["Einde van het bestand: 0 zaken."]]


def test_batches_follow_each_other_without_gap_and_end_at_the_limit(
    world: World, casemanager: Viewer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.views.worklist_file.BATCH", 2)
    today = timezone.localdate()
    cases = many_cases(world, 7)
    for place, case in enumerate(cases):
        due(case, world.pi, today + timedelta(days=place // 3) if place < 5 else None)
    browser = signed_in(casemanager)

    whole = [line[1] for line in read(browser)[2:-1]]
    monkeypatch.setattr("cases.views.worklist_file.MOST", 5)
    cut = read(browser)

    assert sorted(whole) == sorted(case.number for case in cases)
    assert [line[1] for line in cut[2:-1]] == whole[:5]
    assert "ten hoogste 5 zaken" in cut[-1][0]


def test_the_file_is_kept_nowhere_and_costs_the_same_for_few_and_many(
    world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(casemanager)
    many_cases(world, 2)
    answer = browser.get("/werkvoorraad.csv")
    b"".join(answer)

    few = queries_of(browser, "/werkvoorraad.csv")
    many_cases(world, 8)

    assert answer.headers["Cache-Control"] == "no-store"
    assert len(queries_of(browser, "/werkvoorraad.csv")) == len(few)
