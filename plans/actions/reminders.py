"""Remind of terms that reveal content: only who may see the term now hears that there is one, in the words of any term."""

from datetime import datetime
from typing import Any

from cases.actions import remind
from cases.models import CaseParty, DeadlineStatus
from cases.reminders import Hears, Source
from cases.steps import Room
from plans.models import ContentTerm
from plans.readers import reader_for

REASON = "herinneren aan termijnen; wie er niets van mag weten hoort niets"


def remind_of_content(*, at: datetime) -> int:
    """Write every reminder and escalation that is due; safe to run twice (:func:`cases.actions.remind`)."""
    return remind(at=at, source=CONTENT)


def open_content_terms() -> Any:  # the queryset of a content table
    """Every open term of content, of any case."""
    return ContentTerm.objects.unrestricted(reason=REASON).filter(status=DeadlineStatus.OPEN)


def who_may_know(terms: list[ContentTerm], parties: list[CaseParty], at: datetime) -> Hears:
    """Which organisation may see which of these terms at this moment, by the one rule; a statement per organisation."""
    keys = [term.pk for term in terms]
    organisations = {row.party_id: row.party for row in parties}
    return {
        (key, party)
        for party, organisation in organisations.items()
        for key in ContentTerm.objects.visible_to(reader_for(organisation, at))
        .filter(pk__in=keys)
        .values_list("pk", flat=True)
    }


CONTENT = Source(open_content_terms, Room.CONTENT, who_may_know)
