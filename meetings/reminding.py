"""Which open terms are people reminded of, from every room? Only up here it is known what stands on an agenda."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from cases.reminders import FRAME
from cases.steps import Step
from meetings.models import AgendaItem, MeetingKind, MeetingState
from plans.actions.reminders import CONTENT

WHY = "waarschuwing van het afdelingshoofd dat een MDO niet op een agenda staat"


def planned(at: datetime) -> Q:
    """The case stands on the agenda of an MDO that is still to come, and in time for the term (R149, C4)."""
    coming = AgendaItem.objects.unrestricted(reason=WHY).filter(
        case=OuterRef("case"),
        removed_at=None,
        meeting__kind=MeetingKind.MDO,
        meeting__state=MeetingState.PLANNED,
        meeting__starts_at__gte=at,
        meeting__starts_at__date__lte=OuterRef("due_on"),
    )
    return Q(step=Step.MDO_CYCLE) & Q(Exists(coming))


TERMS = replace(FRAME, prepared=planned)
SOURCES = (TERMS, CONTENT)
