"""The proof sheet: tagged, Dutch, safe with any text, never cut, the same bytes twice."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from reintegratie.lib.pdf import NO_GLYPH, Letterhead, render_pdf

MOMENT = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
HEAD = Letterhead(
    organisation="PI Zwolle",
    for_whom="Gemeente Zwolle",
    made_by="Yara Özdemir",
    made_at=MOMENT,
    as_of=MOMENT,
    serial="MDO-1-1",
    ground="toestemming",
)


def part(name: str, rows: int = 2, lines: int = 3) -> dict[str, object]:
    return {"name": name, "facts": [[f"Gegeven {n}", f"waarde {n}"] for n in range(rows)], "lines": lines}


def proof(*parts: dict[str, object]) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf("proof", {"head": HEAD, "parts": parts}, title="Proefblad")))


def text_of(sheet: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in sheet.pages)


def test_the_sheet_is_tagged_pdf_ua_and_pdf_a_in_dutch_with_a_title() -> None:
    sheet = proof(part("Sem van den Berg"))

    catalog = sheet.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nl-NL"
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert sheet.metadata is not None
    assert sheet.metadata.title == "Proefblad"


@pytest.mark.parametrize("name", ["محمد", "中文", "Sem 😀", "→ \x80", "\ud800"])
def test_a_sign_without_a_glyph_never_keeps_a_sheet_from_the_printer(name: str) -> None:
    text = text_of(proof(part(f"Ďurišová {name} Özdemir")))

    assert "Ďurišová" in text
    assert "Özdemir" in text
    assert NO_GLYPH in text


def test_the_sheet_says_for_whom_by_whom_when_and_which_page() -> None:
    text = text_of(proof(part("Sem")))

    for said in ("VERTROUWELIJK", "Voor: Gemeente Zwolle", "Yara Özdemir", "MDO-1-1", "pagina 1 van 1"):
        assert said in text
    assert "stand per 22 april 2026, 11.00 uur" in text


@pytest.mark.parametrize("name", ["Nguyễn", "Yılmaz", "Özdemir", "van 't Hoff-Šćepanović"])
def test_names_keep_their_letters(name: str) -> None:
    assert name in text_of(proof(part(name)))


def test_text_is_data_and_never_markup() -> None:
    nasty = '#panic("x") $a$ *b* _c_ \\ @d <e> // f [g] `h` "i" ${j}'

    text = text_of(proof(part(nasty)))

    assert nasty.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def test_a_block_is_never_cut_over_a_page() -> None:
    sheet = proof(*(part(f"Persoon {n} begint", rows=9) for n in range(8)))

    for page in sheet.pages:
        text = page.extract_text()
        assert text.count("begint") == text.count("waarde 8")


def test_a_block_taller_than_a_page_loses_nothing() -> None:
    text = text_of(proof(part("Veel", rows=120)))

    assert "waarde 119" in text


def test_the_same_data_gives_the_same_bytes() -> None:
    data = {"head": HEAD, "parts": [part("Sem")]}

    assert render_pdf("proof", data, title="Proefblad") == render_pdf("proof", data, title="Proefblad")


def test_what_is_not_data_is_refused() -> None:
    with pytest.raises(TypeError):
        render_pdf("proof", {"head": HEAD, "parts": [object()]}, title="Proefblad")
