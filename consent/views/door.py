"""How does somebody come in at a page of consent? The case, the role, and what this role may do here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from cases.access import case_for
from cases.models import Capacity, Case
from cases.rules import may_open_page
from consent import rules
from consent.page import case_context
from consent.recipients import recipients_of
from consent.texts import forms_of, version_on
from parties.models import Organisation
from parties.rules import require
from parties.viewer import Viewer, viewer_of

CONSENT_PAGE, LOG_PAGE = "toestemming", "inzage"


@dataclass(frozen=True)
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

    def show(self, template: str, **more: object) -> HttpResponse:
        return TemplateResponse(self.request, f"consent/{template}.html", {**self.context, **more})

    def address(self, path: str = "") -> str:
        return f"{self.case.get_absolute_url()}{path}"


def enter(request: HttpRequest, pk: UUID, page: str, action: str) -> Door:
    """Outsider: 404. A role that has no such page: 403. The reading of the case is in the ledger by then."""
    viewer = viewer_of(request, at=timezone.now())
    case = case_for(viewer, pk, action=action)
    context = case_context(viewer, case, page)
    require(may_open_page(viewer, context["capacity"], page))
    return Door(request, viewer, case, context)


def enter_to_record(request: HttpRequest, pk: UUID, action: str) -> Door:
    """The pages on which decisions are recorded: casemanager and afdelingshoofd of the PI of stay (B4)."""
    door = enter(request, pk, CONSENT_PAGE, action)
    require(rules.may_record(door.viewer, door.capacity))
    return door


def papers_for(door: Door, recipient: Organisation) -> list[dict[str, str]]:
    """Every blank declaration that can be printed for this recipient: its name and its address."""
    page = f"{door.address('toestemming/verklaring.pdf')}?ontvanger={recipient.pk}"
    papers = forms_of(version_on(door.viewer.on))
    return [{"name": name, "url": f"{page}&formulier={form.key}"} for form, name in papers.items()]


def recipient_in(door: Door, organisation: UUID) -> Organisation:
    """A party of this case that needs a ground; anything else does not exist here."""
    found = next(
        (party for party in recipients_of(door.case, door.viewer.at) if party.pk == organisation), None
    )
    if found is None:
        raise Http404
    return found
