"""Which questions does a domain have? Question sets are data with a version; an answer keeps the set it was given in.

``data/vragen.json`` holds the sets (C5.3, R15). A new set is a new entry with its own date; old answers stay readable with
the questions of their own set. The kinds of question are a closed list, so that an answer can be checked and shown without
a release.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings

from cases.models import LifeDomain
from reintegratie.lib.dutch import day_text

SOURCE = Path(settings.BASE_DIR) / "data" / "vragen.json"

YES_NO_UNKNOWN = {"ja": "ja", "nee": "nee", "onbekend": "onbekend"}
SHORT_TEXT = 200
LONGEST_NUMBER = 6


class QuestionKind(StrEnum):
    """How an answer is given, and therefore how it is checked."""

    CHOICE = "keuze"
    YES_NO_UNKNOWN = "ja-nee-onbekend"
    DATE = "datum"
    TEXT = "tekst"
    NUMBER = "getal"


class QuestionSetInvalid(ValueError):
    """The file with questions cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Question:
    """One question of one domain. ``card_label``: its name on the card of the case page, when it stands there.

    ``listed``: where PM 20d names it. On that ground alone nothing outside the list is shared (B2).
    """

    code: str
    kind: QuestionKind
    text: str
    help_text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    card_label: str = ""
    listed: str = ""

    def in_words(self, answer: object) -> str:
        """The answer as people read it; what does not fit the question any more is shown as it was given."""
        if answer in (None, ""):
            return ""
        if self.kind is QuestionKind.DATE:
            return _date_in_words(str(answer))
        return dict(self.choices).get(str(answer), str(answer))

    def problem_with(self, answer: object) -> str:
        """What is wrong with an answer, in Dutch; empty when it may be stored."""
        text = str(answer)
        if self.choices and text not in dict(self.choices):
            return "Kies een van de antwoorden."
        if self.kind is QuestionKind.DATE and not _is_date(text):
            return "Geef een datum."
        if self.kind is QuestionKind.NUMBER and not (
            text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        ):
            return "Geef een heel getal."
        return f"Houd het bij {SHORT_TEXT} tekens." if len(text) > SHORT_TEXT else ""


