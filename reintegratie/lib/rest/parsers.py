"""How a body is read: JSON of a bounded size."""

import io
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from reintegratie.lib.rest.problems import Problem

MOST_BYTES = 1_000_000


class LimitedJSONParser(JSONParser):
    """JSON of at most a megabyte, not nested without end."""

    def parse(
        self, stream: Any, media_type: Any = None, parser_context: Any = None
    ) -> Any:  # as the framework
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Problem(413)
        try:
            return super().parse(io.BytesIO(content), media_type, parser_context)
        except RecursionError as exc:
            raise ParseError from exc


class MergePatchParser(LimitedJSONParser):
    """The same JSON under the name that a PATCH may give it (RFC 7396)."""

    media_type = "application/merge-patch+json"
