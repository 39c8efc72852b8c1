"""Reports as the PI sends them, and what somebody finds of them. Shared by the tests of the own channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from parties.viewer import Viewer
from plans.models import SafetyReport, SafetyReportText

LEAVE = date(2026, 6, 1)
"""A leave within three months of the day on which everybody looks."""
ADDRESS, OFFENCE, CONDITIONS, RISK = "CANARY-adres", "CANARY-delict", "CANARY-voorwaarde", "CANARY-risico"

Send = Callable[..., SafetyReport]


def heads(viewer: Viewer) -> list[SafetyReport]:
    return list(SafetyReport.objects.visible_to(viewer))


def texts(viewer: Viewer) -> list[SafetyReportText]:
    return list(SafetyReportText.objects.visible_to(viewer))


def at_(viewer: Viewer, at: datetime) -> Viewer:
    """The same person at another moment."""
    return replace(viewer, at=at)
