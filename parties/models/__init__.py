"""Who takes part, the ledgers of who did what, and the proof that nobody changed them."""

from parties.models.calls import IdempotentCall
from parties.models.ledgers import AuditLine, ProcessingLine
from parties.models.links import LinkRequest
from parties.models.people import (
    ROLES_OF_KIND,
    ApiClient,
    BijMandate,
    Organisation,
    PartyKind,
    Role,
    RoleKind,
    User,
    UserManager,
    called,
)
from parties.models.proof import Receipt, Seal

__all__ = [
    "ROLES_OF_KIND",
    "ApiClient",
    "AuditLine",
    "BijMandate",
    "IdempotentCall",
    "LinkRequest",
    "Organisation",
    "PartyKind",
    "ProcessingLine",
    "Receipt",
    "Role",
    "RoleKind",
    "Seal",
    "User",
    "UserManager",
    "called",
]
