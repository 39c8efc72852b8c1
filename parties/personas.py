"""The personas of the demo (contract 2). Synthetic people; never in production."""

from dataclasses import dataclass

from parties.models import PartyKind, RoleKind

DEMO_PASSWORD = "terugkeer-demo-2026"  # printed by `make run`, for synthetic data only


@dataclass(frozen=True)
class Persona:
    """One account of the demo: who, for which organisation, in which role."""

    email: str
    name: str
    kind: PartyKind
    code: str
    role: RoleKind


@dataclass(frozen=True)
class ClientPersona:
    """One API client of the demo."""

    client_id: str
    kind: PartyKind
    code: str
    role: RoleKind
    scope: str

    @property
    def secret(self) -> str:
        return f"{self.client_id}-geheim-voor-de-demo"


PRISON, TOWN, PROBATION = PartyKind.PRISON, PartyKind.MUNICIPALITY, PartyKind.PROBATION

PERSONAS = (
    Persona("casemanager@zwolle.pi.test", "Marieke Bakker", PRISON, "ZWO", RoleKind.CASEMANAGER),
    Persona("casemanager2@zwolle.pi.test", "Youssef Amrani", PRISON, "ZWO", RoleKind.CASEMANAGER),
    Persona("afdelingshoofd@zwolle.pi.test", "Henk Wolters", PRISON, "ZWO", RoleKind.UNIT_HEAD),
    Persona("directeur@zwolle.pi.test", "Annelies de Ruiter", PRISON, "ZWO", RoleKind.DIRECTOR),
    Persona("risico@zwolle.pi.test", "Bram Veenstra", PRISON, "ZWO", RoleKind.RISK_OFFICER),
    Persona("casemanager@leeuwarden.pi.test", "Sjoerd Hoekstra", PRISON, "LEE", RoleKind.CASEMANAGER),
    Persona("nazorg@zwolle.gemeente.test", "Fatma Yıldız", TOWN, "0193", RoleKind.AFTERCARE_COORDINATOR),
    Persona("nazorg@deventer.gemeente.test", "Peter Nijland", TOWN, "0150", RoleKind.AFTERCARE_COORDINATOR),
    Persona(
        "nazorg@kampen.gemeente.test", "Ineke van der Weerd", TOWN, "0166", RoleKind.AFTERCARE_COORDINATOR
    ),
    Persona("bij@zwolle.gemeente.test", "Roel Dijkman", TOWN, "0193", RoleKind.BIJ_MANDATARY),
    Persona("werker@rn-no.reclassering.test", "Sanne Postma", PROBATION, "RN-NO", RoleKind.PROBATION_OFFICER),
    Persona(
        "werker@svg-no.reclassering.test", "Tim Brouwer", PROBATION, "SVG-NO", RoleKind.PROBATION_OFFICER
    ),
    Persona(
        "contact@woningcorporatie.partner.test",
        "Linda Kok",
        PartyKind.PARTNER,
        "WONINGCORPORATIE",
        RoleKind.PARTNER_CONTACT,
    ),
    Persona(
        "regie@ijsselland.zvh.test",
        "Karin Blom",
        PartyKind.SAFETY_HOUSE,
        "ZVH-IJSSELLAND",
        RoleKind.SAFETY_HOUSE_DIRECTOR,
    ),
    Persona("fg@zwolle.pi.test", "Willem Terpstra", PRISON, "ZWO", RoleKind.PRIVACY_OFFICER),
    Persona(
        "beheer@reintegratie.test", "Nora Smeets", PartyKind.OPERATOR, "BEHEER", RoleKind.FUNCTIONAL_ADMIN
    ),
)

READING = "trajecten acties inbreng overleggen gebeurtenissen"
CLIENTS = (
    ClientPersona("rn-no", PROBATION, "RN-NO", RoleKind.PROBATION_OFFICER, READING),
    ClientPersona("svg-no", PROBATION, "SVG-NO", RoleKind.PROBATION_OFFICER, READING),
    ClientPersona(
        "dji-meldingen", PartyKind.OPERATOR, "BEHEER", RoleKind.MESSAGE_CLIENT, "detentiemeldingen"
    ),
)
"""``scope`` is what the example walk asks for; what a client may do is decided per request by its role."""

EXTRA_ORGANISATIONS = (
    (PartyKind.PARTNER, "WONINGCORPORATIE", "Woningcorporatie De Sleutel"),
    (PartyKind.SAFETY_HOUSE, "ZVH-IJSSELLAND", "Zorg- en Veiligheidshuis IJsselland"),
    (PartyKind.OPERATOR, "BEHEER", "Functioneel beheer Terugkeer"),
)
"""Organisations of the demo that no reference file holds."""
