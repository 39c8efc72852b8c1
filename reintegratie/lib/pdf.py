"""How do we print? One tagged A4 PDF from a typst template and plain data (quality 2.10, 5 and 6).

Text goes in as JSON and is never spliced into the source, so no name or note can become markup. The compiler reads
``templates/print`` only: no packages, no network, no fonts of the machine. The same input gives the same bytes.
A sign that our fonts do not hold is printed as a question mark in a box: PDF/A refuses a missing glyph, and one name
in another script must not keep a whole agenda from the printer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import typst
from fontTools.ttLib import TTFont

from reintegratie.lib.dutch import day_text, moment_text

PRINT_ROOT = Path(__file__).resolve().parents[2] / "templates" / "print"
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
FONTS = PRINT_ROOT / "fonts"
NO_PACKAGES = PRINT_ROOT / "no-packages"
NO_GLYPH = "\N{REPLACEMENT CHARACTER}"
CONTROLS = frozenset(map(chr, [*range(32), *range(127, 160)]))

_compiling = Lock()


@dataclass(frozen=True)
class Letterhead:
    """What every sheet says about itself: whose, for whom, made by whom and when, as of when, on which ground."""

    organisation: str
    for_whom: str
    made_by: str
    made_at: datetime
    as_of: datetime
    serial: str = ""
    ground: str = ""


def render_pdf(template: str, data: Mapping[str, object], *, title: str) -> bytes:
    """The PDF/UA-1 and PDF/A-2a of ``templates/print/<template>.typ``, for example ``"meetings/agenda"``.

    ``data`` holds ``head`` (a :class:`Letterhead`) and whatever the template prints: text, numbers, lists, mappings,
    dataclasses and dates (a moment arrives as ``.text`` and ``.clock``, a day as text). ``title`` is the
    title of the document and its first heading.
    """
    text = json.dumps(data, default=_plain, ensure_ascii=False)
    inputs = {"title": printable(title), "data": printable(text)}
    source = PRINT_ROOT / f"{template}.typ"
    with _compiling:
        pages = _compiler().compile(input=source, format="pdf", sys_inputs=inputs, pdf_standards=[*STANDARDS])
    assert isinstance(pages, bytes)
    return pages


def printable(text: str) -> str:
    """The text with the replacement character for every sign that a bundled font lacks."""
    return "".join(sign if sign in _signs() else NO_GLYPH for sign in text)


@cache
def _signs() -> frozenset[str]:
    """What every bundled font can print; the structure of JSON is in it."""
    covered = []
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            covered.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*covered))) - CONTROLS


@cache
def _compiler() -> typst.Compiler:
    """One compiler per process: it keeps the fonts and the parsed templates, and is not meant for two threads."""
    return typst.Compiler(
        root=PRINT_ROOT,
        font_paths=typst.Fonts(False, False, [FONTS]),
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"text": moment_text(value), "clock": value.astimezone(UTC).timetuple()[:6]}
    if isinstance(value, date):
        return day_text(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is not data for a sheet")
