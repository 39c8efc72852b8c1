"""The application as gunicorn serves it in the withdrawal race; FORGETFUL_SECONDS makes it deliberately wrong.

The forgetful variant keeps each answer for that long and gives it again. It stands here only to show that the race
catches a server that does so.
"""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from reintegratie.wsgi import application as real

Start = Callable[..., Any]


class Forgetful:
    """Gives everybody his own last answer again while it is fresh."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], seconds: float) -> None:
        self.inner, self.seconds = inner, seconds
        self.kept: dict[tuple[str, ...], tuple[float, tuple[Any, ...], bytes]] = {}

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self.inner(environ, start)
        key = tuple(environ.get(name, "") for name in ("PATH_INFO", "HTTP_COOKIE", "HTTP_AUTHORIZATION"))
        kept = self.kept.get(key)
        if kept is None or time.monotonic() > kept[0]:
            told: list[Any] = []
            body = b"".join(self.inner(environ, lambda *head: told.extend(head)))
            kept = self.kept[key] = (time.monotonic() + self.seconds, tuple(told), body)
        start(*kept[1])
        return [kept[2]]


seconds = float(os.environ.get("FORGETFUL_SECONDS", "0"))
application = Forgetful(real, seconds) if seconds else real
