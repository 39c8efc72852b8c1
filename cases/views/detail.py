"""The page of one case: who, where, until when, and what must be done now."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules
from cases.access import case_for
from cases.ending import is_inside
from cases.events import Setter
from cases.frame import CaseFrame, Part
from cases.insiders import keeps_shield
from cases.models import (
    Capacity,
    Case,
    CaseParty,
    CustodyTitle,
    DeadlineStatus,
    InflowType,
    Programme,
)
from cases.process import steps_for
from cases.views.term_lines import AnyTerm, in_turn, term_line
from cases.views.what_now import action_item, what_now
from consent.page import case_context
from meetings.overview import overview_of
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from plans.models import ContentTerm
from plans.querysets import DomainCard, domain_cards
from plans.rules import may_screen

STANDING = (DeadlineStatus.OPEN, DeadlineStatus.SUSPENDED)
SHOWN_TERMS = 6


@require_safe
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything a party needs next, in twelve statements: frame, terms, cards, and one for the rest (quality Q1)."""
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk)
    context = case_context(viewer, case, "overzicht")
    capacity = context["capacity"]
    require(rules.may_open_page(viewer, capacity, "overzicht"))
    overview = overview_of(case, viewer)
    request.bell = overview.bell  # type: ignore[attr-defined]  # the shell need not ask again
    terms = _terms(case, viewer, capacity, context["frame"], overview.terms)
    cards = _cards(case, viewer, capacity)
    now = what_now(overview, terms, viewer, case, capacity)
    plan = f"{case.get_absolute_url()}plan/"
    page = {
        "terms": [term_line(row, viewer.on) for row in terms[:SHOWN_TERMS]],
        "cards": cards,
        "over": not is_inside(case.phase),
        "leads": rules.may_lead(viewer, manages=capacity == Capacity.PRISON),
        "readable": capacity in rules.WORKING or bool(now["own_actions"]) or any(card.open for card in cards),
        "people": [
            _contact(row, viewer)
            for row in context["parties"]
            if rules.knows_party(viewer, context["frame"].knows, row)
        ],
        "facts": _facts(context["frame"]),
        "bij_url": f"{case.get_absolute_url()}bijzondere-meldingen/"
        if rules.may_open_page(viewer, capacity, "bijzondere-meldingen")
        else "",
        "may": _may(viewer, case, capacity, context["parties"]),
        "actions": [action_item(action, viewer, plan) for action in overview.actions],
        "plan": overview.plan,
        "meetings": overview.meetings,
        **now,
    }
    return TemplateResponse(request, "cases/case_detail.html", {**context, **page})


def _cards(case: Case, viewer: Viewer, capacity: Capacity | None) -> list[DomainCard]:
    screens = may_screen(viewer, manages=capacity == Capacity.PRISON, phase=case.phase)
    return domain_cards(case, viewer, screens=screens)


def _terms(
    case: Case,
    viewer: Viewer,
    capacity: Capacity | None,
    frame: CaseFrame,
    of_content: Sequence[ContentTerm],
) -> list[AnyTerm]:
    """What still runs for this party; what was met stands on the page of the terms. A term tells the dates."""
    if Part.DETENTION not in frame.knows or capacity not in rules.WORKING:
        return []
    mine = case.deadlines.for_steps(steps_for(capacity)).filter(status__in=STANDING)
    return in_turn([*mine, *of_content])


def _contact(row: CaseParty, viewer: Viewer) -> dict[str, Any]:  # the template's context
    """The fixed point of contact of a party: a person, or else the organisation itself (R37)."""
    worker, party = row.worker, row.party
    return {
        "row": row.key,
        "party": party.called,
        "capacity": str(Capacity(row.capacity).label),
        "assignment": row.assignment,
        "unit": row.unit if row.party_id == viewer.organisation.pk else "",  # an affair of the PI itself
        "worker": worker.name if worker else "",
        "phone": (worker.phone if worker else "") or party.phone,
        "email": worker.email if worker else party.email,
    }


def _facts(frame: CaseFrame) -> list[dict[str, str]]:
    """The rest of the frame for who may know it; what this party may not know is not even named."""
    facts = [("BSN", frame.bsn or "onbekend")] if Part.IDENTITY in frame.knows else []
    if Part.COURSE in frame.knows:
        facts += [
            ("Instroom", str(InflowType(frame.inflow_type).label)),
            ("Titel", str(CustodyTitle(frame.custody_title).label)),
            ("Programma", str(Programme(frame.programme).label)),
        ]
    if frame.post_release_title:
        facts.append(("Titel na ontslag", frame.post_release_title))
    return [{"label": label, "value": value} for label, value in facts]


def _shielding(viewer: Viewer, parties: Sequence[CaseParty]) -> dict[str, Any]:  # the template's context
    own = next((row for row in parties if row.party_id == viewer.organisation.pk), None)
    if own is None or own.capacity not in rules.WORKING:
        return {}
    label = "Afscherming" if own.named_only else "Zaak afschermen"
    return {
        "shield": rules.may_shield(viewer, keeps=keeps_shield(own, viewer)),
        "shield_label": label,
    }


def _setters(viewer: Viewer, case: Case, parties: Sequence[CaseParty]) -> tuple[Setter, ...]:
    own = next((row for row in parties if row.party_id == viewer.organisation.pk), None)
    return rules.phase_setters(
        viewer,
        manages=own is not None and own.capacity == Capacity.PRISON,
        contributes=own is not None and own.capacity in rules.GOING_ON,
        on_title=own is not None and own.works_by_dates,
        phase=case.phase,
    )


def _may(
    viewer: Viewer, case: Case, capacity: Capacity | None, parties: Sequence[CaseParty]
) -> dict[str, Any]:  # the template's context
    """Which buttons are drawn. The page behind each asks the same rule again, with guardian's permission."""
    manages, works = capacity == Capacity.PRISON, capacity in rules.WORKING
    ends = {row.key for row in parties if rules.may_end_involvement(viewer, row, manages=manages)}
    return {
        "assign": rules.may_assign_worker(viewer, works=works, phase=case.phase),
        "assign_label": "Behandelaar en afdeling" if manages else "Behandelaar kiezen",
        "involve": rules.may_involve_probation(viewer, manages=manages, phase=case.phase),
        "municipality": rules.may_choose_municipality(viewer, manages=manages, phase=case.phase),
        "end": ends,
        "phase": bool(_setters(viewer, case, parties)),
        **_shielding(viewer, parties),
    }
