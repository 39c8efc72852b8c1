"""Invented texts for the gallery of components: filled, empty and with the longest names."""

from typing import Any

LONGEST = "Wilhelmina Maria-Antoinette van Bönninghausen tot Herinckhave-Özdemiroğlu-Nguyễn"
LONGEST_FACILITY = (
    "Penitentiair Psychiatrisch Centrum Justitieel Complex Zaanstad, afdeling extra zorgvoorziening"
)

TERMS: list[dict[str, Any]] = [
    {
        "name": "Screening en delen",
        "due": "16 november 2026",
        "text": "4 werkdagen te laat",
        "state": "late",
        "explanation": "10 werkdagen na 2 november 2026. Zaterdagen en zondagen tellen niet mee.",
        "source": "Handreiking, R146",
    },
    {
        "name": "Contact na kind-check",
        "due": "22 november 2026",
        "text": "Vandaag",
        "state": "today",
    },
    {
        "name": "D&R-plan vaststellen",
        "due": "30 november 2026",
        "text": "Nog 8 dagen",
        "state": "soon",
        "explanation": "Vier weken na 2 november 2026.",
        "source": "Pbw artikel 18a",
    },
    {
        "name": "Volgend MDO",
        "due": "11 januari 2027",
        "text": "Nog 7 weken",
        "state": "open",
    },
    {
        "name": "Beginbericht",
        "due": "2 november 2026",
        "text": "Gehaald",
        "state": "met",
    },
    {
        "name": "Zoekperiode bijstand (jonger dan 27 jaar)",
        "due": "einddatum onbekend",
        "text": "Opgeschort",
        "state": "suspended",
    },
]

DOMAIN_CARDS: list[dict[str, Any]] = [
    {
        "title": "Identiteitsbewijs",
        "tone": "danger",
        "status": "Actie nodig",
        "request": "Geen geldig identiteitsbewijs, ontslag over 16 weken.",
        "facts": [{"label": "Document", "value": "ID-kaart, verlopen op 3 mei 2025"}],
        "note": "3 acties open",
        "ground": "wettelijke grondslag",
        "url": "#",
    },
    {
        "title": "Onderdak",
        "tone": "warning",
        "status": "Aandacht",
        "request": "Huurwoning dreigt verloren te gaan; corporatie bereid tot betalingsregeling.",
        "facts": [
            {"label": "Woonvorm", "value": "Huur"},
            {"label": "Opgezegd per", "value": "1 januari 2027"},
        ],
        "note": "2 acties open",
        "ground": "toestemming van 3 november 2026",
        "url": "#",
    },
    {
        "title": "Werk en inkomen",
        "tone": "success",
        "status": "Geregeld",
        "request": "Werkgever houdt de plek vrij.",
        "url": "#",
    },
    {"title": "Schulden", "closed": True},
    {"title": "Zorg", "closed": True},
    {
        "title": "Sociaal netwerk",
        "tone": "inactive",
        "status": "Nog niet gevraagd",
        "note": "0 acties open",
        "url": "#",
        "link": "Invullen",
    },
]

TIMELINE: list[dict[str, Any]] = [
    {
        "at": "20 november 2026, 10.42 uur",
        "who": "M. Bakker · PI Zwolle",
        "what": "Toestemming voor Onderdak ingetrokken",
        "detail": "Op verzoek van betrokkene, schriftelijk.",
        "tone": "warning",
    },
    {
        "at": "12 november 2026, 08.05 uur",
        "who": "DJI-meldingen",
        "what": "Einddatum gewijzigd",
        "changes": [
            {
                "label": "Verwacht ontslag",
                "old": "1 februari 2027",
                "new": "14 maart 2027",
            }
        ],
    },
    {
        "at": "2 november 2026, 16.20 uur",
        "who": LONGEST + " · " + LONGEST_FACILITY,
        "what": "Ingekomen",
        "tone": "success",
    },
]

TABLE: dict[str, Any] = {
    "columns": [
        {"label": "Actie"},
        {"label": "Eigenaar"},
        {"label": "Stand"},
        {"label": "Uiterlijk", "numeric": True},
    ],
    "rows": [
        [
            {
                "text": "Aanvraag ID-kaart",
                "label": "Actie",
                "url": "#",
                "sub": "Identiteitsbewijs",
            },
            {"text": "Gemeente Zwolle", "label": "Eigenaar"},
            {"text": "2 dagen te laat", "label": "Stand", "tone": "danger"},
            {"text": "20-11-2026", "label": "Uiterlijk", "numeric": True},
        ],
        [
            {
                "text": "Betalingsregeling met corporatie",
                "label": "Actie",
                "url": "#",
                "sub": "Onderdak",
            },
            {"text": LONGEST_FACILITY, "label": "Eigenaar"},
            {"text": "Nog 9 dagen", "label": "Stand", "tone": "neutral"},
            {"text": "01-12-2026", "label": "Uiterlijk", "numeric": True},
        ],
    ],
}

COUNTERS: list[dict[str, Any]] = [
    {"label": "te laat", "number": 3, "url": "#", "tone": "danger", "current": True},
    {"label": "deze week", "number": 12, "url": "#", "tone": "warning"},
    {"label": "opgeschort", "number": 1, "url": "#", "tone": "inactive"},
    {"label": "wacht op andere partij", "number": 1204, "url": "#", "tone": "neutral"},
]

WORKLIST = [
    (
        "Z-2026-0412",
        "Mehmet Yılmaz",
        "PI Zwolle, B2",
        "Screening en delen",
        "4 werkdagen te laat",
        "danger",
        "16-11-2026",
        "is-late",
    ),
    (
        "Z-2026-0398",
        "Thị Nguyễn",
        "PI Zwolle, A1",
        "Kind-check",
        "Vandaag",
        "warning",
        "22-11-2026",
        "is-soon",
    ),
    (
        "Z-2026-0377",
        LONGEST,
        LONGEST_FACILITY,
        "D&R-plan vaststellen",
        "Nog 8 dagen",
        "neutral",
        "30-11-2026",
        "",
    ),
    (
        "Z-2026-0365",
        "Ayşe Özdemir",
        "PI Leeuwarden",
        "Volgend MDO",
        "Op schema",
        "success",
        "11-01-2027",
        "",
    ),
    ("Z-2026-0341", "J. de Vries", "", "", "Einddatum onbekend", "inactive", "", ""),
]
