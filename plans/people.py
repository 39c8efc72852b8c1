"""Which people of the network and which addresses may this viewer read (C3 code K, C6.34)?"""

from uuid import UUID

from cases.models import Case
from parties.viewer import Viewer
from plans.models import Address, NetworkMember


def members_of(case: Case, viewer: Viewer) -> list[NetworkMember]:
    rows = NetworkMember.objects.visible_to(viewer).filter(case=case)
    return list(rows.order_by("name", "pk"))


def member_for(case: Case, viewer: Viewer, key: UUID) -> NetworkMember | None:
    found: NetworkMember | None = NetworkMember.objects.visible_to(viewer).filter(case=case, pk=key).first()
    return found


def addresses_of(case: Case, viewer: Viewer) -> list[Address]:
    """The addresses, what is wanted after release first."""
    rows = Address.objects.visible_to(viewer).filter(case=case).select_related("municipality")
    return list(rows.order_by("-purpose", "-since", "created_at", "pk"))


def address_for(case: Case, viewer: Viewer, key: UUID) -> Address | None:
    rows = Address.objects.visible_to(viewer).filter(case=case, pk=key)
    found: Address | None = rows.select_related("municipality").first()
    return found
