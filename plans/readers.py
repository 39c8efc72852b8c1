"""With whose eyes do we look when we decide for another party? Its own grounds at this moment, never ours."""

from datetime import datetime
from uuid import UUID

from django.db.models import UUIDField, Value

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


def readers_of(row: ContentRow, at: datetime) -> list[UUID]:
    """The parties of the case that may see this row now, by the one rule itself, in one statement for all of them."""
    parties = CaseParty.objects.active(at).filter(case=row.case_id).select_related("party")
    seen = [
        type(row)
        .objects.visible_to(reader_for(one.party, at))
        .filter(pk=row.pk)
        .annotate(reader=Value(one.party_id, output_field=UUIDField()))
        .values_list("reader", flat=True)
        for one in parties
    ]
    return list(seen[0].union(*seen[1:], all=True)) if seen else []


def others_reading(row: ContentRow, at: datetime) -> list[Organisation]:
    """Which organisations beside the row's own may read it at this moment, by the one rule itself."""
    readers = set(readers_of(row, at)) - {row.owner_id}
    return list(Organisation.objects.filter(pk__in=readers).order_by("name", "code"))
