"""The toestemmingsverklaring, the intrekkingsverklaring and the verstrekkingenoverzicht on paper (C5.1, C5.2, C5.19)."""

from collections.abc import Iterable

from cases.models import Case, LifeDomain
from consent.declarations import Declaration
from consent.models import Answer, Consent
from consent.numbers import declaration_number_for
from consent.reading_log import Given, LogLine
from consent.texts import CURRENT_VERSION, declaration_text
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.pdf import Letterhead, render_pdf
from reintegratie.lib.workdays import AMSTERDAM, last_day_before

GROUND = "toestemming van de betrokkene (Handreiking par. 2.3)"


def blank_declaration(case: Case, recipient: Organisation, viewer: Viewer) -> tuple[str, bytes]:
    """A declaration to talk through and to sign, with its number."""
    number = declaration_number_for(case, recipient, viewer.at)
    text = declaration_text(CURRENT_VERSION, recipient.name)
    return number, _declaration(
        case, recipient, viewer, number, text_version=text.version, answers={}, filled=[]
    )


def recorded_declaration(case: Case, paper: Declaration, viewer: Viewer) -> bytes:
    """A declaration as it was recorded, in the words it had then."""
    filled = [
        ("Gegeven", moment_text(paper.given_at)),
        ("Vastgelegd", f"{moment_text(paper.recorded_at)}, door {paper.recorded_by}"),
        ("Bewijs", paper.evidence),
        ("Taal", paper.language),
        ("Uitleg", paper.explained_how or "niet ingevuld"),
        ("Vertegenwoordiger", paper.representative or "geen"),
        (
            "Geldt tot en met",
            day_text(last_day_before(paper.valid_until))
            if paper.valid_until
            else "einde detentie of intrekking",
        ),
    ]
    return _declaration(
        case,
        paper.recipient,
        viewer,
        paper.number,
        text_version=paper.text_version,
        answers=paper.answers,
        filled=filled,
        endings=paper.endings,
    )


def _declaration(
    case: Case,
    recipient: Organisation,
    viewer: Viewer,
    number: str,
    *,
    text_version: str,
    answers: dict[str, str],
    filled: list[tuple[str, str]],
    endings: Iterable[tuple[str, str]] = (),
) -> bytes:
    text = declaration_text(text_version, recipient.name)
    subjects = [
        {
            "title": str(domain.label),
            "what": text.subjects[domain],
            "yes": answers.get(domain) == Answer.GIVEN,
            "no": answers.get(domain) == Answer.REFUSED,
        }
        for domain in LifeDomain
    ]
    data = {
        "head": letterhead(case, viewer, number, for_whom=case.detainee.full_name, ground=GROUND),
        "about": _about(case, recipient, viewer),
        "text": text,
        "subjects": subjects,
        "filled": filled,
        "endings": list(endings),
    }
    return render_pdf("consent/declaration", data, title=text.title)


def withdrawal_pdf(case: Case, consents: list[Consent], viewer: Viewer) -> tuple[str, bytes]:
    """To sign before it is recorded, or as proof afterwards; it names the consent it ends (C5.2)."""
    recipient = consents[0].recipient
    text = declaration_text(consents[0].text_version, recipient.name).withdrawal
    lines = [
        {
            "domain": str(LifeDomain(row.domain).label),
            "number": row.declaration_number,
            "given": moment_text(row.given_at),
            "ended": moment_text(row.withdrawn_at) if row.withdrawn_at else "",
        }
        for row in consents
    ]
    number = declaration_number_for(case, recipient, viewer.at).replace("TV-", "IV-", 1)
    data = {
        "head": letterhead(case, viewer, number, for_whom=case.detainee.full_name, ground=""),
        "about": _about(case, recipient, viewer),
        "text": text,
        "lines": lines,
        "recorded": all(row.withdrawn_at for row in consents),
        "reason": "; ".join(sorted({row.withdrawal_reason for row in consents if row.withdrawal_reason})),
    }
    return number, render_pdf("consent/withdrawal", data, title=text.title)


def overview_pdf(
    case: Case,
    viewer: Viewer,
    disclosures: Iterable[Given],
    lines: Iterable[LogLine],
    *,
    period: str,
    named: bool,
) -> tuple[str, bytes]:
    """The register and the log of one controller about one person; without the names of who worked on it (C5.19)."""
    number = f"VO-{case.number}-{viewer.at.astimezone(AMSTERDAM):%y%m%d%H%M%S}"
    data = {
        "head": letterhead(
            case,
            viewer,
            number,
            for_whom=case.detainee.full_name if named else f"zaak {case.number}",
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


def _about(case: Case, recipient: Organisation, viewer: Viewer) -> list[tuple[str, str]]:
    """Whom it is about; no BSN on a paper that needs none (UAVG 46)."""
    return [
        ("Naam", case.detainee.full_name),
        ("Geboren", day_text(case.detainee.birth_date)),
        ("Zaaknummer", case.number),
        ("Inrichting", viewer.organisation.name),
        ("Casemanager", viewer.name),
        ("Delen met", recipient.called),
    ]
