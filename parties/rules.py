"""How a door asks a rule: yes, or 403."""

from django.core.exceptions import PermissionDenied


def require(answer: bool) -> None:
    """Go on when the rule says yes; else the wrong role gets a 403 (architecture 3.2)."""
    if not answer:
        raise PermissionDenied
