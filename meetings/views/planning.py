"""Planning a meeting, changing or moving it, and calling it off."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings import actions, rules
from meetings.forms.planning import CancelForm, MeetingForm, meeting_initial
from meetings.models import Meeting
from meetings.refusals import MeetingRefusal
from meetings.views.conflict import Conflict, conflict_of
from meetings.views.door import enter_to_prepare
from parties import ledger
from parties.models import RoleKind
from parties.rules import require
from parties.viewer import viewer_of
from reintegratie.lib.versions import StaleVersion

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def plan_meeting(request: HttpRequest) -> HttpResponse:
    """A meeting of the own PI."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_plan_meeting(viewer))
    me = viewer.user.pk if viewer.user else None
    role = "chair" if viewer.has_role(RoleKind.UNIT_HEAD) else "secretary"
    form = MeetingForm(_posted(request), viewer=viewer, initial={role: me})
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(**form.plan(), by=viewer, at=viewer.at)
        except MeetingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            ledger.record(viewer, "overleg-plannen", object_kind="overleg", object_id=meeting.pk)
            messages.success(request, "Het overleg is gepland. Zet nu de zaken op de agenda.")
            return redirect(meeting)
    context = {"form": form, "title": "Overleg plannen", "cancel_url": "/overleggen/"}
    return TemplateResponse(request, "meetings/meeting_form.html", context)


@require_http_methods(FORM_METHODS)
def change_meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another day, room or chair. Who is invited is told when the moment changes."""
    door = enter_to_prepare(request, pk, "overleg-wijzigen")
    form = MeetingForm(_posted(request), viewer=door.viewer, initial=meeting_initial(door.meeting))
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(
                meeting=door.meeting,
                **form.plan(),
                expected_version=form.cleaned_data["version"] or 0,
                by=door.viewer,
                at=door.viewer.at,
            )
        except StaleVersion as stale:
            now = cast("Meeting", stale.current)
            conflict = conflict_of(form, meeting_initial(now), Meeting.history.filter(id=pk))
        except MeetingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return door.back("Het overleg is gewijzigd.")
    return door.show(
        "meeting_form", form=form, title="Overleg wijzigen", cancel_url=door.address(), conflict=conflict
    )


@require_http_methods(FORM_METHODS)
def cancel_meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked once more, since it cannot be undone."""
    door = enter_to_prepare(request, pk, "overleg-afgelasten")
    form = CancelForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_meeting(
                meeting=door.meeting, reason=form.cleaned_data["reason"], by=door.viewer, at=door.viewer.at
            )
        except MeetingRefusal as refusal:
            return door.refused(refusal)
        return door.back("Het overleg is afgelast. De genodigden krijgen bericht.")
    return door.show("cancel", form=form)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
