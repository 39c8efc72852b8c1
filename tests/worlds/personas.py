"""Who looks: every role of the demo, and software of every party."""

from dataclasses import dataclass

from parties.models import RoleKind


@dataclass(frozen=True)
class Persona:
    """Somebody who looks: for which party, and whether his role works with content (C3: FG, BIJ, 18b and beheer do not).

    ``role`` makes him software of that party.
    """

    name: str
    party: str
    works: bool = True
    role: RoleKind | None = None


PEOPLE = (
    Persona("casemanager", "pi"),
    Persona("unit_head", "pi"),
    Persona("director", "pi"),
    Persona("other_casemanager", "other_pi"),
    Persona("coordinator", "zwolle"),
    Persona("kampen_coordinator", "kampen"),
    Persona("other_coordinator", "deventer"),
    Persona("probation_officer", "probation"),
    Persona("other_probation_officer", "other_probation"),
    Persona("partner_contact", "partner"),
    Persona("privacy_officer", "pi", works=False),
    Persona("bij_mandatary", "zwolle", works=False),
    Persona("risk_officer", "pi", works=False),
    Persona("functional_admin", "operator", works=False),
)
CLIENTS = (
    Persona("software of the PI", "pi", role=RoleKind.CASEMANAGER),
    Persona("software of Zwolle", "zwolle", role=RoleKind.AFTERCARE_COORDINATOR),
    Persona("software of Kampen", "kampen", role=RoleKind.AFTERCARE_COORDINATOR),
    Persona("software of Deventer", "deventer", role=RoleKind.AFTERCARE_COORDINATOR),
    Persona("software of the reclassering", "probation", role=RoleKind.PROBATION_OFFICER),
    Persona("software of the other reclassering", "other_probation", role=RoleKind.PROBATION_OFFICER),
    Persona("software of the partner", "partner", role=RoleKind.PARTNER_CONTACT),
)
