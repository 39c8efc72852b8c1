"""What stands around every page: who is working, the menu, the unread messages."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cases.models import Notification
from parties.models import PartyKind, RoleKind, User
from parties.viewer import NoActiveRole, Viewer, viewer_of

CASE_PAGES = (("Werkvoorraad", "/"), ("Zaken", "/zaken/"), ("Ontslag", "/ontslag/"))
MEETINGS = ("Overleggen", "/overleggen/")
REPORTS = ("Rapportage", "/rapportage/")
MESSAGES = ("Meldingen", "/meldingen/")


def shell(request: HttpRequest) -> dict[str, Any]:  # the template's context
    """Context of base.html; empty for who is not logged in."""
    if not isinstance(getattr(request, "user", None), User):
        return {"viewer": None, "menu": [], "unread": 0}
    try:
        viewer = getattr(request, "viewer", None) or viewer_of(request, at=timezone.now())
    except NoActiveRole:
        return {"viewer": None, "menu": [], "unread": 0}
    unread = Notification.objects.inbox_of(request.user.pk).unread().count()
    return {"viewer": viewer, "menu": menu_of(viewer, request.path), "unread": unread}


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
