"""What is a scan, and what only says that it is one?"""

import zlib

import pytest

from reintegratie.lib import uploads
from reintegratie.lib.uploads import FileKind, FileRefused, kind_of
from tests.factories.consent import A_JPEG, A_PDF, A_PNG


def pdf_with(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def packed(objects: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    return pdf_with(b"5 0 obj << " + head + b" >>\nstream\n" + zlib.compress(objects) + b"\nendstream endobj")


@pytest.mark.parametrize(
    ("content", "kind"), [(A_PDF, FileKind.PDF), (A_PNG, FileKind.PNG), (A_JPEG, FileKind.JPEG)]
)
def test_the_kind_follows_from_the_content(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"<html><script>", b" %PDF-1.4\n%%EOF", b"GIF89a", b"PK\x03\x04", b"\xff\xd8"],
)
def test_what_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="geen PDF, JPEG of PNG"):
        kind_of(content)


@pytest.mark.parametrize("content", [A_PDF[:-8], A_PNG[:-10], A_JPEG[:-2], A_PNG.replace(b"IHDR", b"XXXX")])
def test_half_a_file_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="niet heel"):
        kind_of(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf_with(b"1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj"),
        pdf_with(b"1 0 obj << /S /J#61vaScript >> endobj"),
        pdf_with(b"1 0 obj << /S/Launch/F(cmd.exe) >> endobj"),
        pdf_with(b"1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj"),
        pdf_with(b"1 0 obj << /Type /EmbeddedFile >> endobj"),
        pdf_with(b"1 0 obj << /AcroForm << /XFA 2 0 R >> >> endobj"),
        packed(b"1 0 << /S /JavaScript >>"),
        packed(b"1 0 << /S /Java#53cript >>"),
        packed(b" " * (1 << 20) + b"<< /S /JavaScript >>"),
        packed(b"x" * ((1 << 20) - 5) + b"/JavaScript "),
        packed(b"<< /S /JavaScript >>", head=b"/Length 9"),
        pdf_with(b"5 0 obj << /Type /Obj#53tm /Filter /ASCIIHexDecode >>\nstream\n2F4A53>\nendstream endobj"),
    ],
)
def test_a_pdf_that_can_do_something_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="meer dan een scan"):
        kind_of(content)


def test_a_pdf_that_grows_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "INFLATED", 2 << 20)

    with pytest.raises(FileRefused, match="meer dan een scan"):
        kind_of(packed(bytes(3 << 20)))


def test_a_locked_pdf_is_refused_with_the_reason() -> None:
    with pytest.raises(FileRefused, match="wachtwoord"):
        kind_of(pdf_with(b"trailer << /Encrypt 4 0 R >>"))


def test_an_ordinary_scan_with_images_is_kept() -> None:
    image = b"5 0 obj << /Subtype /Image /Filter /DCTDecode >>\nstream\n" + A_JPEG + b"\nendstream endobj"
    objects = (
        b"6 0 obj << /Type /ObjStm >>\nstream\n" + zlib.compress(b"<< /Page 1 >>") + b"\nendstream endobj"
    )

    assert kind_of(pdf_with(objects + b"\n" + image)) == FileKind.PDF
