"""The start page: what this person must do today."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules, worklist
from cases.forms.worklist import WorklistFilter
from cases.models import CaseParty
from cases.views.asked import (
    EVERYTHING,
    Asked,
    Chip,
    address_of,
    asked_in,
    chips_of,
    place_of,
    rows_of,
)
from cases.views.counters import counters_of, late_lines, nobody_url
from cases.views.lists import line_of, place_label, subjects_of
from cases.views.paging import cut, pager_of
from cases.views.work_lines import action_line, content_term_line, invitation_line, sheet_line, task_line
from cases.worklist import Worker
from consent.rules import may_list_ending
from meetings.desk import SOON_WEEKS, Desk, desk_of
from meetings.work import PLANNING_PARTIES
from parties import ledger
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer, viewer_of
from plans.rules import may_open_reports

PAGE_SIZE = 50


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


def _worklist(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = WorklistFilter(request.GET, viewer=viewer)
    asked = asked_in(request, form, viewer)
    desk = desk_of(viewer, asked.scope)
    if not request.GET and (start_view := next((view for view in desk.views if view.is_start), None)):
        return redirect(address_of(start_view.filters))
    page = worklist.page_of(
        rows_of(viewer, asked), size=PAGE_SIZE + 1, after=asked.turn.after, before=asked.turn.before
    )
    rows, more = cut(page, PAGE_SIZE, asked.turn)
    ledger.record(
        viewer,
        "werkvoorraad-inzien",
        subjects={s.case_id: s for s in (*subjects_of(rows), *(w.subject for w in desk.work))}.values(),
        object_kind="lijst",
    )
    request.bell = desk.bell  # type: ignore[attr-defined]  # the shell need not ask again
    _offer(form, desk)
    active = chips_of(form, asked.filters)
    _tell(request, asked, active)
    context = {
        **_list(desk, asked, rows, viewer),
        **_to_do(desk, viewer),
        **_start_of(desk, asked, viewer),
        "form": form,
        "active": active,
        "pager": pager_of(rows, turn=asked.turn, more=more, place=place_of, kept=asked.filters),
    }
    return TemplateResponse(request, "cases/worklist.html", context)


def _offer(form: WorklistFilter, desk: Desk) -> None:
    form.show_worker(Worker.MINE if desk.has_own else Worker.ALL)
    form.offer(
        people=((one.id, one.name) for one in desk.workers),
        gemeente=((one.id, one.name) for one in desk.municipalities),
        inrichting=((one.id, one.name) for one in desk.facilities),
        afdeling=((one.id, one.name) for one in desk.units),
    )


def _tell(request: HttpRequest, asked: Asked, active: list[Chip]) -> None:
    """A filter that is left out, or that no case of this list answers to, is said in words."""
    if asked.ignored:
        messages.warning(request, "Een filter in dit adres bestaat niet (meer) en is niet toegepast.")
    for chip in active:
        if chip.gone:
            messages.warning(request, f"{chip.label}. Haal dit filter weg om weer zaken te zien.")


def _list(desk: Desk, asked: Asked, rows: list[CaseParty], viewer: Viewer) -> dict[str, Any]:
    """The rows, and how they read for this party."""
    absent = {one.id for one in desk.standing_in_for}
    return {
        "total": desk.counts["all"],
        "lines": [line_of(row, viewer, standing_in=str(row.worker_id) in absent) for row in rows],
        "full": viewer.is_of(*PLANNING_PARTIES),
        "may_reassign": rules.may_reassign(viewer),
        "filters": urlencode(asked.filters),
        "file_url": f"/werkvoorraad.csv?{urlencode(asked.filters)}",
        "mine": desk.has_own and asked.scope.worker in (None, Worker.MINE),
        "place_label": place_label(viewer),
        "unassigned": desk.unassigned,
        "nobody_url": nobody_url(asked),
        "today": viewer.on,
        "everything_url": EVERYTHING,
    }


def _start_of(desk: Desk, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """What stands above the list: the numbers, the views one keeps, and what is of this role."""
    arranges = viewer.role_kind in rules.ARRANGING_ROLES
    return {
        "counters": counters_of(desk, asked, nobody_first=arranges),
        "views": [
            {"label": view.name, "url": address_of(view.filters), "current": view.filters == asked.filters}
            for view in desk.views
        ],
        "late_per_worker": late_lines(desk),
        "releases": desk.releases if viewer.is_of(PartyKind.MUNICIPALITY) else 0,
        "releases_url": address_of({"behandelaar": Worker.ALL, "ontslag": str(SOON_WEEKS)}),
        "release_weeks": SOON_WEEKS,
        "actions_first": viewer.is_of(PartyKind.PROBATION),
        "ending": desk.ending,
        "may_list_ending": may_list_ending(viewer),
        "standing_in_for": [one.name for one in desk.standing_in_for],
    }


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
