"""Every row of the catalogue that is kept with the case, with an example that somebody counted in a diary (domain C4)."""

from datetime import date

import pytest
from django.conf import settings

from cases import process
from cases.catalogue import catalogue
from cases.models import Capacity, RegionalStep
from cases.process import AFTER_RELEASE, STEP_RULES, step_of
from cases.steps import Room, Step, StepRule, Unit
from cases.terms import term_of
from reintegratie.lib.dutch import day_text
from tests.lib.test_calendar_table import EQUATED

ROLLED = "(Algemene termijnenwet art. 1)"
EXAMPLES = (
    (
        "begin_message",
        "2019-07-01",
        1,
        "2026-04-30",
        "2026-05-01",
        "1 werkdag na 30 april 2026",
    ),
    (
        "info_request",
        "2019-07-01",
        1,
        "2026-04-20",
        "2026-05-06",
        "10 werkdagen na 20 april 2026; Koningsdag (27 april) en Bevrijdingsdag (5 mei) niet geteld",
    ),
    (
        "screening",
        "2019-07-01",
        1,
        "2025-12-30",
        "2026-01-15",
        "10 werkdagen na 30 december 2025; Nieuwjaarsdag (1 januari) en gelijkgestelde dag (2 januari) niet geteld",
    ),
    (
        "share_requests",
        "2019-07-01",
        1,
        "2027-03-25",
        "2027-04-12",
        "10 werkdagen na 25 maart 2027; Goede Vrijdag (26 maart) en tweede Paasdag (29 maart) niet geteld",
    ),
    (
        "reflector_language",
        "2019-07-01",
        1,
        "2027-04-23",
        "2027-05-13",
        (
            "10 werkdagen na 23 april 2027; Koningsdag (27 april), Bevrijdingsdag (5 mei), Hemelvaartsdag (6 mei) en"
            " gelijkgestelde dag (7 mei) niet geteld"
        ),
    ),
    ("two_week_plan", "2019-07-01", 1, "2026-12-11", "2026-12-25", "14 dagen na 11 december 2026"),
    ("plan_adoption", "2019-07-01", 1, "2020-11-27", "2020-12-25", "4 weken na 27 november 2020"),
    (
        "plan_adoption",
        "2021-07-01",
        1,
        "2026-11-27",
        "2026-12-28",
        (
            "4 weken na 27 november 2026; verlengd tot maandag 28 december 2026, omdat vrijdag 25 december 2026"
            f" (eerste Kerstdag) geen werkdag is {ROLLED}"
        ),
    ),
    (
        "stay_plan",
        "2004-10-01",
        1,
        "2027-01-29",
        "2027-03-01",
        (
            "1 maand na 29 januari 2027; verlengd tot maandag 1 maart 2027, omdat zondag 28 februari 2027 geen werkdag is"
            f" {ROLLED}"
        ),
    ),
    (
        "isd_evaluation",
        "2004-10-01",
        1,
        "2026-08-31",
        "2027-02-26",
        (
            "6 maanden na de vaststelling van het verblijfsplan op 31 augustus 2026; vervroegd tot vrijdag 26 februari 2027,"
            " omdat zondag 28 februari 2027 geen werkdag is"
        ),
    ),
    (
        "isd_evaluation",
        "2004-10-01",
        2,
        "2027-02-24",
        "2027-08-24",
        "6 maanden na de vorige evaluatie op 24 februari 2027",
    ),
    (
        "mdo_cycle",
        "2019-07-01",
        1,
        "2026-11-14",
        "2026-12-24",
        (
            "6 weken na het laatste gehouden MDO op 14 november 2026; vervroegd tot donderdag 24 december 2026, omdat"
            " zaterdag 26 december 2026 (tweede Kerstdag) geen werkdag is"
        ),
    ),
    (
        "arrestee_stay",
        "2019-07-01",
        1,
        "2026-03-10",
        "2026-05-05",
        "8 weken na binnenkomst op de arrestantenlocatie op 10 maart 2026",
    ),
    (
        "promotion_earliest",
        "2019-07-01",
        1,
        "2026-04-20",
        "2026-06-01",
        "42 dagen na het begin van de detentie op 20 april 2026; vanaf die dag mogelijk",
    ),
    (
        "pre_release_check",
        "2019-07-01",
        1,
        "2026-06-30",
        "2026-05-05",
        "8 weken voor de verwachte einddatum op 30 juni 2026; een termijn die terugtelt schuift niet op",
    ),
    (
        "pre_release_check",
        "2019-07-01",
        2,
        "2027-01-29",
        "2027-01-01",
        "4 weken voor de verwachte einddatum op 29 januari 2027; een termijn die terugtelt schuift niet op",
    ),
    (
        "pre_release_check",
        "2019-07-01",
        3,
        "2027-01-03",
        "2026-12-27",
        "1 week voor de verwachte einddatum op 3 januari 2027; een termijn die terugtelt schuift niet op",
    ),
    ("dtb_end", "2019-07-01", 1, "2027-01-31", "2027-02-28", "1 maand na de einddatum op 31 januari 2027"),
)
FRAME_RULES = [rule for rule in STEP_RULES if rule.room is Room.FRAME]


