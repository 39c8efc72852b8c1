"""How does somebody come in at a page of plans? One way for all of them: the case, the role, the permissions."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from cases.access import CONTRIBUTE, MANAGE, case_for, has_permission
from cases.ending import require_inside, require_running
from cases.models import Capacity, Case
from cases.rules import may_open_page
from consent.page import case_context
from parties.models import PartyKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from plans import rules


@dataclass
class Door:
    """A page of one case that was opened for one viewer."""

    request: HttpRequest
    viewer: Viewer
    case: Case
    context: dict[str, Any]  # the template's context

    @property
    def capacity(self) -> Capacity:
        capacity: Capacity = self.context["capacity"]
        return capacity

    @cached_property
    def manages(self) -> bool:
        """Whether the organisation holds the permission to keep the file; only a PI ever does."""
        return self.viewer.is_of(PartyKind.PRISON) and has_permission(self.viewer, self.case, MANAGE)

    @cached_property
    def contributes(self) -> bool:
        """Whether the organisation holds the permission to bring something in; a PI never needs it."""
        return not self.viewer.is_of(PartyKind.PRISON) and has_permission(self.viewer, self.case, CONTRIBUTE)

    def require_detention_work(self) -> None:
        """Who keeps the file, as long as the detention lasts; the refusal says which of the two it was."""
        require(rules.keeps_file(self.viewer, manages=self.manages))
        require_inside(self.case.phase)

    def require_handing_over(self) -> None:
        """Who keeps the file, until the case is closed."""
        require(rules.keeps_file(self.viewer, manages=self.manages))
        require_running(self.case.phase)

    def show(self, template: str, **more: object) -> HttpResponse:
        return TemplateResponse(self.request, f"plans/{template}.html", {**self.context, **more})

    def address(self, path: str = "") -> str:
        return f"{self.case.get_absolute_url()}{path}"


def enter(request: HttpRequest, pk: UUID, page: str, action: str, domains: tuple[str, ...] = ()) -> Door:
    """Outsider: 404. A role that has no such page: 403. The reading of the case is in the ledger by then.

    ``domains`` mark the line of the ledger; by it a log leaves out what has a channel of its own.
    """
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action=action, domains=domains)
    context = case_context(viewer, case, page)
    require(may_open_page(viewer, context["capacity"], page))
    return Door(request, viewer, case, context)
