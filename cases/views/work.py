"""All tasks, begin messages, actions or terms of content of the organisation: the start page shows the first of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules
from cases.views.work_lines import action_line, content_term_line, task_line
from meetings import work
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of

PAGE_SIZE = 50
TITLES = {
    "beginberichten": "Nieuwe beginberichten",
    "taken": "Taken van uw organisatie",
    "acties": "Acties voor uw organisatie",
    "termijnen": "Termijnen uit de screening",
}
LINES = {"acties": action_line, "termijnen": content_term_line}


@require_safe
def all_work(request: HttpRequest, soort: str) -> HttpResponse:
    """Fifty at a time, the most urgent first."""
    viewer = viewer_of(request, at=timezone.now())
    require(viewer.sees_content and rules.may_list_cases(viewer))
    if soort not in TITLES:
        raise Http404
    page = Paginator(_rows(viewer, soort), PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    found = [_work(row, soort) for row in page.object_list]
    ledger.record(
        viewer,
        "werk-inzien",
        subjects={one.subject.case_id: one.subject for one in found}.values(),
        object_kind="lijst",
    )
    context = {
        "title": TITLES[soort],
        "total": page.paginator.count,
        "lines": [_line(one, viewer, soort) for one in found],
        "previous_url": f"?bladzijde={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?bladzijde={page.next_page_number()}" if page.has_next() else "",
        "count": f"{page.start_index()} tot en met {page.end_index()} van {page.paginator.count}",
    }
    return TemplateResponse(request, "cases/work.html", context)


def _rows(viewer: Viewer, soort: str) -> Any:  # rows of one JSON value
    if soort == "acties":
        return work.open_actions(viewer).values_list(work.ACTION_FIELDS, flat=True)
    if soort == "termijnen":
        return work.open_terms(viewer).values_list(work.TERM_FIELDS, flat=True)
    new = work.is_recent_begin(viewer)
    tasks = work.open_tasks(viewer)
    chosen = tasks.filter(new) if soort == "beginberichten" else tasks.exclude(new)
    return chosen.values_list(work.TASK_FIELDS, flat=True)


def _work(row: dict[str, Any], soort: str) -> work.Work:  # as it came out of JSON
    make = {"acties": work.action_work, "termijnen": work.term_work}.get(soort, work.task_work)
    return make(row)


def _line(one: work.Work, viewer: Viewer, soort: str) -> dict[str, str]:
    return LINES.get(soort, task_line)(one, viewer, back=soort)
