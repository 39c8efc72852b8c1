"""Reference data: safe to repeat, ended instead of deleted, and a changed calendar moves open terms only."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cases.actions import meet_deadline, start_deadline
from cases.actions.calendar import apply_calendar, sync_equated_days
from cases.models import Case, Deadline, EquatedDay
from cases.steps import Step
from consent.models import StatutoryGround
from parties.models import Organisation, PartyKind
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW
from tests.factories.base import TestActor
from tests.factories.parties import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small copy of the reference files that a test may change."""
    for name in ("gelijkgestelde-dagen", "inrichtingen", "reclasseringsorganisaties", "grondslagen"):
        shutil.copy(settings.BASE_DIR / "data" / f"{name}.csv", tmp_path)
    (tmp_path / "gemeenten.csv").write_text(
        "code,naam,veiligheidsregio\n0193,Zwolle,04\n0150,Deventer,04\n", encoding="utf-8"
    )
    return tmp_path


def load(folder: Path) -> None:
    call_command("load_reference", str(folder), verbosity=0)


def test_the_files_of_the_project_load_and_a_second_time_changes_nothing(folder: Path) -> None:
    load(folder)
    lines = Organisation.history.count() + StatutoryGround.history.count() + EquatedDay.history.count()

    load(folder)

    assert Organisation.objects.filter(kind=PartyKind.PRISON).count() == 23
    assert (
        Organisation.history.count() + StatutoryGround.history.count() + EquatedDay.history.count() == lines
    )


def test_every_organisation_has_a_group_and_a_new_gemeente_is_connected(folder: Path) -> None:
    load(folder)

    zwolle = Organisation.objects.get(kind=PartyKind.MUNICIPALITY, code="0193")
    pi = Organisation.objects.get(kind=PartyKind.PRISON, code="ZWO")
    assert zwolle.is_connected(date(2020, 3, 31))
    assert not zwolle.is_connected(date(2020, 3, 30))
    assert pi.municipality == zwolle
    assert not Organisation.objects.filter(group=None).exists()


def test_what_nobody_verified_says_so(folder: Path) -> None:
    load(folder)

    assert not Organisation.objects.get(kind=PartyKind.PRISON, code="ALM").verified
    assert Organisation.objects.get(kind=PartyKind.PRISON, code="ZWO").verified


def test_a_row_that_vanishes_is_ended_and_what_beheer_added_stays(folder: Path) -> None:
    by_hand = OrganisationFactory(kind=PartyKind.MUNICIPALITY, code="9999", name="Met de hand")
    load(folder)
    (folder / "gemeenten.csv").write_text("code,naam,veiligheidsregio\n0193,Zwolle,04\n", encoding="utf-8")

    load(folder)

    assert Organisation.objects.get(code="0150").valid_until is not None
    by_hand.refresh_from_db()
    assert by_hand.valid_until is None


def test_a_merged_gemeente_points_to_its_successor(folder: Path) -> None:
    (folder / "gemeenten.csv").write_text(
        "code,naam,veiligheidsregio,geldig_tot,opvolger\n0363,Amsterdam,13,,\n0457,Weesp,13,2022-03-24,0363\n",
        encoding="utf-8",
    )

    load(folder)

    weesp = Organisation.objects.get(code="0457")
    assert (weesp.valid_until, weesp.successor.code) == (date(2022, 3, 24), "0363")


@pytest.mark.parametrize("text", ["code,naam\n0193,\n", "code,naam\n0193,Zwolle,te,veel\n"])
def test_a_faulty_file_is_refused_as_a_whole_and_names_the_line(folder: Path, text: str) -> None:
    (folder / "gemeenten.csv").write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"gemeenten.csv, regel 2"):
        load(folder)

    assert not EquatedDay.objects.exists()


def test_a_folder_without_reference_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bevat geen"):
        load(tmp_path)


def test_the_statutory_regime_ships_switched_off(folder: Path) -> None:
    load(folder)

    codes = set(StatutoryGround.objects.values_list("code", flat=True))
    assert codes == {"EIGEN-TAAK", "WJSG51C", "KINDCHECK", "WGS", "BIJ11A", "PBW18B"}
    assert set(StatutoryGround.objects.filter(per_case=True).values_list("code", flat=True)) == {"WGS"}


def test_a_regulation_in_the_file_is_for_the_gemeente_it_names(folder: Path) -> None:
    file = folder / "grondslagen.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    off = next(row for row in rows if row.startswith("REGELING"))
    file.write_text(
        "\n".join([rows[0], off.replace(",ja,ja,,,", ",ja,ja,2026-01-01,,").replace("0363", "0193")]),
        encoding="utf-8",
    )

    load(folder)

    [row] = StatutoryGround.objects.filter(code="REGELING")
    assert row.organisation is not None
    assert (row.organisation.name, row.per_case) == ("Zwolle", True)


def test_a_regulation_of_an_unknown_gemeente_is_refused_with_its_name(folder: Path) -> None:
    file = folder / "grondslagen.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    off = next(row for row in rows if row.startswith("REGELING"))
    file.write_text("\n".join([rows[0], off.replace(",ja,ja,,,", ",ja,ja,2026-01-01,,")]), encoding="utf-8")

    with pytest.raises(CommandError, match="gemeente:0363"):
        load(folder)


def test_a_new_equalised_day_moves_open_terms_only(case: Case, casemanager: Viewer) -> None:
    for step in (Step.SCREENING, Step.REFLECTOR_LANGUAGE):
        start_deadline(case=case, step=step, since=date(2026, 4, 20), by=TestActor(), at=NOW)
    meet_deadline(
        case=case, step=Step.SCREENING, on=date(2026, 4, 22), by=casemanager, at=NOW, why="screening klaar"
    )

    sync_equated_days(days={date(2026, 4, 30): "besluit"}, by=TestActor(), at=NOW)
    apply_calendar(by=TestActor(), at=NOW)

    assert {row.step: row.due_on for row in Deadline.objects.all()} == {
        "screening": date(2026, 5, 6),
        "reflector_language": date(2026, 5, 7),
    }
    moved = Deadline.objects.get(step=Step.REFLECTOR_LANGUAGE)
    assert moved.explanation == (
        "10 werkdagen na 20 april 2026; Koningsdag (27 april), gelijkgestelde dag (30 april) en"
        " Bevrijdingsdag (5 mei) niet geteld"
    )


def test_an_equalised_day_that_vanishes_no_longer_counts(case: Case) -> None:
    sync_equated_days(days={date(2026, 4, 30): "besluit"}, by=TestActor(), at=NOW)
    start_deadline(case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=TestActor(), at=NOW)

    sync_equated_days(days={}, by=TestActor(), at=NOW)
    apply_calendar(by=TestActor(), at=NOW)

    assert Deadline.objects.get().due_on == date(2026, 5, 6)


def test_a_regime_that_beheer_ended_is_not_opened_again_by_the_file(folder: Path) -> None:
    load(folder)
    ground = StatutoryGround.objects.filter(code="WGS").first()
    assert ground is not None
    ground.valid_until = NOW
    save_as(ground, by=TestActor(), at=NOW, why="beëindigd in beheer")

    load(folder)

    ground.refresh_from_db()
    assert ground.valid_until == NOW
