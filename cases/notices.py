"""What does a message say, and to which topic does it belong? Never a name and never content (quality 2.8)."""

from django.db.models import Q

from cases.models import TaskKind, Topic

WORDS = {
    **{str(kind): str(kind.label) for kind in TaskKind},
    "aankondiging": "Een zelfmelder is aangekondigd",
    "binnenkomst": "Er is een nieuwe zaak in uw inrichting",
    "begindatum": "De begindatum van een detentie is gecorrigeerd",
    "einddatum": "De verwachte einddatum van een detentie is gewijzigd",
    "termijn": "Een termijn vraagt uw aandacht",
    "termijn-afdeling": "Een termijn in een zaak van uw afdeling vraagt uw aandacht",
    "termijn-te-laat": "Een termijn is te laat",
    "termijn-te-laat-afdeling": "Een termijn in een zaak van uw afdeling is te laat",
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
    "weekoverzicht": "Uw weekoverzicht staat klaar",
    "niemand-bereikbaar": "Een organisatie moet iets doen en er is niemand die bericht krijgt",
    "zaak-zonder-lezer": "Over een zaak krijgt niemand bij u bericht: wie haar mag zien, werkt er niet meer",
    "bezorging-mislukt": "E-mail aan een collega komt niet aan",
}

TOPICS: dict[Topic, tuple[str, ...]] = {
    Topic.TERMS: ("termijn", "termijn-afdeling"),
    Topic.OVERDUE: (
        "termijn-te-laat",
        "termijn-te-laat-afdeling",
        "termijn-opschaling",
        str(TaskKind.CONTACT_TODAY),
        "kind-check",
        "niemand-bereikbaar",
        "zaak-zonder-lezer",
    ),
    Topic.SHARING: (
        "inbreng",
        "informatie-gevraagd",
        "informatieblad",
        "actie-toegewezen",
        "actie-afgedaan",
        "plan-vastgesteld",
        "plan-reactie",
        str(TaskKind.ASK_CONSENT),
    ),
    Topic.MEETINGS: (
        "uitnodiging",
        "uitnodiging-ingetrokken",
        "overleg-verplaatst",
        "overleg-afgelast",
        "overleg-gehouden",
        str(TaskKind.MEETING_FOLLOW_UP),
    ),
    Topic.DIGEST: ("weekoverzicht",),
    Topic.SAFETY: (
        "informatieblad-ingetrokken",
        "agenda-verouderd",
        "bijzondere-melding",
        "bijzondere-melding-teruggehaald",
        "noodtoegang",
        "noodtoegang-zaak",
        "fg-ontbreekt",
        "bezorging-mislukt",
    ),
}
"""Every other kind is about the case itself."""

ALWAYS = frozenset({Topic.OVERDUE, Topic.SAFETY})
"""Nobody switches these off: what is late, what guards access, and what says that somebody must stop using a thing."""

_TOPIC_OF = {kind: topic for topic, kinds in TOPICS.items() for kind in kinds}


def about(topic: str) -> Q:
    """The messages on this topic."""
    if topic == Topic.CASES:
        return ~Q(kind__in=_TOPIC_OF)
    return Q(kind__in=TOPICS[Topic(topic)])


def topic_of(kind: str) -> Topic:
    return _TOPIC_OF.get(kind, Topic.CASES)


def words_of(kind: str) -> str:
    """A kind without words of its own is written out, so that no message is empty."""
    return WORDS.get(kind) or kind.replace("-", " ").capitalize()
