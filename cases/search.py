"""Which of these cases does somebody mean with this text? Only ever within the rows he was given to search.

A name is found without its accents and in any order of words; a BSN only by a party that may know it (C3).
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from stdnum.nl import bsn

from cases.models import CaseParty

NUMBER_PREFIX = "z-"
BSN_LENGTH = 9


def _without_accent(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)[0]


_ACCENTED = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
PLAIN_OF = {letter: _without_accent(letter) for letter in _ACCENTED if _without_accent(letter).isascii()}
PLAIN_OF |= {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "’": "'", "‘": "'"}
PLAIN = {ord(letter): plain_letter for letter, plain_letter in PLAIN_OF.items()}


@dataclass(frozen=True)
class Query:
    """A text somebody typed, read as a BSN, a case number or words of a name."""

    bsn: str = ""
    number: str = ""
    words: tuple[str, ...] = ()


class NotABsn(ValueError):
    """Nine digits that fail the 11-test: a typing error, so say so and search nothing."""


def query_of(text: str) -> Query:
    """Read what somebody typed. Raises NotABsn."""
    plain_text = plain(text)
    if plain_text.isdigit() and len(plain_text) == BSN_LENGTH:
        if not bsn.is_valid(plain_text):
            raise NotABsn
        return Query(bsn=plain_text)
    if plain_text.startswith(NUMBER_PREFIX) or any(letter.isdigit() for letter in plain_text):
        return Query(number=plain_text)
    return Query(words=tuple(plain_text.replace(",", " ").split()))


def plain(text: str) -> str:
    """Lower case, without accents, one space between words."""
    return " ".join(text.translate(PLAIN).lower().split())


def found(rows: QuerySet[CaseParty], query: Query, *, named: Q, identified: Q) -> QuerySet[CaseParty]:
    """The rows of taking part whose case is meant.

    ``named`` and ``identified``: the rows of which the searcher may know name and BSN. A hit tells as much as a name.
    """
    if query.bsn:
        return rows.filter(identified, case__detainee__bsn=query.bsn)
    if query.number:
        return rows.filter(case__number__icontains=query.number)
    with_name = rows.filter(named).annotate(plain_name=_plain_name())
    return with_name.filter(*[Q(plain_name__contains=word) for word in query.words])


def _plain_name() -> Lower:
    parts: list[Any] = []  # expressions of any kind
    for field in ("first_names", "prefix", "surname"):
        parts += [F(f"case__detainee__{field}"), Value(" ")]
    letters, replaced = "".join(PLAIN_OF), "".join(PLAIN_OF.values())
    return Lower(Func(Concat(*parts), Value(letters), Value(replaced), function="TRANSLATE"))
