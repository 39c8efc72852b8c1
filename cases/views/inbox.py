"""The messages to me, for the party I act for now."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.models import Notification
from cases.notices import words_of
from consent.knowledge import knows_name
from parties import ledger
from parties.viewer import viewer_of
from reintegratie.lib.dutch import moment_text

PAGE_SIZE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first, unread ones marked; each opens the page it is about."""
    viewer = viewer_of(request, at=timezone.now())
    rows = Notification.objects.inbox_of(viewer).select_related("case__detainee")
    rows = rows.annotate(named=knows_name(viewer))
    page = Paginator(rows.order_by("-created_at", "-id"), PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    shown = list(page.object_list)
    subjects = {row.case_id: ledger.Subject(row.case.detainee_id, row.case_id) for row in shown if row.case}
    ledger.record(viewer, "berichten-inzien", subjects=subjects.values(), object_kind="lijst")
    context = {
        "items": [_item(row) for row in shown],
        "has_unread": any(row.read_at is None for row in shown),
        "previous_url": f"?bladzijde={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?bladzijde={page.next_page_number()}" if page.has_next() else "",
    }
    return TemplateResponse(request, "cases/inbox.html", context)


@require_POST
def open_message(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mark one message as read and go where it points; a message of somebody else is not there."""
    viewer = viewer_of(request, at=timezone.now())
    row = Notification.objects.inbox_of(viewer).filter(key=key).first()
    if row is None:
        raise Http404
    actions.mark_read(notification=row, at=viewer.at)
    safe = url_has_allowed_host_and_scheme(row.resource, allowed_hosts=None)
    return redirect(row.resource if row.resource and safe else "/berichten/")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request, at=timezone.now())
    actions.mark_all_read(by=viewer, at=viewer.at)
    return redirect("/berichten/")


def _item(row: Notification) -> dict[str, object]:
    """A name only here, for who may know it and takes part now (``inbox_of``); never in a mail (quality 2.8)."""
    named: bool = row.named  # type: ignore[attr-defined]  # annotated
    return {
        "key": row.key,
        "text": words_of(row.kind),
        "name": row.case.detainee.sorted_name if named and row.case else "",
        "number": row.case.number if row.case else "",
        "at": moment_text(row.created_at),
        "unread": row.read_at is None,
    }
