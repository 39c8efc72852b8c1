"""Rows that are shielded by what they say of themselves: who is close enough, and what becomes of their past."""

from typing import Self

from django.db.models import Exists, OuterRef, Q

from cases.models import Capacity, CaseParty
from consent.visibility import ContentHistoryQuerySet
from parties.viewer import Viewer
from reintegratie.lib.history import History

AT_A_DISTANCE = (Capacity.PARTNER, Capacity.GUEST)
"""Who follows his own part only (C3, column NP)."""


class AsItStandsQuerySet(ContentHistoryQuerySet):
    """Lines of rows that the viewer may see as they stand now.

    An address that turns out to be secret, a member who turns out to be the victim and a note of the wrong kind are
    shielded in their past as well (C6.34, C6.36, C6.54).
    """

    def visible_to(self, viewer: Viewer) -> Self:
        """As every history, of rows that are visible today."""
        row_class = self.model.instance_type
        now = row_class.objects.visible_to(viewer).filter(pk=OuterRef("id"))
        return super().visible_to(viewer).filter(Exists(now))


def history_as_it_stands() -> History:
    """History of a content table whose rows shield themselves."""
    return History(historical_queryset=AsItStandsQuerySet)


def works_closely(viewer: Viewer) -> Q:
    """The viewer's organisation takes part as more than a netwerkpartner or guest."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
    return Q(Exists(mine.exclude(capacity__in=AT_A_DISTANCE)))


def keeps_the_file(viewer: Viewer) -> Q:
    """The viewer's organisation is the PI of stay."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"))
    return Q(Exists(mine.filter(capacity=Capacity.PRISON)))
