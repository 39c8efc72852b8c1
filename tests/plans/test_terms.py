"""Which terms of content follow from what is known, on which day and in which words (C4, C6, B11)."""

from dataclasses import replace
from datetime import date

import pytest

from cases.process import step_of
from cases.steps import Room, Step
from cases.terms import Term
from plans.models import InstrumentKind, InstrumentOutcome
from plans.reports import ACCOUNTED_YEARS, EARLIEST_MONTHS, KEPT_MONTHS, WARN_DAYS
from plans.terms import (
    STOP_OF_BENEFIT,
    TOO_LATE,
    Facts,
    WantedTerm,
    must_search,
    pp_rule,
    term_for,
    wanted_terms,
)

ENTERED = date(2026, 11, 2)
RELEASED = date(2027, 1, 29)
YOUNG = date(2001, 5, 1)
LOW = InstrumentOutcome.LOW
ASKS = Facts(
    entered_on=ENTERED, expected_on=RELEASED, birth_date=YOUNG, asks_income=True, income={}, identity={}
)
"""Twenty-five, inside since November, released on Friday 29 January 2027, with a request about income."""


def steps(facts: Facts) -> set[Step]:
    return {one.step for one in wanted_terms(facts)}


def one(facts: Facts, step: Step, about: str = "") -> WantedTerm:
    return next(term for term in wanted_terms(facts) if (term.step, term.about) == (step, about))


def dates(
    facts: Facts, step: Step, about: str = "", *, on: date = ENTERED, equated: tuple[date, ...] = ()
) -> Term:
    wanted = one(facts, step, about)
    return term_for(wanted, facts, equated, known_on=on, on=on, valid_on=wanted.since)


def test_a_suspicion_of_lvb_asks_for_the_scil_within_one_working_day() -> None:
    facts = Facts(entered_on=ENTERED, instruments={InstrumentKind.REFLECTOR: (LOW, date(2026, 11, 6))})

    assert dates(facts, Step.SCIL).due_on == date(2026, 11, 9)


def test_the_scil_is_done_with_any_outcome_also_a_refusal() -> None:
    taken = {
        InstrumentKind.LANGUAGE: (LOW, date(2026, 11, 6)),
        InstrumentKind.SCIL: (InstrumentOutcome.REFUSED, date(2026, 11, 9)),
    }

    assert one(Facts(entered_on=ENTERED, instruments=taken), Step.SCIL).met_on == date(2026, 11, 9)


def test_a_low_outcome_of_the_scil_itself_asks_for_no_second_one() -> None:
    taken = {InstrumentKind.SCIL: (LOW, date(2026, 11, 9))}

    assert steps(Facts(entered_on=ENTERED, instruments=taken)) == set()


def test_a_low_taalmeter_asks_for_education_until_the_referral_is_recorded() -> None:
    facts = Facts(entered_on=ENTERED, instruments={InstrumentKind.LANGUAGE: (LOW, date(2026, 11, 6))})

    assert dates(facts, Step.EDUCATION_REFERRAL).due_on == date(2026, 11, 9)
    done = replace(facts, referred_on=date(2026, 11, 9))
    assert one(done, Step.EDUCATION_REFERRAL).met


def test_a_reflector_that_is_low_asks_for_no_education() -> None:
    taken = {InstrumentKind.REFLECTOR: (LOW, date(2026, 11, 6))}

    assert Step.EDUCATION_REFERRAL not in steps(Facts(entered_on=ENTERED, instruments=taken))


def test_after_a_positive_kind_check_there_is_contact_the_same_day_also_on_a_sunday() -> None:
    facts = Facts(entered_on=ENTERED, child_asked_on=date(2026, 11, 8))

    term = dates(facts, Step.CHILD_CHECK_CONTACT)

    assert term.due_on == date(2026, 11, 8)
    assert term.explanation == "op de dag van het antwoord op de kind-check, 8 november 2026"


def test_the_contact_about_children_is_due_after_release_too_until_it_was_made() -> None:
    facts = Facts(entered_on=ENTERED, released_on=RELEASED, child_asked_on=date(2026, 11, 8))

    assert steps(facts) == {Step.CHILD_CHECK_CONTACT}


def test_under_27_the_search_period_is_the_last_four_weeks_and_never_moves_from_a_holiday() -> None:
    term = dates(ASKS, Step.SEARCH_PERIOD_START)

    assert (term.starts_on, term.due_on, term.raw_due_on) == (RELEASED, date(2027, 1, 1), date(2027, 1, 1))
    assert "valt samen met de laatste vier weken van de detentie" in term.explanation
    assert "meld het op donderdag 31 december 2026" in term.explanation


