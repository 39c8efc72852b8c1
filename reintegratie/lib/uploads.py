"""What may be uploaded? One small file per request, held in memory: a paper about a person never lies on a disk of ours,
and what is too large is dropped while it comes in, before anything of it is kept.

What a file is follows from its content. Its name and what the browser says about it are not believed.
"""

import re
import zlib
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

LARGEST = 5 * 1024 * 1024
INFLATED = 40 * LARGEST
PIECE, OVERLAP = 1 << 20, 100
DROPPED = "upload.too_large"


class SmallFiles(FileUploadHandler):
    """Keeps the files of a request up to ``LARGEST`` together; the rest is read and thrown away, chunk by chunk."""

    def new_file(self, *args: Any, **options: Any) -> None:  # as Django calls it
        super().new_file(*args, **options)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = getattr(self, "_kept", 0)
        if kept + start + len(raw_data) > LARGEST:
            assert self.request is not None
            self.request.META[DROPPED] = True
            raise SkipFile
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept = getattr(self, "_kept", 0) + file_size
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    return bool(request.META.get(DROPPED))


class FileKind(StrEnum):
    """The kinds of a scan; the value is its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class FileRefused(ValueError):
    """This is no file that we keep; the text tells a person why."""


ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia\w*|XFA|SubmitForm|ImportData|GoToE|Rendition|Movie)\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
MOST_STREAMS = 2000  # a scan of a few pages has some tens
DICTIONARY = 2000  # how far before a stream its dictionary may begin

NOT_A_SCAN = (
    "Dit is geen PDF, JPEG of PNG. Kies de scan zelf; een ander bestand met een andere naam werkt niet."
)
DAMAGED = "Dit bestand is niet heel. Scan het formulier opnieuw."
LOCKED = "Deze PDF is beveiligd met een wachtwoord. Sla de scan op zonder wachtwoord."
NOT_JUST_PAPER = (
    "Deze PDF bevat meer dan een scan (een programma of een bijlage). Scan het formulier opnieuw."
)


def kind_of(content: bytes) -> FileKind:
    """Which kind of scan this is. Raises FileRefused for anything else, and for a PDF that can do something."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(FileKind.PNG, content[12:16] == b"IHDR" and b"IEND" in content[-32:])
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(FileKind.JPEG, b"\xff\xd9" in content[-1024:])
    if content.startswith(b"%PDF-"):
        _refuse_active(content)
        return _whole(FileKind.PDF, b"%%EOF" in content[-1024:])
    raise FileRefused(NOT_A_SCAN)


def _whole(kind: FileKind, complete: bool) -> FileKind:
    if not complete:
        raise FileRefused(DAMAGED)
    return kind


def _refuse_active(content: bytes) -> None:
    """A name may be written with escapes, and objects may be packed in a stream: both are looked through."""
    plain = _unescaped(content)
    if b"/Encrypt" in plain:
        raise FileRefused(LOCKED)
    if ACTIVE.search(plain):
        raise FileRefused(NOT_JUST_PAPER)
    room = INFLATED
    marks = list(STREAM.finditer(content))
    if len(marks) > MOST_STREAMS:
        raise FileRefused(NOT_JUST_PAPER)
    for mark in marks:
        room -= _refuse_active_stream(content, mark, room)


def _refuse_active_stream(content: bytes, mark: re.Match[bytes], room: int) -> int:
    """Unpack one stream piece by piece, and say how much it held. An image that is not packed this way is no matter;
    objects that cannot be unpacked, or a stream that grows beyond measure, are refused."""
    packed, place = b"", mark.end()
    unpacking, held, tail = zlib.decompressobj(), 0, b""
    try:
        while not unpacking.eof and (packed or place < len(content)):
            if not packed:  # a bite at a time: many small streams must not each copy the whole file
                packed, place = content[place : place + PIECE], place + PIECE
            piece = unpacking.decompress(packed, PIECE)
            packed = unpacking.unconsumed_tail
            held += len(piece)
            if held > room or ACTIVE.search(_unescaped(tail + piece)):
                raise FileRefused(NOT_JUST_PAPER)
            tail = piece[-OVERLAP:]
    except zlib.error:
        if b"ObjStm" in _dictionary_before(content, mark.start()):
            raise FileRefused(NOT_JUST_PAPER) from None
    return held


def _unescaped(content: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), content)


def _dictionary_before(content: bytes, end: int) -> bytes:
    before = content[max(0, end - DICTIONARY) : end]
    return _unescaped(before[before.rfind(b"endstream") + 1 :])
