"""To whom may a detainee say yes or no? Every party of the case that is not the PI of stay."""

from datetime import datetime

from cases.models import Capacity, Case, CaseParty
from parties.models import Organisation
from reintegratie.lib.workdays import day_of


def recipients_of(case: Case, at: datetime) -> list[Organisation]:
    """The organisations that take part now and need a ground, by name (R34: each is asked about separately).

    A merged gemeente receives nothing any more, and its consents do not move to its successor (C6.28).
    """
    rows = (
        CaseParty.objects.active(at)
        .filter(case=case)
        .exclude(capacity=Capacity.PRISON)
        .select_related("party")
        .order_by("party__name", "party__code")
    )
    return [row.party for row in rows if not row.party.has_ended(day_of(at))]
