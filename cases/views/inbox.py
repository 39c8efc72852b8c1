"""The messages to me, for the party I act for now."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.models import Notification, Topic
from cases.notices import about, topic_of, words_of
from cases.querysets import NotificationQuerySet
from cases.undelivered import undelivered_mail
from consent.knowledge import knows_name
from parties import ledger
from parties.viewer import viewer_of
from reintegratie.lib.dutch import moment_text

PAGE_SIZE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first, unread ones marked; each opens the page it is about."""
    viewer = viewer_of(request, at=timezone.now())
    topic = _topic(request.GET)
    mine = Notification.objects.inbox_of(viewer)
    rows = (mine.filter(about(topic)) if topic else mine).select_related("case__detainee")
    rows = rows.annotate(named=knows_name(viewer))
    page = Paginator(rows.order_by("-created_at", "-id"), PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    shown = list(page.object_list)
    subjects = {row.case_id: ledger.Subject(row.case.detainee_id, row.case_id) for row in shown if row.case}
    ledger.record(viewer, "berichten-inzien", subjects=subjects.values(), object_kind="lijst")
    context = {
        "items": [_item(row) for row in shown],
        "has_unread": any(row.read_at is None for row in shown),
        "topic": topic,
        "topics": _topics(mine, topic),
        "stuck": undelivered_mail(viewer.at).filter(recipient=viewer.user).exists(),
        "previous_url": _page_url(page.previous_page_number(), topic) if page.has_previous() else "",
        "next_url": _page_url(page.next_page_number(), topic) if page.has_next() else "",
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
    topic = _topic(request.POST)
    actions.mark_all_read(by=viewer, at=viewer.at, topic=topic)
    return redirect(_inbox_url(topic))


@require_POST
def read_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mark one message as read and stay here."""
    viewer = viewer_of(request, at=timezone.now())
    row = Notification.objects.inbox_of(viewer).filter(key=key).first()
    if row is None:
        raise Http404
    actions.mark_read(notification=row, at=viewer.at)
    return redirect(_inbox_url(_topic(request.POST)))


def _topic(asked: Mapping[str, Any]) -> str:
    """A topic that does not exist is no filter."""
    wish = str(asked.get("onderwerp", ""))
    return wish if wish in Topic.values else ""


def _topics(mine: NotificationQuerySet, current: str) -> list[dict[str, object]]:
    """The topics of which there is something unread, and the one that is shown, with how much."""
    counts: dict[str, int] = defaultdict(int)
    by_kind = mine.unread().order_by().values_list("kind").annotate(Count("id"))
    for kind, number in by_kind:
        counts[topic_of(kind)] += number
    return [
        {
            "label": topic.label,
            "number": counts[topic],
            "url": _inbox_url(topic),
            "current": topic == current,
        }
        for topic in Topic
        if counts[topic] or topic == current
    ]


def _inbox_url(topic: str) -> str:
    return f"/berichten/?{urlencode({'onderwerp': topic})}" if topic else "/berichten/"


def _page_url(number: int, topic: str) -> str:
    kept = {"onderwerp": topic} if topic else {}
    return f"?{urlencode({**kept, 'bladzijde': number})}"


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
