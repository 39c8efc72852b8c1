"""Which words stand on a declaration? Text is data with a version, so an old paper can be printed again (C5)."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

CURRENT_VERSION = "2026-1"
FOLDER = settings.BASE_DIR / "data" / "teksten"


@dataclass(frozen=True)
class WithdrawalText:
    """The words of an intrekkingsverklaring for one recipient."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DeclarationText:
    """The words of a toestemmingsverklaring for one recipient, in Dutch at B1 level."""

    version: str
    title: str
    why: tuple[str, ...]
    choice: str
    subjects: dict[str, str]
    never: str
    rights: tuple[str, ...]
    talk: str
    not_signed: str
    withdrawal: WithdrawalText


def declaration_text(version: str, recipient: str) -> DeclarationText:
    """The words of this version; a decision without a version was made with the first one."""
    words = _words(version or "2026-1")

    def said(lines: list[str]) -> tuple[str, ...]:
        return tuple(line.replace("{ontvanger}", recipient) for line in lines)

    return DeclarationText(
        version=words["versie"],
        title=words["titel"],
        why=said(words["waarom"]),
        choice=words["keuze"],
        subjects=words["onderwerpen"],
        never=words["niet"],
        rights=said(words["rechten"]),
        talk=words["gesprek"],
        not_signed=words["niet_getekend"],
        withdrawal=WithdrawalText(words["intrekking"]["titel"], said(words["intrekking"]["tekst"])),
    )


@cache
def _words(version: str) -> dict[str, Any]:  # the file as it is
    return dict(json.loads((FOLDER / f"toestemming-{version}.json").read_text(encoding="utf-8")))