class AnswersInvalid(ValueError):
    """Answers that do not fit their questions; ``problems`` says per code what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{code}: {problem}" for code, problem in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class AnswerLine:
    """One answered question, ready to show."""

    label: str
    value: str


@dataclass(frozen=True)
class QuestionSet:
    """The questions per domain, from a day on."""

    version: str
    valid_from: date
    domains: Mapping[str, tuple[Question, ...]]

    def questions(self, domain: str) -> tuple[Question, ...]:
        return self.domains.get(domain, ())

    def checked(self, domain: str, facts: Mapping[str, object]) -> dict[str, str]:
        """The answers as they are stored: known codes, checked values, nothing empty. Raises AnswersInvalid."""
        by_code = {question.code: question for question in self.questions(domain)}
        given = {code: answer for code, answer in facts.items() if answer not in (None, "")}
        problems = {
            code: "Deze vraag hoort niet bij dit leefgebied." for code in given if code not in by_code
        }
        for code in given.keys() & by_code.keys():
            if problem := by_code[code].problem_with(given[code]):
                problems[code] = problem
        if problems:
            raise AnswersInvalid(problems)
        return {code: str(given[code]) for code in by_code if code in given}

    def lines(self, domain: str, facts: Mapping[str, object], *, card: bool = False) -> list[AnswerLine]:
        """The answered questions in the order of the set; ``card`` keeps the few that fit on a card."""
        asked = [question for question in self.questions(domain) if question.card_label or not card]
        lines = [
            AnswerLine(one.card_label if card else one.text, one.in_words(facts.get(one.code)))
            for one in asked
        ]
        return [line for line in lines if line.value]


@cache
def question_sets() -> dict[str, QuestionSet]:
    """Every set that ever was in use, by version."""
    with SOURCE.open(encoding="utf-8") as source:
        return parse_sets(json.load(source))


def current_set(on: date) -> QuestionSet:
    """The set in which a new answer is given on this day."""
    known = [one for one in question_sets().values() if one.valid_from <= on]
    return max(known, key=lambda one: (one.valid_from, one.version))


def answer_lines(
    version: str, domain: str, facts: Mapping[str, object], *, card: bool = False
) -> list[AnswerLine]:
    """Old answers with the questions of their own set; of an unknown set the codes are shown, nothing is lost."""
    known = question_sets().get(version)
    if known is None:
        return [AnswerLine(code, str(value)) for code, value in facts.items() if value not in (None, "")]
    return known.lines(domain, facts, card=card)


def listed_facts(version: str, domain: str, facts: Mapping[str, object]) -> dict[str, object]:
    """The answers that PM 20d lists; of an unknown set nobody knows, so none."""
    known = question_sets().get(version)
    listed = {one.code for one in known.questions(domain) if one.listed} if known else set()
    return {code: answer for code, answer in facts.items() if code in listed}


def parse_sets(raw: Mapping[str, object]) -> dict[str, QuestionSet]:
    """Check the file and type it. Raises QuestionSetInvalid."""
    versions = raw.get("versies")
    if not isinstance(versions, list) or not versions:
        raise QuestionSetInvalid("'versies' ontbreekt of is leeg")
    sets = [_parse_set(entry) for entry in versions]
    by_version = {one.version: one for one in sets}
    if len(by_version) != len(sets):
        raise QuestionSetInvalid("een versie komt twee keer voor")
    return by_version


def _parse_set(entry: Mapping[str, Mapping[str, list[dict[str, object]]]]) -> QuestionSet:
    version = str(entry["versie"])
    domains = entry["leefgebieden"]
    if unknown := set(domains) - set(LifeDomain.values):
        raise QuestionSetInvalid(f"{version}: onbekend leefgebied {', '.join(sorted(unknown))}")
    questions = {name: _parse_questions(f"{version}/{name}", rows) for name, rows in domains.items()}
    return QuestionSet(version, date.fromisoformat(str(entry["geldig_vanaf"])), questions)


def _parse_questions(place: str, rows: list[dict[str, object]]) -> tuple[Question, ...]:
    questions = tuple(_parse_question(place, row) for row in rows)
    if len({question.code for question in questions}) != len(questions):
        raise QuestionSetInvalid(f"{place}: een code komt twee keer voor")
    return questions


def _parse_question(place: str, row: dict[str, object]) -> Question:
    code = str(row.get("code", ""))
    try:
        kind = QuestionKind(str(row.get("soort")))
    except ValueError as unknown:
        raise QuestionSetInvalid(f"{place}/{code}: onbekende soort") from unknown
    choices = YES_NO_UNKNOWN if kind is QuestionKind.YES_NO_UNKNOWN else row.get("keuzes", {})
    if not code.isidentifier() or not row.get("vraag") or not isinstance(choices, dict):
        raise QuestionSetInvalid(f"{place}/{code}: code, vraag of keuzes ontbreken")
    if (kind is QuestionKind.CHOICE) != bool(choices and kind is not QuestionKind.YES_NO_UNKNOWN):
        raise QuestionSetInvalid(
            f"{place}/{code}: keuzes horen bij de soort 'keuze', en daar zijn ze verplicht"
        )
    return Question(
        code=code,
        kind=kind,
        text=str(row["vraag"]),
        help_text=str(row.get("uitleg", "")),
        choices=tuple((str(value), str(label)) for value, label in choices.items()),
        card_label=str(row.get("op_kaart", "")),
        listed=str(row.get("pm20d", "")),
    )


def _is_date(text: str) -> bool:
    if len(text) != len("2026-11-22"):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _date_in_words(answer: str) -> str:
    try:
        return day_text(date.fromisoformat(answer))
    except ValueError:
        return answer
