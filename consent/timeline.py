"""What the detainee decided about sharing, as moments of a timeline.

The PI sees every decision. A receiving party sees what it was given and when that ended, never that something was
refused: an area without consent is absent, not 'refused' (C5.3).
"""

from dataclasses import replace

from cases.models import Capacity, Case, LifeDomain
from cases.timeline import Event, Line, event_of, in_order
from consent.models import Answer, Consent, ThirdPartyConsent
from parties.viewer import Viewer


def consent_events(case: Case, viewer: Viewer, capacity: Capacity | None) -> list[Event]:
    """Every decision this viewer may know, with its end."""
    if not viewer.sees_content or capacity is None:
        return []
    lines = Consent.history.filter(case=case).select_related("recipient")
    if capacity == Capacity.PRISON:
        others = ThirdPartyConsent.history.filter(case=case).select_related("recipient")
        told = [event_of(line, _what_other(line)) for line in in_order(others)]
        return told + [event_of(line, _what(line)) for line in in_order(lines)]
    received = lines.filter(recipient=viewer.organisation.pk, answer=Answer.GIVEN)
    opened = received.exclude(history_type="+", withdrawn_at__isnull=False)  # came in late, opened nothing
    return [_told_to_receiver(line) for line in in_order(opened)]


def _what(line: Line) -> str:
    if line.withdrawn_at is None:
        return f"Toestemming {Answer(line.answer).label}: {_about(line)}"
    return f"Toestemming {'vervangen' if line.replaced_by_id else 'ingetrokken'}: {_about(line)}"


def _what_other(line: Line) -> str:
    """What a third party decided about himself; who he is stands with the network (C3 code K)."""
    answer = Answer(line.answer).label
    if line.withdrawn_at is not None:
        answer = "vervangen" if line.replaced_by_id else "ingetrokken"
    return f"Toestemming van een derde {answer}: aan {line.recipient.called}"


def _told_to_receiver(line: Line) -> Event:
    """That a consent began or ended; not whether it was withdrawn or turned into a no, and not why (C3 note 9)."""
    what = "beëindigd" if line.withdrawn_at else "gegeven"
    return replace(event_of(line, f"Toestemming {what}: {_about(line)}"), why="")


def _about(line: Line) -> str:
    return (
        f"{LifeDomain(line.domain).label} aan {line.recipient.called} (verklaring {line.declaration_number})"
    )
