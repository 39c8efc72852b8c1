"""The meetings of one case, on its own tab: those in which the viewer has a part."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.access import case_for
from cases.rules import may_open_page
from consent.page import case_context
from meetings import rules
from meetings.access import decisions_of, items_of, notes_of
from meetings.models import AgendaItem, Decision, ItemKind
from parties.rules import require
from parties.viewer import viewer_of

PAGE = "overleggen"


@dataclass(frozen=True)
class Line:
    """One meeting with this case, and what it decided on it as far as this viewer may see."""

    item: AgendaItem
    subject: str
    decisions: list[Decision]


@require_safe
def case_meetings(request: HttpRequest, pk: UUID) -> HttpResponse:
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action="overleggen-van-zaak")
    context = case_context(viewer, case, PAGE)
    require(may_open_page(viewer, context["capacity"], PAGE))
    items = items_of(viewer).filter(case=case).select_related("meeting__organisation")
    notes = {note.item_id: note for note in notes_of(viewer).filter(case=case)}
    decisions: dict[UUID, list[Decision]] = {}
    for decision in decisions_of(viewer).filter(case=case).select_related("assignee"):
        decisions.setdefault(decision.item_id, []).append(decision)
    lines = [
        Line(
            item=item,
            subject=str(ItemKind(notes[item.pk].kind if item.pk in notes else item.kind).label),
            decisions=decisions.get(item.pk, []),
        )
        for item in items.order_by(Coalesce("meeting__held_at", "meeting__starts_at").desc(), "pk")
    ]
    more = {"lines": lines, "may_plan": rules.may_plan_meeting(viewer)}
    return TemplateResponse(request, "meetings/case_meetings.html", {**context, **more})
