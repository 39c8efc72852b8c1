"""One trace id per request or task, so that both ledgers and the logs tell the same story (W3C Trace Context)."""

import secrets
from contextvars import ContextVar

_trace_id: ContextVar[str] = ContextVar("trace_id", default="")


def begin_trace(parent: str = "") -> str:
    """Start a trace and return its 32 hex digits; a well-formed ``traceparent`` header is continued."""
    parts = parent.split("-")
    known = (
        parts[1]
        if len(parts) == 4 and len(parts[1]) == 32 and set(parts[1]) <= set("0123456789abcdef")
        else ""
    )
    trace_id = known if known.strip("0") else secrets.token_hex(16)
    _trace_id.set(trace_id)
    return trace_id


def current_trace() -> str:
    """The trace of this request or task; outside both a new one is begun."""
    return _trace_id.get() or begin_trace()


def new_span() -> str:
    """16 hex digits that name one operation within the trace."""
    return secrets.token_hex(8)