def test_a_release_that_comes_forward_makes_the_search_period_too_late() -> None:
    sooner = replace(ASKS, expected_on=date(2027, 1, 15))

    before = dates(sooner, Step.SEARCH_PERIOD_START, on=date(2026, 12, 18))
    after = dates(sooner, Step.SEARCH_PERIOD_START, on=date(2026, 12, 20))

    assert before.due_on == after.due_on == date(2026, 12, 18)
    assert TOO_LATE not in before.explanation
    assert after.explanation.endswith("te laat: gebruik Participatiewet art. 41 lid 11")


def test_a_stay_shorter_than_28_days_is_too_late_from_the_start() -> None:
    short = replace(ASKS, expected_on=date(2026, 11, 20))

    assert dates(short, Step.SEARCH_PERIOD_START).explanation.endswith(TOO_LATE)


def test_a_stay_of_28_days_is_just_in_time() -> None:
    exact = replace(ASKS, expected_on=date(2026, 11, 30))

    assert TOO_LATE not in dates(exact, Step.SEARCH_PERIOD_START).explanation


@pytest.mark.parametrize(
    ("born", "searches"),
    [("2000-01-30", True), ("2000-01-29", False), ("1999-12-31", False)],
)
def test_who_is_27_on_the_day_of_the_application_has_no_search_period(born: str, searches: bool) -> None:
    facts = replace(ASKS, birth_date=date.fromisoformat(born))

    assert (Step.SEARCH_PERIOD_START in steps(facts)) is searches
    assert (Step.APPLICATION_DAY_ONE in steps(facts)) is not searches


@pytest.mark.parametrize("exception", ["praktijkonderwijs-vso", "medisch-urenbeperkt", "loonkostensubsidie"])
def test_an_exception_of_the_law_lets_somebody_under_27_apply_at_once(exception: str) -> None:
    facts = replace(ASKS, income={"uitzondering_zoektermijn": exception})

    assert Step.SEARCH_PERIOD_START not in steps(facts)
    assert Step.APPLICATION_DAY_ONE in steps(facts)
    assert not must_search(facts, RELEASED)


@pytest.mark.parametrize("answer", ["geen", "onbekend"])
def test_no_known_exception_leaves_the_search_period(answer: str) -> None:
    assert Step.SEARCH_PERIOD_START in steps(replace(ASKS, income={"uitzondering_zoektermijn": answer}))


@pytest.mark.parametrize(
    "lacking", [{"asks_income": False}, {"expected_on": None}, {"birth_date": None}], ids=str
)
def test_without_a_request_a_date_or_a_birth_date_there_is_neither(lacking: dict[str, object]) -> None:
    assert steps(replace(ASKS, **lacking)) == set()  # type: ignore[arg-type]  # fields by name


def test_from_27_the_application_is_on_day_one_or_the_first_working_day_after() -> None:
    facts = replace(ASKS, birth_date=date(1990, 1, 1), expected_on=date(2027, 1, 30))

    term = dates(facts, Step.APPLICATION_DAY_ONE)

    assert term.due_on == date(2027, 2, 1)
    assert term.explanation.startswith("op de dag van de verwachte einddatum, 30 januari 2027")


def test_the_application_follows_the_real_release() -> None:
    facts = replace(ASKS, birth_date=date(1990, 1, 1), released_on=date(2026, 12, 10))

    assert dates(facts, Step.APPLICATION_DAY_ONE).due_on == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("benefit", "due_on"),
    [
        ("bijstand", "2026-12-01"),
        ("ww", "2026-12-01"),
        ("ioaw-ioaz", "2026-12-01"),
        ("aio", "2026-12-01"),
        ("aow-anw", "2026-12-31"),
        ("ziektewet", "2027-01-01"),
        ("wia", "2027-01-01"),
        ("wajong", "2027-01-01"),
        ("waz", "2027-01-01"),
    ],
)
def test_each_benefit_stops_by_its_own_rule(benefit: str, due_on: str) -> None:
    facts = Facts(entered_on=date(2026, 12, 1), income={"soort_uitkering": benefit})

    term = dates(facts, STOP_OF_BENEFIT[benefit], benefit)

    assert term.due_on == date.fromisoformat(due_on)


def test_two_benefits_stop_each_on_its_own_day() -> None:
    facts = Facts(
        entered_on=date(2026, 12, 1), income={"soort_uitkering": "aow-anw", "tweede_uitkering": "aio"}
    )

    assert {(one.step, one.about) for one in wanted_terms(facts)} == {
        (Step.BENEFIT_STOP_30D, "aow-anw"),
        (Step.BENEFIT_STOP_DAY1, "aio"),
    }


