"""What every sheet of consent says about itself."""

from cases.models import Case
from parties.viewer import Viewer
from reintegratie.lib.pdf import Letterhead


def letterhead(case: Case, viewer: Viewer, number: str, *, for_whom: str, ground: str) -> Letterhead:
    """Who printed it, for whom, when and under which number (quality 2.10)."""
    return Letterhead(
        organisation=viewer.organisation.name,
        for_whom=for_whom,
        made_by=f"{viewer.name}, {viewer.organisation.name}",
        made_at=viewer.at,
        as_of=viewer.at,
        serial=number,
        ground=ground,
    )
