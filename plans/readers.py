"""With whose eyes do we look when we decide for another party? Its own grounds at this moment, never ours."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from cases.models import CaseParty
from consent.visibility import ContentRow
from parties.models import Organisation, PartyKind, RoleKind
from parties.viewer import Viewer

READER_ROLE = {
    PartyKind.PRISON: RoleKind.CASEMANAGER,
    PartyKind.MUNICIPALITY: RoleKind.AFTERCARE_COORDINATOR,
    PartyKind.PROBATION: RoleKind.PROBATION_OFFICER,
    PartyKind.SAFETY_HOUSE: RoleKind.SAFETY_HOUSE_DIRECTOR,
}


def reader_for(organisation: Organisation, at: datetime) -> Viewer:
    """The view of whoever reads content for this organisation."""
    role = READER_ROLE.get(PartyKind(organisation.kind), RoleKind.PARTNER_CONTACT)
    return Viewer(organisation, role, at, channel="proces", process="lezer")


def readers_of(row: ContentRow, at: datetime) -> Iterator[UUID]:
    """The parties of the case that may see this row now, by the one rule itself."""
    for party in CaseParty.objects.active(at).filter(case=row.case_id).select_related("party"):
        seen = type(row).objects.visible_to(reader_for(party.party, at)).filter(pk=row.pk)
        if seen.exists():
            yield party.party_id
