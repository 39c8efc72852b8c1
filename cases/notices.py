"""What does a message say? Words for its kind; never a name and never content (quality 2.8)."""

from cases.models import TaskKind

WORDS = {
    **{str(kind): str(kind.label) for kind in TaskKind},
    "aankondiging": "Een zelfmelder is aangekondigd",
    "binnenkomst": "Er is een nieuwe zaak in uw inrichting",
    "begindatum": "De begindatum van een detentie is gecorrigeerd",
    "einddatum": "De verwachte einddatum van een detentie is gewijzigd",
    "termijn": "Een termijn vraagt uw aandacht",
    "termijn-opschaling": "Een termijn is al tien werkdagen te laat",
    "betrokken": "Uw organisatie neemt deel aan een zaak",
    "inbreng": "Nieuwe inbreng bij een zaak",
    "informatieblad": "Er is een informatieblad voor u",
    "informatieblad-ingetrokken": "Een informatieblad is ingetrokken, of vervangen door een versie met minder leefgebieden",
    "informatie-gevraagd": "De inrichting vraagt wat u al weet",
    "actie-toegewezen": "Er is een actie voor uw organisatie",
    "actie-afgedaan": "Een actie is afgedaan",
    "plan-vastgesteld": "Het D&R-plan is vastgesteld",
    "plan-reactie": "Een partij heeft op het D&R-plan gereageerd",
    "uitnodiging": "Uw organisatie is uitgenodigd voor een overleg",
    "uitnodiging-ingetrokken": "Een uitnodiging voor een overleg is ingetrokken",
    "overleg-verplaatst": "Een overleg is verplaatst",
    "overleg-afgelast": "Een overleg gaat niet door",
    "overleg-gehouden": "Een overleg is gehouden",
    "bijzondere-melding": "Er staat een bijzondere melding voor u klaar",
    "bijzondere-melding-teruggehaald": "Een bijzondere melding is teruggehaald: gebruik haar niet",
    "noodtoegang": "Iemand heeft noodtoegang gebruikt; bekijk de reden",
    "noodtoegang-zaak": "Een collega heeft met noodtoegang een afgeschermde zaak geopend",
    "fg-ontbreekt": "Een organisatie heeft geen functionaris gegevensbescherming",
    "agenda-verouderd": "Een afgedrukte agenda is verouderd",
}


def words_of(kind: str) -> str:
    """A kind without words of its own is written out, so that no message is empty."""
    return WORDS.get(kind) or kind.replace("-", " ").capitalize()
