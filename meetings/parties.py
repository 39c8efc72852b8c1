"""Which organisations can be invited to an item, and to whom can an action of it be given?"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import CaseParty
from meetings import rules
from meetings.models import AgendaItem
from parties.models import Organisation
from parties.viewer import Viewer


def parties_of(item: AgendaItem, viewer: Viewer) -> QuerySet[Organisation]:
    """Who takes part in the case now."""
    taking_part = CaseParty.objects.active(viewer.at).filter(case=item.case_id, party=OuterRef("pk"))
    return Organisation.objects.filter(Exists(taking_part)).order_by("name", "code")


def who_may_be_invited(item: AgendaItem, viewer: Viewer) -> QuerySet[Organisation]:
    """The other parties of the case, and netwerkpartners that exist today (R131)."""
    taking_part = CaseParty.objects.active(viewer.at).filter(case=item.case_id, party=OuterRef("pk"))
    guests = Q(kind__in=rules.GUEST_KINDS)
    return (
        Organisation.objects.valid_on(viewer.on)
        .filter(guests | Q(Exists(taking_part)))
        .exclude(pk=viewer.organisation.pk)
        .order_by("kind", "name", "code")
    )
