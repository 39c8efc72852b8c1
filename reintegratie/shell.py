"""What stands around every page: who is working, the menu, the unread messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from cases import rules
from cases.models import Capacity, Case, CaseParty, Notification, Phase
from parties.models import PartyKind, RoleKind, User
from parties.viewer import NoActiveRole, Viewer, viewer_of

CASE_PAGES = (("Werkvoorraad", "/"), ("Zaken", "/zaken/"), ("Ontslag", "/ontslag/"))
MEETINGS = ("Overleggen", "/overleggen/")
REPORTS = ("Rapportage", "/rapportage/")
MESSAGES = ("Meldingen", "/meldingen/")

TABS = (
    ("overzicht", "Overzicht", ""),
    ("screening", "Screening", "screening/"),
    ("toestemming", "Toestemming", "toestemming/"),
    ("informatiebladen", "Informatiebladen", "informatiebladen/"),
    ("plan", "Plan", "plan/"),
    ("termijnen", "Termijnen", "termijnen/"),
    ("overleggen", "Overleggen", "overleggen/"),
    ("geschiedenis", "Geschiedenis", "geschiedenis/"),
    ("inzage", "Inzage", "inzage/"),
)
"""Key, label and address behind the case, in the order in which the work goes."""


def shell(request: HttpRequest) -> dict[str, Any]:  # the template's context
    """Context of base.html; empty for who is not logged in."""
    if not isinstance(getattr(request, "user", None), User):
        return {"viewer": None, "menu": [], "unread": 0}
    try:
        viewer = getattr(request, "viewer", None) or viewer_of(request, at=timezone.now())
    except NoActiveRole:
        return {"viewer": None, "menu": [], "unread": 0}
    unread = Notification.objects.inbox_of(request.user.pk).unread().count()
    return {
        "viewer": viewer,
        "menu": menu_of(viewer, request.path),
        "unread": unread,
        "inbox_url": "/berichten/",
        "switch_url": "/partij/",
        "idle_seconds": settings.SESSION_COOKIE_AGE,
    }


def menu_of(viewer: Viewer, path: str) -> list[dict[str, Any]]:  # rows for the template
    """The pages this role works with; a page that would refuse is not offered."""
    pages: list[tuple[str, str]] = []
    if viewer.sees_content:
        pages = [*CASE_PAGES, MEETINGS, REPORTS]
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        pages = [("Zaken", "/zaken/"), REPORTS]
    if viewer.is_of(PartyKind.PRISON) and viewer.sees_content:
        pages.append(MESSAGES)
    if viewer.has_role(RoleKind.FUNCTIONAL_ADMIN):
        pages = [("Beheer", "/beheer/")]
    return [{"label": label, "url": url, "current": _is_current(url, path)} for label, url in pages]


def _is_current(url: str, path: str) -> bool:
    return path == "/" if url == "/" else path.startswith(url)


@dataclass(frozen=True)
class CaseHeader:
    """Who, where, until when, as texts; what this party may not know or nobody knows is empty."""

    number: str
    name: str
    phase: str = ""
    born_on: str = ""
    facility: str = ""
    facility_note: str = ""
    entered_on: str = ""
    expected_release: str = ""
    release_note: str = ""
    origin_municipality: str = ""
    resettlement_municipality: str = ""
    probation: str = ""


def case_context(viewer: Viewer, case: Case, current: str) -> dict[str, Any]:  # the template's context
    """What every page of one case shares: case, header, tabs, who takes part, and in which capacity we do."""
    parties = list(case.parties.active(viewer.at).with_people())
    capacity = next(
        (Capacity(row.capacity) for row in parties if row.party_id == viewer.organisation.pk), None
    )
    return {
        "case": case,
        "header": case_header(viewer, case, capacity, parties),
        "tabs": case_tabs(viewer, case, capacity, current),
        "parties": parties,
        "capacity": capacity,
    }


def case_tabs(
    viewer: Viewer, case: Case, capacity: Capacity | None, current: str
) -> list[dict[str, Any]]:  # rows for the template
    """Only the pages that this viewer may open; a page that would refuse is not offered."""
    return [
        {"label": label, "url": f"{case.get_absolute_url()}{path}", "current": key == current}
        for key, label, path in TABS
        if rules.may_open_page(viewer, capacity, key)
    ]


def case_header(
    viewer: Viewer, case: Case, capacity: Capacity | None, parties: Sequence[CaseParty]
) -> CaseHeader:
    """The header as far as the law lets this party know (C3): a partner gets name and number only."""
    if capacity not in rules.WORKING:
        return CaseHeader(number=case.number, name=case.detainee.full_name)
    prison = next((row for row in parties if row.capacity == Capacity.PRISON), None)
    probation = next((row for row in parties if row.capacity == Capacity.PROBATION), None)
    origin, resettlement = case.origin_municipality, case.resettlement_municipality
    return CaseHeader(
        number=case.number,
        name=case.detainee.full_name,
        phase=str(Phase(case.phase).label),
        born_on=_born(case, viewer.on),
        facility=prison.party.name if prison else "",
        facility_note=f"sinds {_day(prison.since.date())}" if prison else "",
        entered_on=_day(timezone.localdate(case.entered_at)) if case.entered_at else "",
        expected_release=_day(case.expected_release_on) if case.expected_release_on else "Einddatum onbekend",
        origin_municipality=origin.name if origin else "Onbekend",
        resettlement_municipality=resettlement.name if resettlement else "",
        probation=probation.party.name if probation and capacity not in rules.MUNICIPAL else "",
    )


def _born(case: Case, on: date) -> str:
    born = case.detainee.birth_date
    return f"{_day(born)} ({case.detainee.age_on(on)} jaar)" if born else "geboortedatum onbekend"


def _day(on: date) -> str:
    return date_format(on, "j F Y")
