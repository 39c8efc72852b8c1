"""What the detainee decided about sharing, as moments of a timeline.

The PI sees every decision. A receiving party sees what it was given and when that ended, never that something was
refused: an area without consent is absent, not 'refused' (C5.3).
"""

from cases.models import Capacity, Case, LifeDomain
from cases.timeline import Event, Line, event_of, in_order
from consent.models import Answer, Consent
from parties.viewer import Viewer


def consent_events(case: Case, viewer: Viewer, capacity: Capacity | None) -> list[Event]:
    """Every decision this viewer may know, with its end."""
    if not viewer.sees_content or capacity is None:
        return []
    lines = Consent.history.filter(case=case).select_related("recipient")
    if capacity != Capacity.PRISON:
        lines = lines.filter(recipient=viewer.organisation.pk, answer=Answer.GIVEN)
    return [event_of(line, _what(line)) for line in in_order(lines)]


def _what(line: Line) -> str:
    about = (
        f"{LifeDomain(line.domain).label} aan {line.recipient.name} (verklaring {line.declaration_number})"
    )
    if line.withdrawn_at is None:
        return f"Toestemming {Answer(line.answer).label}: {about}"
    return f"Toestemming {'vervangen' if line.replaced_by_id else 'ingetrokken'}: {about}"
