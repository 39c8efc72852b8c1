"""What stands around every page: who is working, the menu, the unread messages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cases import rules
from cases.bell import bell_of
from parties.models import RoleKind, User
from parties.viewer import NoActiveRole, Viewer, viewer_of
from plans.rules import may_open_reports
from reintegratie.lib.dutch import moment_text

CASE_PAGES = (("Werkvoorraad", "/"), ("Zaken", "/zaken/"))
RELEASES = ("Ontslag", "/ontslag/")
MEETINGS = ("Overleggen", "/overleggen/")
REPORTS = ("Rapportage", "/rapportage/")
EMERGENCIES = ("Noodtoegang", "/noodtoegang/gebruik/")
MESSAGES = ("Meldingen", "/meldingen/")
DELIVERY = ("Bezorging", "/bezorging/")
WEEK = ("Week", "/weekoverzicht/")
SAFETY_REPORTS = ("Bijzondere meldingen", "/bijzondere-meldingen/")


def shell(request: HttpRequest) -> dict[str, Any]:  # the template's context
    """Context of base.html; empty for who is not logged in."""
    if not isinstance(getattr(request, "user", None), User):
        return {"viewer": None, "menu": [], "unread": 0}
    try:
        viewer = getattr(request, "viewer", None) or viewer_of(request, at=timezone.now())
    except NoActiveRole:
        return {"viewer": None, "menu": [], "unread": 0}
    bell = getattr(request, "bell", None) or bell_of(viewer)
    return {
        "viewer": viewer,
        "menu": menu_of(viewer, request.path),
        "unread": bell.unread,
        "behind_since": moment_text(bell.behind_since) if bell.behind_since else "",
        "inbox_url": "/berichten/",
        "switch_url": "/partij/" if viewer.has_choice else "",
        "idle_seconds": settings.SESSION_COOKIE_AGE,
    }


def menu_of(viewer: Viewer, path: str) -> list[dict[str, Any]]:  # rows for the template
    """The pages this role works with; a page that would refuse is not offered."""
    pages: list[tuple[str, str]] = []
    if viewer.sees_content:
        pages = [*CASE_PAGES, MEETINGS]
    if rules.may_open_releases(viewer):
        pages = [*CASE_PAGES, RELEASES, MEETINGS, REPORTS]
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        pages = [("Zaken", "/zaken/"), REPORTS, EMERGENCIES]
    if rules.may_open_messages(viewer):
        pages.append(MESSAGES)
    if may_open_reports(viewer):
        pages.append(SAFETY_REPORTS)
    if viewer.has_role(RoleKind.FUNCTIONAL_ADMIN):
        pages = [("Beheer", "/beheer/"), MESSAGES, DELIVERY]
    if rules.may_open_week(viewer):
        pages.insert(1, WEEK)
    return [{"label": label, "url": url, "current": _is_current(url, path)} for label, url in pages]


def _is_current(url: str, path: str) -> bool:
    return path == "/" if url == "/" else path.startswith(url)
