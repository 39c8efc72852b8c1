"""What did this viewer read of a case, and on which ground? One ledger line per page or print (quality 2.5)."""

from collections.abc import Iterable

from cases.models import Case
from consent.visibility import Sight, sight_of
from parties import ledger
from parties.viewer import Viewer

LONGEST_GROUND = 200


def record_reading(
    viewer: Viewer,
    case: Case,
    action: str,
    *,
    domains: Iterable[str],
    sight: Sight | None = None,
    object_kind: str = "",
    object_id: object = "",
) -> None:
    """Write which domains were shown, and the codes of the grounds that opened them."""
    shown = tuple(sorted({domain for domain in domains if domain}))
    opened = sight if sight is not None else sight_of(viewer, case)
    subject = ledger.Subject(case.detainee_id, case.pk, ground=ground_codes(opened, shown), domains=shown)
    ledger.record(viewer, action, subjects=[subject], object_kind=object_kind, object_id=object_id)


def ground_codes(sight: Sight, domains: Iterable[str]) -> str:
    """The codes and references behind these domains; a row without a ground is one's own (C3: own actions)."""
    grounds = [sight.ground_of(domain) for domain in domains]
    texts = {f"{ground.code} {ground.reference}".strip() if ground else "EIGEN" for ground in grounds}
    return "; ".join(sorted(texts))[:LONGEST_GROUND]