def test_ww_may_revive_until_six_months_after_entry_also_after_release() -> None:
    facts = Facts(entered_on=date(2026, 8, 31), income={"soort_uitkering": "ww"})

    assert dates(facts, Step.WW_REVIVAL_LIMIT).due_on == date(2027, 2, 28)
    assert Step.WW_REVIVAL_LIMIT in steps(replace(facts, released_on=RELEASED))


def test_no_benefit_stops_for_who_had_none() -> None:
    assert steps(Facts(entered_on=ENTERED, income={"soort_uitkering": "geen"})) == set()


def test_without_a_valid_document_it_is_applied_for_six_weeks_before_release() -> None:
    facts = replace(ASKS, asks_income=False, identity={"geldig_aanwezig": "nee"})

    assert dates(facts, Step.ID_APPLICATION).due_on == date(2026, 12, 18)


def test_an_unknown_release_means_applying_now() -> None:
    facts = Facts(entered_on=ENTERED, identity={"geldig_aanwezig": "nee"})

    term = dates(facts, Step.ID_APPLICATION, on=date(2026, 11, 5))

    assert (term.due_on, term.explanation) == (date(2026, 11, 5), "de einddatum is onbekend: begin nu")


def test_a_release_within_six_weeks_means_applying_now() -> None:
    facts = Facts(entered_on=ENTERED, expected_on=date(2026, 11, 30), identity={"geldig_aanwezig": "nee"})

    term = dates(facts, Step.ID_APPLICATION, on=date(2026, 11, 5))

    assert term.due_on == date(2026, 11, 5)
    assert term.explanation.endswith("dat moment is al voorbij: begin nu")


@pytest.mark.parametrize("state", ["aangevraagd", "uitgereikt"])
def test_an_application_that_was_made_meets_the_term(state: str) -> None:
    known = {"geldig_aanwezig": "nee", "aanvraag": state}

    assert one(replace(ASKS, identity=known), Step.ID_APPLICATION).met


@pytest.mark.parametrize("answer", ["ja", "onbekend"])
def test_only_a_missing_document_asks_for_one(answer: str) -> None:
    assert Step.ID_APPLICATION not in steps(replace(ASKS, identity={"geldig_aanwezig": answer}))


def test_nothing_is_due_in_a_closed_case() -> None:
    assert steps(replace(ASKS, over=True, child_asked_on=ENTERED)) == set()


def test_the_thresholds_of_a_pp_are_dated_and_shown_but_compute_nothing() -> None:
    assert "nog 4 weken tot 1 jaar" in pp_rule(date(2021, 11, 30))
    assert "hoogstens 1/6" in pp_rule(date(2021, 12, 1))
    wanted = WantedTerm(Step.PP_WINDOW, date(2027, 1, 4))

    term = term_for(wanted, ASKS, (), known_on=ENTERED, on=ENTERED, valid_on=wanted.since)

    assert term.due_on == date(2027, 1, 4)
    assert term.explanation.startswith("datum van DJI: 4 januari 2027; voorwaarden: onvoorwaardelijke straf")


def test_a_time_out_of_the_family_approach_ends_after_six_weeks() -> None:
    wanted = WantedTerm(Step.FAMILY_TIMEOUT, date(2026, 11, 9))

    assert term_for(wanted, ASKS, (), known_on=ENTERED, on=ENTERED, valid_on=wanted.since).due_on == date(
        2026, 12, 21
    )


def test_an_advance_is_decided_four_weeks_after_the_application_and_rolls_forward() -> None:
    wanted = WantedTerm(Step.ADVANCE_PAYMENT, date(2026, 11, 27))

    term = term_for(wanted, ASKS, (), known_on=ENTERED, on=ENTERED, valid_on=wanted.since)

    assert (term.raw_due_on, term.due_on) == (date(2026, 12, 25), date(2026, 12, 28))


def test_the_terms_of_bij_stand_in_their_own_channel_with_the_lengths_of_the_catalogue() -> None:
    window, destroy = (step_of(step, date(2026, 1, 1)) for step in (Step.BIJ_WINDOW, Step.BIJ_DESTROY))

    assert (window.terms, destroy.terms, destroy.warn_before) == (
        (EARLIEST_MONTHS,),
        (KEPT_MONTHS,),
        (WARN_DAYS,),
    )
    assert ACCOUNTED_YEARS == 5
    assert {window.room, destroy.room} == {Room.CONTENT}
