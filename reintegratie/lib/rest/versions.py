"""Which version does the caller change? ETag and If-Match (RFC 9110), so that nothing is overwritten silently."""

import re

from rest_framework.request import Request

from reintegratie.lib.rest.problems import InputError, Invalid, Problem

TAG = re.compile(r'^(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"$')


def etag_of(version: int) -> str:
    """The ETag of a version: strong, and the same for everybody who may see the row."""
    return f'"{version}"'


def expected_version(request: Request, current: int) -> int:
    """The version the caller says he changes.

    Raises 428 when he names none (``*`` names none either) and Invalid when it is not an entity tag. Of several tags
    the current one counts; a weak tag never matches (RFC 9110 13.1.1). Zero stands for a version that never was.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        raise Problem(428)
    tags = [tag.strip() for tag in header.split(",")]
    if not all(TAG.match(tag) for tag in tags):
        detail = 'Geef de ETag zoals u hem kreeg, met aanhalingstekens: "3".'
        raise Invalid([InputError("header", "If-Match", "invalid", detail)])
    if etag_of(current) in tags:
        return current
    return _number(tags[0])


def _number(tag: str) -> int:
    digits = tag.strip('"')
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0