@pytest.mark.parametrize(("step", "rule_of", "number", "since", "due", "explanation"), EXAMPLES)
def test_each_row_of_the_catalogue_gives_its_day_and_says_why(
    step: str, rule_of: str, number: int, since: str, due: str, explanation: str
) -> None:
    rule = step_of(step, date.fromisoformat(rule_of))
    assert rule.valid_from.isoformat() == rule_of

    found = term_of(rule, date.fromisoformat(since), EQUATED, round_number=number)

    assert found.due_on.isoformat() == due
    assert found.explanation == explanation


def test_no_row_and_no_round_is_without_an_example() -> None:
    rows = {(str(rule.step), rule.valid_from.isoformat()) for rule in FRAME_RULES}
    rounds = {(str(rule.step), n + 1) for rule in FRAME_RULES for n in range(len(rule.terms))}

    assert {(step, rule_of) for step, rule_of, *_ in EXAMPLES} == rows
    assert rounds <= {(step, number) for step, _, number, *_ in EXAMPLES}


@pytest.mark.parametrize(
    ("step", "since", "explanation"),
    [
        (
            "child_check_contact",
            "2026-04-21",
            "op de dag van het antwoord op de kind-check, 21 april 2026",
        ),
        (
            "benefit_stop_day1",
            "2026-12-01",
            "op de dag van binnenkomst, 1 december 2026; stopt vanaf die dag",
        ),
        ("benefit_stop_30d", "2026-12-01", "30 dagen na 1 december 2026; stopt vanaf die dag"),
        (
            "application_day_one",
            "2026-12-25",
            (
                "op de dag van de verwachte einddatum, 25 december 2026; verschoven naar maandag 28 december 2026, omdat"
                " vrijdag 25 december 2026 (eerste Kerstdag) geen werkdag is"
            ),
        ),
        (
            "bij_window",
            "2027-05-31",
            (
                "3 maanden voor de verwachte terugkeer op 31 mei 2027; een termijn die terugtelt schuift niet op; vanaf die"
                " dag mogelijk"
            ),
        ),
        (
            "search_period_start",
            "2027-01-29",
            "28 dagen voor de verwachte einddatum op 29 januari 2027; een termijn die terugtelt schuift niet op",
        ),
    ],
)
def test_rows_that_are_kept_elsewhere_are_explained_in_the_same_words(
    step: str, since: str, explanation: str
) -> None:
    on = date.fromisoformat(since)

    assert term_of(step_of(step, on), on, EQUATED).explanation == explanation


@pytest.mark.parametrize("rule", STEP_RULES, ids=lambda rule: f"{rule.step}-{rule.valid_from}")
def test_every_row_says_in_words_what_it_counts_and_where_it_is_written(rule: StepRule) -> None:
    since = date(2026, 4, 20)

    for number in range(1, len(rule.terms) + 1):
        assert day_text(since) in term_of(rule, since, EQUATED, round_number=number).explanation
    assert rule.source
    assert rule.event_of(1) in rule.rule_text


def test_a_change_of_the_law_leaves_running_terms_under_their_old_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C6.56: a new row with a later day is all that a change takes."""
    shorter = StepRule(
        Step.SCREENING,
        "Screening van de basisvoorwaarden",
        "binnenkomst",
        (5,),
        Unit.WORKING_DAYS,
        "een nieuwe wet",
        date(2026, 6, 1),
    )
    monkeypatch.setattr(process, "STEP_RULES", (*STEP_RULES, shorter))

    old, new = step_of("screening", date(2026, 5, 29)), step_of("screening", date(2026, 6, 1))

    assert (old.terms, new.terms) == ((10,), (5,))


def test_a_step_that_a_region_may_agree_on_is_a_step_of_the_frame() -> None:
    frame = {str(rule.step) for rule in FRAME_RULES}

    assert set(RegionalStep.values) <= frame
    assert {str(step) for step in AFTER_RELEASE} <= frame


def test_a_gemeente_works_with_no_term_that_tells_the_title() -> None:
    told = {str(rule.step) for rule in FRAME_RULES if Capacity.ORIGIN in rule.capacities}

    assert told.isdisjoint({"stay_plan", "isd_evaluation", "promotion_earliest", "arrestee_stay"})


def test_the_document_for_readers_is_what_the_table_says_now() -> None:
    """Renew it with: python manage.py catalogue > docs/termijnen.md."""
    document = (settings.BASE_DIR / "docs" / "termijnen.md").read_text(encoding="utf-8")

    assert document == catalogue()
    assert all(f"| {rule.label} |" in document for rule in STEP_RULES)


def test_the_document_has_one_cell_for_every_column() -> None:
    lines = [line for line in catalogue().splitlines() if line.startswith("|")]

    assert {line.count("|") for line in lines} == {lines[0].count("|")}
    assert len(lines) == len(STEP_RULES) + 2 * len(Room)
