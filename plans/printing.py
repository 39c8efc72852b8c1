"""The informatieblad, the D&R-plan and the detainee's own copy on paper. Each is made for one reader at one moment."""

from collections.abc import Iterable

from django.utils.text import capfirst

from cases.frame import CaseFrame, Part
from consent.knowledge import frame_in
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.models import Action, InformationSheet, Plan, SafetyReport, SafetyReportText, SheetPart
from plans.overview import WITHIN_PI, PlanReading
from plans.readers import reader_for
from plans.report_lines import text_facts
from plans.sheets import lines_of
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.pdf import Letterhead, render_pdf

Pairs = list[tuple[str, str]]


def sheet_pdf(sheet: InformationSheet, parts: Iterable[SheetPart], viewer: Viewer) -> bytes:
    """The sheet as it was frozen, with the domains that its reader may see at this moment (C5.3)."""
    shown = list(parts)
    return render_pdf(
        "plans/sheet",
        {
            "head": Letterhead(
                organisation=sheet.owner.name,
                for_whom=sheet.recipient.called,
                made_by=f"{viewer.name}, {viewer.organisation.name}",
                made_at=viewer.at,
                as_of=viewer.at,
                serial=serial_of(sheet),
                ground="; ".join(sorted({part.ground for part in shown})),
            ),
            "identity": _identity(sheet, viewer),
            "sent": moment_text(sheet.issued_at),
            "contact": sheet.contact,
            "state": str(sheet.get_state_display()),
            "parts": [
                {"title": str(part.get_domain_display()), "ground": part.ground, "lines": _pairs(part)}
                for part in shown
            ],
        },
        title=f"{capfirst(sheet.get_kind_display())}, versie {sheet.number}",
    )


def serial_of(sheet: InformationSheet) -> str:
    """The number that stands on the paper: case, recipient, version."""
    return f"{sheet.case.number}-{sheet.recipient.code}-{sheet.number}"


def _pairs(part: SheetPart) -> Pairs:
    return [(line.label, line.value) for line in lines_of(part.content)]


def _identity(sheet: InformationSheet, viewer: Viewer) -> Pairs:
    """Who it is about, as far as the law lets the recipient know it; a BSN for a gemeente only (R21, UAVG 46)."""
    frame = frame_in(sheet.case, reader_for(sheet.recipient, viewer.at))
    pairs = identity_pairs(frame, with_bsn=sheet.recipient.kind == PartyKind.MUNICIPALITY)
    return [*pairs, ("Inrichting", frame.facility.name if frame.facility else "")]


def identity_pairs(frame: CaseFrame, *, with_bsn: bool) -> Pairs:
    """The identity block of a document; what is not known is said."""
    pairs = [("Naam", frame.name), ("Zaaknummer", frame.number)]
    if Part.IDENTITY in frame.knows:
        pairs += [
            ("Geboren", day_text(frame.birth_date)),
            ("BSN", (frame.bsn or "onbekend") if with_bsn else ""),
        ]
    if Part.DETENTION in frame.knows:
        pairs += [
            ("Begin detentie", day_text(frame.entered_on)),
            ("Verwachte einddatum", day_text(frame.expected_release_on)),
        ]
    if Part.IDENTITY in frame.knows:
        origin, resettlement = frame.origin_municipality, frame.resettlement_municipality
        pairs += [
            ("Gemeente van herkomst", origin.name if origin else "onbekend"),
            ("Gemeente van hervestiging", resettlement.name if resettlement else ""),
        ]
    return [(label, value) for label, value in pairs if value]


