"""Question sets are data: checked when they are read, and old answers keep their own questions."""

from datetime import date

import pytest

from cases.models import LifeDomain
from plans.questions import (
    QuestionKind,
    QuestionSetInvalid,
    answer_lines,
    current_set,
    parse_sets,
    question_sets,
)


def a_file(**question: object) -> dict[str, object]:
    row = {"code": "soort", "soort": "tekst", "vraag": "Welke soort?", **question}
    entry = {"versie": "x", "geldig_vanaf": "2026-01-01", "leefgebieden": {"onderdak": [row]}}
    return {"versies": [entry]}


def test_every_life_domain_has_questions() -> None:
    questions = current_set(date(2026, 11, 22))

    assert all(questions.questions(domain) for domain in LifeDomain)


def test_the_question_about_a_valid_document_exists_since_the_screening_asks_for_it() -> None:
    codes = {question.code for question in current_set(date(2026, 11, 22)).questions(LifeDomain.IDENTITY)}

    assert "geldig_aanwezig" in codes


def test_care_never_asks_for_a_diagnosis() -> None:
    care = current_set(date(2026, 11, 22)).questions(LifeDomain.CARE)

    assert not any("diagnose" in question.text.lower() for question in care)
    assert any("Nooit een diagnose" in question.help_text for question in care)


def test_answers_are_shown_in_words_in_the_order_of_the_set() -> None:
    facts = {"geldig_tot": "2027-05-03", "geldig_aanwezig": "ja", "soort_document": ""}

    lines = answer_lines("2026-1", LifeDomain.IDENTITY, facts)

    assert [(line.label, line.value) for line in lines] == [
        ("Is er een geldig identiteitsbewijs?", "ja"),
        ("Geldig tot", "3 mei 2027"),
    ]


def test_answers_to_a_set_that_is_gone_are_still_shown() -> None:
    assert [line.value for line in answer_lines("1999-1", LifeDomain.CARE, {"iets": "oud antwoord"})] == [
        "oud antwoord"
    ]


def test_the_set_of_the_day_is_the_newest_that_has_begun() -> None:
    later = a_file()
    later["versies"] = [
        {"versie": "a", "geldig_vanaf": "2026-01-01", "leefgebieden": {}},
        {"versie": "b", "geldig_vanaf": "2026-06-01", "leefgebieden": {}},
    ]

    assert set(parse_sets(later)) == {"a", "b"}
    assert current_set(date(2026, 11, 22)).version in question_sets()


@pytest.mark.parametrize(
    "question",
    [
        {"soort": "raadsel"},
        {"soort": "keuze"},
        {"soort": "tekst", "keuzes": {"a": "a"}},
        {"vraag": ""},
        {"code": "geen code"},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(question: dict[str, object]) -> None:
    with pytest.raises(QuestionSetInvalid):
        parse_sets(a_file(**question))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"versies": [{"versie": "x", "geldig_vanaf": "2026-01-01", "leefgebieden": {"tuin": []}}]},
        {"versies": [{"versie": "x", "geldig_vanaf": "2026-01-01", "leefgebieden": {}}] * 2},
    ],
)
def test_a_file_that_cannot_be_used_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(QuestionSetInvalid):
        parse_sets(raw)


def test_kinds_of_question_are_a_closed_list() -> None:
    assert {kind.value for kind in QuestionKind} == {"keuze", "ja-nee-onbekend", "datum", "tekst", "getal"}
