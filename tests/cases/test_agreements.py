"""What a region agreed on runs there and nowhere else, from its day until its day (R189, R195, D10)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases import tasks
from cases.actions import advance_phase, apply_agreements, run_clocks, set_origin
from cases.models import (
    CaseParty,
    Deadline,
    DeadlineStatus,
    Phase,
    RegionalAgreement,
    RegionalStep,
)
from parties.viewer import Viewer
from tests.cases.test_messages import AT, take_in, the_case
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import RegionalAgreementFactory
from tests.factories.messages import correction, message, release
from tests.machinery import held

BY = TestActor()
MET, LAPSED, OPEN = DeadlineStatus.MET, DeadlineStatus.LAPSED, DeadlineStatus.OPEN
END = "2026-05-31T09:00:00+02:00"


def state(step: str) -> tuple[str, date] | None:
    row = Deadline.objects.filter(step=step).first()
    return (row.status, row.due_on) if row else None


@pytest.fixture
def two_weeks(world: World) -> RegionalAgreement:
    """Zwolle wants a plan within two weeks."""
    return RegionalAgreementFactory(municipality=world.zwolle, step=RegionalStep.TWO_WEEK_PLAN)


@pytest.fixture
def dtb(world: World) -> RegionalAgreement:
    """In Zwolle the DTB goes on until a month after the end date."""
    return RegionalAgreementFactory(municipality=world.zwolle, step=RegionalStep.DTB_END)


def test_where_no_region_agreed_there_is_no_such_term(world: World) -> None:
    RegionalAgreementFactory(municipality=world.deventer, step=RegionalStep.TWO_WEEK_PLAN)
    RegionalAgreementFactory(municipality=world.deventer, step=RegionalStep.DTB_END)

    take_in(message(), release(END))

    assert (state("two_week_plan"), state("dtb_end")) == (None, None)


def test_a_plan_is_due_in_fourteen_days_where_the_region_agreed(
    world: World, two_weeks: RegionalAgreement
) -> None:
    take_in(message())

    assert state("two_week_plan") == (OPEN, date(2026, 5, 4))
    assert Deadline.objects.get(step="two_week_plan").explanation == "14 dagen na 20 april 2026"


@pytest.mark.parametrize(
    ("since", "until", "runs"),
    [
        (date(2026, 4, 20), None, True),
        (date(2026, 4, 21), None, False),
        (date(2020, 1, 1), date(2026, 4, 21), True),
        (date(2020, 1, 1), date(2026, 4, 20), False),
    ],
)
def test_the_day_of_entry_decides_whether_the_agreement_holds(
    world: World, since: date, until: date | None, runs: bool
) -> None:
    RegionalAgreementFactory(municipality=world.zwolle, valid_from=since, valid_until=until)

    take_in(message())

    assert (state("two_week_plan") is not None) == runs


def test_another_gemeente_of_origin_brings_another_region(
    world: World, two_weeks: RegionalAgreement, casemanager: Viewer
) -> None:
    take_in(message(), at=NOW)

    set_origin(case=the_case(), municipality=world.deventer, by=casemanager, at=NOW)
    assert state("two_week_plan") == (LAPSED, date(2026, 5, 4))

    set_origin(case=the_case(), municipality=world.zwolle, by=casemanager, at=NOW)
    assert state("two_week_plan") == (OPEN, date(2026, 5, 4))


def test_the_dtb_begins_with_the_release_and_is_open_when_all_else_lapsed(
    world: World, dtb: RegionalAgreement
) -> None:
    take_in(message())
    assert state("dtb_end") is None

    take_in(release(END))

    assert [row.step for row in Deadline.objects.open()] == ["dtb_end"]
    row = Deadline.objects.get(step="dtb_end")
    assert (row.due_on, row.explanation) == (date(2026, 6, 30), "1 maand na de einddatum op 31 mei 2026")
    assert CaseParty.objects.get(party=world.zwolle).next_deadline == date(2026, 6, 30)


def test_the_term_of_the_dtb_goes_on_in_the_aftercare_and_is_met_when_that_is_closed(
    world: World, dtb: RegionalAgreement
) -> None:
    take_in(message(), release(END))

    advance_phase(case=the_case(), to=Phase.AFTERCARE, by=BY, at=AT, why="nazorg begonnen")
    assert state("dtb_end") == (OPEN, date(2026, 6, 30))

    later = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
    advance_phase(case=the_case(), to=Phase.CLOSED, by=BY, at=later, why="nazorg afgesloten")
    row = Deadline.objects.get(step="dtb_end")
    assert (row.status, row.closed_on) == (MET, date(2026, 6, 20))


def test_death_ends_the_term_of_the_dtb_without_judging_it(world: World, dtb: RegionalAgreement) -> None:
    take_in(message(), release(END))

    advance_phase(case=the_case(), to=Phase.DECEASED, by=BY, at=AT, why="overleden")

    assert state("dtb_end") == (LAPSED, date(2026, 6, 30))


def test_a_message_about_a_closed_case_starts_nothing(world: World, dtb: RegionalAgreement) -> None:
    take_in(message(gemeenteHerkomst=None), release(END, gemeenteHerkomst=None))
    for phase in (Phase.AFTERCARE, Phase.CLOSED):
        advance_phase(case=the_case(), to=phase, by=BY, at=AT, why="de nazorg is voorbij")

    take_in(correction("2026-04-20T11:00:00+02:00", sent="2026-06-01T08:00:00Z"))

    assert not Deadline.objects.open().exists()


def test_the_end_of_january_is_the_end_of_february(world: World, dtb: RegionalAgreement) -> None:
    take_in(message(), release("2027-01-31T09:00:00+01:00"), at=datetime(2027, 2, 1, tzinfo=UTC))

    assert state("dtb_end") == (OPEN, date(2027, 2, 28))


def test_an_agreement_from_beheer_reaches_the_running_cases_and_its_end_leaves_them(
    world: World, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    take_in(message())
    browser = signed_in(functional_admin)
    fields = {
        "step": "two_week_plan",
        "municipality": str(world.zwolle.pk),
        "valid_from": "2026-01-01",
        "source": "Afspraak met de gemeente",
        "verified": "on",
    }

    browser.post("/beheer/cases/regionalagreement/add/", fields)
    assert state("two_week_plan") is None  # no request waits for every case of a gemeente
    tasks.apply_agreements()
    assert state("two_week_plan") == (OPEN, date(2026, 5, 4))

    agreement = RegionalAgreement.objects.get()
    assert agreement.applied_at is not None
    browser.post(
        f"/beheer/cases/regionalagreement/{agreement.pk}/change/", {**fields, "valid_until": "2026-04-01"}
    )
    tasks.apply_agreements()
    assert state("two_week_plan") == (LAPSED, date(2026, 5, 4))


def test_beheer_refuses_an_end_before_the_beginning(
    world: World, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(functional_admin).post(
        "/beheer/cases/regionalagreement/add/",
        {
            "step": "dtb_end",
            "municipality": str(world.zwolle.pk),
            "valid_from": "2026-02-01",
            "valid_until": "2026-01-01",
            "source": "x",
        },
    )

    assert "Een afspraak eindigt niet voordat zij begint." in page.content.decode()
    assert not RegionalAgreement.objects.exists()


def test_a_case_that_is_held_by_somebody_follows_the_next_time(
    impatient: None, world: World, two_weeks: RegionalAgreement
) -> None:
    RegionalAgreement.objects.update(valid_from=date(2026, 6, 1))
    take_in(message())
    RegionalAgreement.objects.update(valid_from=date(2019, 7, 1))

    with held(the_case()):
        apply_agreements(by=BY, at=AT)
    assert (state("two_week_plan"), RegionalAgreement.objects.get().applied_at) == (None, None)

    apply_agreements(by=BY, at=AT)
    assert state("two_week_plan") == (OPEN, date(2026, 5, 4))


def write(folder: Path, *rows: str) -> None:
    head = "stap,gemeentecode,geldig_vanaf,geldig_tot,bron,geverifieerd"
    (folder / "regionale-afspraken.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def test_the_shipped_agreements_are_those_that_the_sources_name(db: None) -> None:
    call_command("load_reference", "data", verbosity=0)

    rows = RegionalAgreement.objects.order_by("step").values_list("step", "municipality__name", "verified")
    assert list(rows) == [("dtb_end", "Amsterdam", False), ("two_week_plan", "Groningen", False)]


def test_loading_again_changes_nothing_and_a_row_that_vanished_ends(world: World, tmp_path: Path) -> None:
    by_hand = RegionalAgreementFactory(municipality=world.kampen)
    write(tmp_path, "two_week_plan,0193,2026-01-01,,een bron,ja")
    call_command("load_reference", str(tmp_path), verbosity=0)
    lines = RegionalAgreement.history.count()

    call_command("load_reference", str(tmp_path), verbosity=0)
    assert RegionalAgreement.history.count() == lines

    write(tmp_path)
    call_command("load_reference", str(tmp_path), verbosity=0)
    assert RegionalAgreement.objects.get(municipality=world.zwolle).valid_until is not None
    by_hand.refresh_from_db()
    assert by_hand.valid_until is None


def test_what_beheer_ended_is_not_opened_again_by_the_file(world: World, tmp_path: Path) -> None:
    write(tmp_path, "two_week_plan,0193,2026-01-01,,een bron,ja")
    call_command("load_reference", str(tmp_path), verbosity=0)
    RegionalAgreement.objects.update(valid_until=date(2026, 3, 1))

    call_command("load_reference", str(tmp_path), verbosity=0)

    assert RegionalAgreement.objects.get().valid_until == date(2026, 3, 1)


@pytest.mark.parametrize(
    "row", ["screening,0193,2026-01-01,,x,ja", "dtb_end,9999,2026-01-01,,x,ja", "dtb_end,0193,,,x,ja"]
)
def test_a_faulty_row_is_refused_in_words(world: World, tmp_path: Path, row: str) -> None:
    write(tmp_path, row)

    with pytest.raises(CommandError, match=r"regionale-afspraken.csv"):
        call_command("load_reference", str(tmp_path), verbosity=0)

    assert not RegionalAgreement.objects.exists()


def test_running_the_clocks_twice_writes_nothing(
    world: World, two_weeks: RegionalAgreement, dtb: RegionalAgreement
) -> None:
    take_in(message(), release(END))
    lines = Deadline.history.count()

    run_clocks(case=the_case(), by=BY, at=AT)

    assert Deadline.history.count() == lines
