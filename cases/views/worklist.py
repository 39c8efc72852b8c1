"""The start page: what this person must do today."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import worklist
from cases.forms import WorklistFilter
from cases.frame import Part
from cases.models import CaseParty
from cases.views.lists import line_of, subjects_of
from cases.views.paging import Turn, cut, pager_of, turn_of
from cases.views.work_lines import action_line, content_term_line, invitation_line, sheet_line, task_line
from cases.worklist import Scope, State, Worker
from consent.knowledge import knowing, with_knowledge
from consent.rules import may_list_ending
from meetings.desk import Desk, conditions, desk_of
from meetings.work import PLANNING_PARTIES
from parties import ledger
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer, viewer_of
from plans.rules import may_open_reports
from reintegratie.lib.keyset import DayCursor, day_cursor

PAGE_SIZE = 50
COUNTER_TONES = {State.LATE: "danger", State.COMING: "warning", State.WAITING: "neutral"}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The werkvoorraad for who works on cases; beheer and the privacy officer have another first page."""
    viewer = viewer_of(request, at=timezone.now())
    if viewer.has_role(RoleKind.FUNCTIONAL_ADMIN):
        return redirect("/beheer/")
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        return redirect("/zaken/")
    if not viewer.sees_content and may_open_reports(viewer):
        return redirect("/bijzondere-meldingen/")
    if not viewer.sees_content:
        return TemplateResponse(request, "cases/no_worklist.html", {})
    return _worklist(request, viewer)


@dataclass(frozen=True)
class Asked:
    """What was asked of the list, after everything unknown was put aside."""

    scope: Scope
    state: State | None
    turn: Turn[DayCursor]
    ignored: bool

    @property
    def filters(self) -> dict[str, str]:
        """The filters as they stand in an address; never a name or a number of a person."""
        filters = {
            "behandelaar": str(self.scope.worker or ""),
            "stand": str(self.state or ""),
            "gemeente": str(self.scope.municipality or ""),
            "inrichting": str(self.scope.facility or ""),
        }
        return {key: value for key, value in filters.items() if value}


def _worklist(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = WorklistFilter(request.GET)
    asked = _asked(request, form, viewer)
    desk = desk_of(viewer, asked.scope)
    rows, more = _rows(viewer, asked)
    ledger.record(
        viewer,
        "werkvoorraad-inzien",
        subjects={s.case_id: s for s in (*subjects_of(rows), *(w.subject for w in desk.work))}.values(),
        object_kind="lijst",
    )
    if asked.ignored:
        messages.warning(request, "Een filter in dit adres bestaat niet (meer) en is niet toegepast.")
    request.bell = desk.bell  # type: ignore[attr-defined]  # the shell need not ask again
    form.show_worker(Worker.MINE if desk.has_own else Worker.ALL)
    form.offer(
        municipalities=((c.id, c.name) for c in desk.municipalities),
        facilities=((c.id, c.name) for c in desk.facilities),
    )
    context = {
        "form": form,
        "counters": _counters(desk, asked),
        "active": _active(form, asked),
        "total": desk.counts["all"],
        "lines": [line_of(row, viewer) for row in rows],
        "full": viewer.is_of(*PLANNING_PARTIES),
        "unassigned": desk.unassigned,
        "ending": desk.ending,
        "may_list_ending": may_list_ending(viewer),
        "mine": desk.has_own and asked.scope.worker in (None, Worker.MINE),
        "place_label": "Inrichting" if viewer.is_of(PartyKind.MUNICIPALITY) else "Gemeente van herkomst",
        "pager": pager_of(rows, turn=asked.turn, more=more, place=_place, kept=asked.filters),
        "today": viewer.on,
        **_to_do(desk, viewer),
    }
    return TemplateResponse(request, "cases/worklist.html", context)


def _asked(request: HttpRequest, form: WorklistFilter, viewer: Viewer) -> Asked:
    """Read the address; what is unknown or damaged is left out and said so."""
    form.is_valid()
    known = form.cleaned_data
    turn = turn_of(request, day_cursor)
    scope = Scope(
        worker=Worker(known["behandelaar"]) if known.get("behandelaar") else None,
        municipality=known.get("gemeente"),
        facility=known.get("inrichting"),
        known={part: knowing(viewer, part) for part in (Part.IDENTITY, Part.DETENTION)},
    )
    state = State(known["stand"]) if known.get("stand") else None
    return Asked(scope, state, turn, ignored=turn.broken or bool(form.errors))


def _rows(viewer: Viewer, asked: Asked) -> tuple[list[CaseParty], bool]:
    """One page of the list, and whether more lie on in the direction of reading."""
    rows = with_knowledge(worklist.with_row(worklist.worklist_of(viewer, asked.scope), viewer), viewer)
    if asked.state:
        rows = rows.filter(conditions(viewer)[asked.state])
    turn = asked.turn
    page = worklist.page_of(rows, size=PAGE_SIZE + 1, after=turn.after, before=turn.before)
    return cut(page, PAGE_SIZE, turn)


def _place(row: CaseParty) -> DayCursor:
    return DayCursor(row.next_deadline, row.key)


def _counters(desk: Desk, asked: Asked) -> list[dict[str, Any]]:  # rows for the component
    kept = {key: value for key, value in asked.filters.items() if key != "stand"}
    return [
        {
            "label": state.label,
            "number": desk.counts[state],
            "url": f"/?{urlencode({**kept, 'stand': state})}",
            "current": asked.state == state,
            "tone": COUNTER_TONES.get(state, "inactive"),
        }
        for state in State
    ]


def _active(form: WorklistFilter, asked: Asked) -> list[dict[str, str]]:
    """A chip for every filter that is on, with the address of the list without it."""
    chips = []
    for key, value in asked.filters.items():
        if key not in form.fields:
            continue
        field = form.fields[key]
        choices = dict(getattr(field.widget, "choices", ()))
        rest = {other: text for other, text in asked.filters.items() if other != key}
        label = f"{field.label}: {choices.get(value, 'onbekend')}"
        chips.append({"label": label, "url": f"/?{urlencode(rest)}"})
    return chips


def _to_do(desk: Desk, viewer: Viewer) -> dict[str, Any]:  # the template's context
    """Begin messages of the last days, the other tasks, own actions, and what waits for an answer or a reader."""
    back = "werkvoorraad"
    return {
        "begin_messages": [task_line(task, viewer, back=back) for task in desk.begins.shown],
        "begin_total": desk.begins.total,
        "tasks": [task_line(task, viewer, back=back) for task in desk.tasks.shown],
        "task_total": desk.tasks.total,
        "actions": [action_line(action, viewer, back=back) for action in desk.actions.shown],
        "action_total": desk.actions.total,
        "terms": [content_term_line(term, viewer, back=back) for term in desk.terms.shown],
        "term_total": desk.terms.total,
        "invitations": [invitation_line(one, viewer) for one in desk.invitations],
        "sheets": [sheet_line(one) for one in desk.sheets],
    }
