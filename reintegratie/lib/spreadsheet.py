"""How is a line written for a spreadsheet, so that no cell of it is ever a formula? (quality 2.10)"""

import csv
from collections.abc import Iterable
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, also behind spaces."""
BOM = "\ufeff"
"""Without it a spreadsheet reads 'Özdemir' in another alphabet."""


def plain(cell: str) -> str:
    """The text with an apostrophe before it when it would be a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def line(cells: Iterable[str]) -> str:
    """One line, with the semicolon that Dutch spreadsheets expect."""
    written = StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        map(plain, cells)
    )
    return written.getvalue()
