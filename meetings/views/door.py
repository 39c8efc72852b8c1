"""How does somebody come in at a page of a meeting? The role, then the meeting with the items that exist for him."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from meetings import rules
from meetings.access import OpenMeeting, meeting_for
from meetings.models import AgendaItem, Meeting
from parties.rules import require
from parties.viewer import Viewer, viewer_of


@dataclass(frozen=True)
class Door:
    """A page of one meeting that was opened for one viewer."""

    request: HttpRequest
    viewer: Viewer
    opened: OpenMeeting

    @property
    def meeting(self) -> Meeting:
        return self.opened.meeting

    @property
    def may_prepare(self) -> bool:
        return rules.may_prepare(self.viewer, self.meeting)

    def item(self, pk: UUID) -> AgendaItem:
        return self.opened.item(pk)

    def address(self, path: str = "") -> str:
        return f"{self.meeting.get_absolute_url()}{path}"

    def item_address(self, item: AgendaItem) -> str:
        return self.address(f"punten/{item.pk}/")

    def show(self, template: str, **more: object) -> HttpResponse:
        context = {
            "meeting": self.meeting,
            "base": self.address(),
            "may_prepare": self.may_prepare,
            "may_hold": rules.may_hold(self.viewer, self.meeting),
            "is_own": rules.is_own(self.viewer, self.meeting),
            **more,
        }
        return TemplateResponse(self.request, f"meetings/{template}.html", context)

    def back(self, text: str = "", path: str = "") -> HttpResponse:
        """To a page of this meeting, with a word about what was done."""
        if text:
            messages.success(self.request, text)
        return redirect(self.address(path))

    def refused(self, why: Exception, path: str = "") -> HttpResponse:
        """To a page of this meeting, with the reason why nothing was done."""
        messages.error(self.request, str(why))
        return redirect(self.address(path))


def enter(request: HttpRequest, pk: UUID, action: str) -> Door:
    """A role without meetings: 403, whatever the address. Who has nothing in this meeting: 404."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_see_meetings(viewer))
    return Door(request, viewer, meeting_for(viewer, pk, action=action))


def enter_to_prepare(request: HttpRequest, pk: UUID, action: str) -> Door:
    """For the pages on which the PI prepares: another party that sees its own item gets a 403."""
    door = enter(request, pk, action)
    require(door.may_prepare)
    return door
