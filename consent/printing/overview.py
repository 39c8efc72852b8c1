"""The verstrekkingenoverzicht on paper (C5.19)."""

from collections.abc import Iterable

from cases.models import Case
from consent.printing.head import letterhead
from consent.reading_log import Given, LogLine
from parties.viewer import Viewer
from reintegratie.lib.pdf import render_pdf
from reintegratie.lib.workdays import AMSTERDAM


def overview_pdf(
    case: Case,
    viewer: Viewer,
    disclosures: Iterable[Given],
    lines: Iterable[LogLine],
    *,
    period: str,
    for_whom: str,
) -> tuple[str, bytes]:
    """The register and the log of one controller about one person; without the names of who worked on it (C5.19)."""
    number = f"VO-{case.number}-{viewer.at.astimezone(AMSTERDAM):%y%m%d%H%M%S}"
    data = {
        "head": letterhead(
            case,
            viewer,
            number,
            for_whom=for_whom,
            ground="Wjsg 51b en 51c; AVG art. 15",
        ),
        "period": period,
        "controller": viewer.organisation.name,
        "disclosures": [_printed(row) for row in disclosures],
        "lines": [
            [
                line.when,
                line.role or "automatisch",
                f"{line.what} ({line.repeated})" if line.repeated else line.what,
                line.domains,
                line.ground,
            ]
            for line in lines
        ],
    }
    return number, render_pdf("consent/overview", data, title="Overzicht van verstrekkingen en inzage")


def _printed(row: Given) -> dict[str, object]:
    facts = [
        ("Wanneer", row.when),
        ("Van en aan", f"{row.sender} aan {row.recipient}"),
        ("Leefgebieden", row.domains or "geen"),
        ("Grondslag", row.grounds or "geen"),
        ("Noodzaak", row.necessity),
        ("Geopend", row.opened),
        ("Zaak", row.case_number),
    ]
    return {"what": f"{row.kind}, versie {row.version}", "facts": [fact for fact in facts if fact[1]]}
