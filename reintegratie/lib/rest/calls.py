"""Which call is this? The key a client chose for it, and what the key is bound to (contract 4)."""

import json
import re

from rest_framework.request import Request

from reintegratie.lib.rest.problems import InputError, Invalid

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")


def key_of(request: Request) -> str:
    """The key of this call, empty when the client gave none. Raises Invalid."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        detail = "Gebruik 1 tot 200 tekens zonder spaties, bijvoorbeeld een UUID."
        raise Invalid([InputError("header", HEADER, "invalid", detail)])
    return key


def content_of(request: Request) -> bytes:
    """Everything that makes this call what it is: method, address, version and body."""
    body = json.dumps(request.data, sort_keys=True)
    return "\n".join((request.method or "", request.path, request.headers.get("If-Match", ""), body)).encode()
