"""The timeline of a case: who changed what, when and why."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import rules
from cases.access import case_for
from cases.timeline import Event
from consent.page import case_context
from meetings.timeline import SUBJECTS, about, timeline_of
from parties.actors import actor_names
from parties.rules import require
from parties.viewer import viewer_of
from reintegratie.lib.dutch import moment_text
from reintegratie.lib.keyset import BrokenCursor, number_cursor

PAGE_SIZE = 50


class HistoryFilter(forms.Form):
    """About what."""

    over = forms.ChoiceField(
        label="Onderwerp",
        required=False,
        choices=[("", "alles"), *((key, label) for key, (label, _) in SUBJECTS.items())],
    )

    @property
    def subject(self) -> str:
        """The subject that was asked; one that does not exist asks for everything."""
        return str(self.cleaned_data["over"]) if self.is_valid() else ""


@require_safe
def case_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Frame and content together, as far as this viewer may see it now; fifty moments a page."""
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action="geschiedenis-inzien")
    context = case_context(viewer, case, "geschiedenis")
    require(rules.may_open_page(viewer, context["capacity"], "geschiedenis"))
    form = HistoryFilter(request.GET)
    subject = form.subject
    events = about(timeline_of(case, viewer, context["capacity"], context["frame"].knows), subject)
    start = _start(request.GET.get("vanaf", ""))
    shown = events[start : start + PAGE_SIZE]
    names = actor_names(event.actor for event in shown)
    page = {
        "items": [_item(event, names) for event in shown],
        "form": form,
        "active": [{"label": SUBJECTS[subject][0], "url": "?"}] if subject else [],
        "previous_url": _address(subject, max(start - PAGE_SIZE, 0)) if start else "",
        "next_url": _address(subject, start + PAGE_SIZE) if start + PAGE_SIZE < len(events) else "",
    }
    return TemplateResponse(request, "cases/case_history.html", {**context, **page})


def _address(subject: str, start: int) -> str:
    return f"?{urlencode({'over': subject, 'vanaf': start} if subject else {'vanaf': start})}"


def _start(text: str) -> int:
    """From which moment on; anything but a number is the first page."""
    try:
        return min(number_cursor(text), 10**6)
    except BrokenCursor:
        return 0


def _item(event: Event, names: dict[str, str]) -> dict[str, Any]:  # parameters of components/timeline.html
    return {
        "at": moment_text(event.at),
        "who": names.get(event.actor, ""),
        "what": event.what,
        "detail": event.why,
        "changes": event.changes,
    }
