"""Meetings as a chair would have made them."""

from datetime import UTC, datetime

import factory

from cases.models import Case
from meetings.actions import add_item
from meetings.models import AgendaItem, ItemKind, Meeting
from parties.viewer import Viewer
from tests.factories.base import TrackedFactory
from tests.factories.parties import OrganisationFactory, UserFactory

MEETING_DAY = datetime(2026, 5, 18, 7, 30, tzinfo=UTC)
"""Monday 18 May 2026, half past nine in Amsterdam: four weeks after the entry in `case`."""


class MeetingFactory(TrackedFactory):
    class Meta:
        model = Meeting

    organisation = factory.SubFactory(OrganisationFactory)
    starts_at = MEETING_DAY
    place = "Overlegkamer 2"
    chair = factory.SubFactory(UserFactory)


def on_agenda(
    meeting: Meeting, case: Case, by: Viewer, kind: str = ItemKind.REVIEW, **more: object
) -> AgendaItem:
    """Put a case on the agenda through the real action."""
    return add_item(meeting=meeting, case=case, kind=kind, by=by, at=by.at, **more)