def plan_pdf(plan: Plan, reading: PlanReading, viewer: Viewer, frame: CaseFrame) -> bytes:
    """The internal D&R-plan (C5.7): the three parts, goals and actions, the view of the detainee."""
    return render_pdf(
        "plans/plan",
        {
            "head": _plan_head(plan, viewer, for_whom=f"{plan.owner.name}, intern"),
            "identity": identity_pairs(frame, with_bsn=False),
            "state": _plan_state(plan),
            "inner": [
                ("Zorg en begeleiding", plan.care_part),
                ("Veiligheid en beveiliging", plan.security_part),
                ("Re-integratie en resocialisatie", plan.reintegration_part),
            ],
            "sections": _printed_sections(reading),
        },
        title=f"D&R-plan {frame.number}",
    )


def own_plan_pdf(plan: Plan, reading: PlanReading, viewer: Viewer, frame: CaseFrame) -> bytes:
    """The detainee's own copy: goals and who does what, without the internal parts, in plain Dutch (quality 5)."""
    return render_pdf(
        "plans/own_plan",
        {
            "head": _plan_head(plan, viewer, for_whom=frame.name),
            "casemanager": viewer.name,
            "discussed": plan.discussed_on is not None,
            "sections": [section for section in _printed_sections(reading) if section["title"] != WITHIN_PI],
        },
        title="Mijn plan voor na mijn detentie",
    )


def _plan_head(plan: Plan, viewer: Viewer, *, for_whom: str) -> Letterhead:
    return Letterhead(
        organisation=plan.owner.name,
        for_whom=for_whom,
        made_by=f"{viewer.name}, {viewer.organisation.name}",
        made_at=viewer.at,
        as_of=viewer.at,
        serial=f"{plan.case.number}-plan-{plan.adopted_number}",
        ground="Pbw art. 18a",
    )


def _plan_state(plan: Plan) -> Pairs:
    pairs = [
        ("Status", str(plan.get_state_display())),
        ("Regie", plan.lead.called if plan.lead else "nog niemand"),
        (
            "Vastgesteld",
            f"versie {plan.adopted_number}, {day_text(plan.adopted_on)}" if plan.adopted_on else "nog niet",
        ),
        ("Besproken", day_text(plan.discussed_on) if plan.discussed_on else "nog niet"),
        ("Reactie gedetineerde", str(plan.get_detainee_view_display())),
        ("Toelichting", plan.detainee_note),
    ]
    return [(label, value) for label, value in pairs if value]


def _printed_sections(reading: PlanReading) -> list[dict[str, object]]:
    """Domains with something in them, each goal with its actions, as texts."""
    return [
        {
            "title": section.label,
            "goals": [
                {
                    "text": goal.goal.text if goal.goal else "",
                    "kind": str(goal.goal.get_kind_display()) if goal.goal else "",
                    "state": str(goal.goal.get_state_display()) if goal.goal else "",
                    "actions": [_printed_action(entry.action) for entry in goal.actions],
                }
                for goal in section.goals
            ],
        }
        for section in reading.sections
        if section.goals
    ]


def _printed_action(action: Action) -> dict[str, str]:
    return {
        "text": action.text,
        "who": f"{action.assignee.called}{f' ({action.worker.name})' if action.worker else ''}",
        "due": day_text(action.due_on, unknown="geen datum"),
        "when": f"uiterlijk {day_text(action.due_on)}" if action.due_on else "nog geen datum",
        "state": str(action.get_state_display()),
        "result": action.result,
    }


def report_pdf(report: SafetyReport, text: SafetyReportText, viewer: Viewer) -> bytes:
    """Who it is about, where, why, and until when it may be kept."""
    return render_pdf(
        "plans/report",
        {
            "head": Letterhead(
                organisation=report.owner.name,
                for_whom=report.recipient.called,
                made_by=f"{viewer.name}, {viewer.organisation.name}",
                made_at=viewer.at,
                as_of=viewer.at,
                serial=report.serial,
                ground=report.article,
            ),
            "facts": [(fact.label, fact.value) for fact in text_facts(report, text)],
            "sent": moment_text(report.sent_at),
            "until": day_text(report.closes_on),
        },
        title=str(report.get_kind_display()),
    )
