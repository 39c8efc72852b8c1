"""The words of the declarations are data: one file per version and language."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases.models import LifeDomain
from consent.texts import (
    EASY,
    FOLDER,
    ORDINARY,
    Form,
    NoSuchText,
    declaration_text,
    forms_of,
    read_texts,
    version_on,
)
from parties.models import Organisation, PartyKind
from reintegratie.lib.pdf import printable

ZWOLLE = Organisation(kind=PartyKind.MUNICIPALITY, code="0193", name="Zwolle")
FILES = sorted(FOLDER.glob("toestemming-*.json"))


def shape(value: Any, *, at: str = "") -> set[str]:
    """Every place in a file that holds words; of a list also how long it is."""
    if isinstance(value, dict):
        return {place for key, part in value.items() for place in shape(part, at=f"{at}/{key}")}
    if isinstance(value, list):
        return {f"{at}[{len(value)}]"}
    return {at}


def words_of(value: Any) -> list[str]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [word for part in parts for word in words_of(part)]


def test_every_language_of_a_version_says_the_same_things() -> None:
    """A language with a line too few would let somebody sign less, or more, than the Dutch beside it."""
    by_version: dict[str, dict[str, set[str]]] = {}
    for (version, language), words in read_texts(FILES).items():
        by_version.setdefault(version, {})[language] = shape(words)

    assert set(by_version["2026-2"]) == {"nl", "en"}
    for version, languages in by_version.items():
        for language, places in languages.items():
            assert places == languages["nl"], f"{version} {language}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_has_all_subjects_names_the_receiver_and_can_be_printed(file: Path) -> None:
    words = json.loads(file.read_text())

    text = declaration_text(words["versie"], ZWOLLE, words["taal"])

    assert set(text.subjects) == set(LifeDomain.values)
    assert text.easy is None or set(text.easy.subjects) == set(LifeDomain.values)
    assert "Zwolle" in " ".join(text.why)
    assert all(word and printable(word) == word for word in words_of(words))
    assert "{" not in repr(text.why + text.rights + text.withdrawal.lines)


def test_the_first_version_keeps_its_words() -> None:
    """A decision without a version was made with it."""
    text = declaration_text("", ZWOLLE)

    assert text == declaration_text("2026-1", ZWOLLE)
    assert text.why[0].endswith("als wij samenwerken met Zwolle.")
    assert not any("wanneer uw detentie begint" in line for line in text.why)
    assert list(forms_of("2026-1")) == [ORDINARY]


def test_the_second_version_says_that_the_name_and_the_dates_are_seen_too() -> None:
    assert (
        declaration_text("2026-2", ZWOLLE).why[-1]
        == "Gemeente Zwolle ziet dan ook uw naam, en wanneer uw detentie begint en eindigt."
    )
    assert "when your detention begins and ends" in declaration_text("2026-2", ZWOLLE, "en").why[-1]
    assert list(forms_of("2026-2")) == [ORDINARY, EASY, Form("en"), Form("en", easy=True)]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2019, 1, 1), "2026-1"),
        (date(2026, 9, 30), "2026-1"),
        (date(2026, 10, 1), "2026-2"),
        (date(2031, 1, 1), "2026-2"),
    ],
)
def test_a_version_holds_from_its_day(day: date, version: str) -> None:
    assert version_on(day) == version


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchText):
        declaration_text("2026-1", ZWOLLE, "en")


def test_a_file_whose_name_says_something_else_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "toestemming-2026-2.fr.json"
    wrong.write_text(FILES[-1].read_text())

    with pytest.raises(ValueError, match="staan erin"):
        read_texts([wrong])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_paper_for_a_partner_promises_no_goals_of_the_plan(language: str) -> None:
    partner = Organisation(kind=PartyKind.PARTNER, name="De Sleutel")

    to_partner = " ".join(declaration_text("2026-2", partner, language).why)
    to_zwolle = " ".join(declaration_text("2026-2", ZWOLLE, language).why)

    assert ("doelen" in to_zwolle, "doelen" in to_partner) == (language == "nl", False)
    assert ("goals" in to_zwolle, "goals" in to_partner) == (language == "en", False)
