"""Which words stand on a declaration? Text is data with a version and a language (C5).

One file per version and language, ``data/teksten/toestemming-<versie>.<taal>.json``: an old paper is printed in the words
it had, and a language is added by adding a file. A version holds from its day ``vanaf``; the last one is current.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from parties.models import Organisation

FOLDER = settings.BASE_DIR / "data" / "teksten"
FIRST_VERSION = "2026-1"
DUTCH = "nl"


@dataclass(frozen=True)
class Form:
    """Which paper: its language, and whether it is the one for who reads with difficulty (C6.13)."""

    language: str = DUTCH
    easy: bool = False

    @property
    def key(self) -> str:
        return f"{self.language}-makkelijk" if self.easy else self.language


ORDINARY = Form()
EASY = Form(easy=True)


def form_named(key: str) -> Form:
    """The paper with this key; whether it exists is for :func:`forms_of`."""
    language = key.removesuffix("-makkelijk")
    return Form(language, easy=language != key)


@dataclass(frozen=True)
class Subject:
    """What a domain is called on this paper, and what exactly would be shared about it."""

    title: str
    what: str


@dataclass(frozen=True)
class WithdrawalText:
    """The words of an intrekkingsverklaring for one recipient."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class EasyText:
    """The same declaration in short lines, for beside a picture."""

    title: str
    why: tuple[str, ...]
    choice: str
    subjects: Mapping[str, Subject]
    also: tuple[str, ...]
    never: str
    know: tuple[str, ...]
    sign: str


@dataclass(frozen=True)
class DeclarationText:
    """The words of a toestemmingsverklaring for one recipient, at B1 level."""

    version: str
    language: str
    language_name: str
    title: str
    why: tuple[str, ...]
    choice: str
    subjects: Mapping[str, Subject]
    never: str
    rights: tuple[str, ...]
    talk: str
    not_signed: str
    words: Mapping[str, str]
    withdrawal: WithdrawalText
    easy: EasyText | None


class NoSuchText(LookupError):
    """There is no paper of this version in this language."""


def declaration_text(version: str, recipient: Organisation, language: str = DUTCH) -> DeclarationText:
    """The words of this version; a decision without a version was made with the first one. Raises NoSuchText."""
    words = _texts().get((version or FIRST_VERSION, language))
    if words is None:
        raise NoSuchText(f"{version} {language}")
    return _read(_about(words, recipient))


def version_on(day: date) -> str:
    """The version that was handed out on this day."""
    begun = {(words["vanaf"], words["versie"]) for words in _texts().values()}
    return max((pair for pair in begun if pair[0] <= day.isoformat()), default=min(begun))[1]


def forms_of(version: str) -> dict[Form, str]:
    """Every paper of this version with its name: Dutch first, then by language; the easy one behind the ordinary one."""
    found: dict[Form, str] = {}
    for (one, language), words in sorted(_texts().items(), key=lambda item: item[0][1] != DUTCH):
        if one == version:
            found[Form(language)] = words["taalnaam"]
            if "makkelijk" in words:
                found[Form(language, easy=True)] = f"{words['taalnaam']}, makkelijk lezen"
    return found


def _about(value: Any, recipient: Organisation) -> Any:  # any part of a file of words
    """The words with this recipient filled in."""
    if isinstance(value, str):
        called = recipient.called
        filled = value.replace("{ontvanger}", recipient.name).replace("{wie}", called)
        return filled.replace("{Wie}", called[:1].upper() + called[1:])
    if isinstance(value, dict):
        return {key: _about(part, recipient) for key, part in value.items()}
    return [_about(_words_of(part), recipient) for part in value if _is_for(part, recipient)]


def _is_for(line: Any, recipient: Organisation) -> bool:  # a line, or one for some kinds of receivers only
    """A netwerkpartner sees less of the plan than the others (C3), so its paper says something else."""
    return not isinstance(line, dict) or recipient.kind in line["voor"]


def _words_of(line: Any) -> Any:  # same
    return line["tekst"] if isinstance(line, dict) else line


def _read(words: Mapping[str, Any]) -> DeclarationText:  # one file
    return DeclarationText(
        version=words["versie"],
        language=words["taal"],
        language_name=words["taalnaam"],
        title=words["titel"],
        why=tuple(words["waarom"]),
        choice=words["keuze"],
        subjects=_subjects(words),
        never=words["niet"],
        rights=tuple(words["rechten"]),
        talk=words["gesprek"],
        not_signed=words["niet_getekend"],
        words=words["woorden"],
        withdrawal=WithdrawalText(words["intrekking"]["titel"], tuple(words["intrekking"]["tekst"])),
        easy=_easy(words["makkelijk"]) if "makkelijk" in words else None,
    )


def _easy(words: Mapping[str, Any]) -> EasyText:  # part of one file
    return EasyText(
        title=words["titel"],
        why=tuple(words["waarom"]),
        choice=words["keuze"],
        subjects=_subjects(words),
        also=tuple(words["dan"]),
        never=words["niet"],
        know=tuple(words["weten"]),
        sign=words["tekenen"],
    )


def _subjects(words: Mapping[str, Any]) -> dict[str, Subject]:  # part of one file
    return {key: Subject(said["titel"], said["wat"]) for key, said in words["onderwerpen"].items()}


@cache
def _texts() -> dict[tuple[str, str], dict[str, Any]]:  # the files as they are, by version and language
    return read_texts(sorted(FOLDER.glob("toestemming-*.json")))


def read_texts(files: Iterable[Path]) -> dict[tuple[str, str], dict[str, Any]]:  # the files as they are
    """The files by version and language. Raises ValueError when a name does not say what is in the file."""
    found = {}
    for file in files:
        words = json.loads(file.read_text(encoding="utf-8"))
        if file.name != f"toestemming-{words['versie']}.{words['taal']}.json":
            raise ValueError(f"{file.name}: versie {words['versie']} en taal {words['taal']} staan erin")
        found[words["versie"], words["taal"]] = words
    return found
