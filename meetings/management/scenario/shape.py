"""Does the file have the shape of docs/scenario.md? All faults together, each with its place."""

from collections.abc import Iterator, Mapping
from typing import Any

Shape = Mapping[str, Any]  # key -> None (a value), a Shape (an object) or [Shape] (a list of objects)


def keys(names: str, **parts: Any) -> Shape:  # parts: a Shape or [Shape]
    """A shape from the names of its plain values, and its parts."""
    return {**dict.fromkeys(names.split()), **parts}


STEP = keys("op door")
PERSON = keys("strafrechtsketennummer bsn voornamen tussenvoegsel achternaam geboortedatum geslacht")
CONSENT = keys(
    "ids ontvanger antwoorden gegevenOp bewijs geldigTot formulier taal uitleg vertegenwoordiger op door",
    ingetrokken=[keys("leefgebied op door reden")],
)
PLAN = keys(
    "id regie op door zorgEnBegeleiding veiligheid reintegratie",
    doelen=[keys("id leefgebied soort tekst")],
    acties=[keys("id leefgebied tekst partij uiterlijk doel")],
    besproken=keys("op reactie toelichting"),
)
REPORT = keys(
    "id soort ontvanger aanleiding verwachtOp adres delict voorwaarden risico vraag op door",
    geopend=keys("op door maatregelen"),
)
CASE = keys(
    "id zaak insluitingsnummer instroomtype titel begin verwachtEinde inrichting gemeenteHerkomst herkomst"
    " hervestiging partijenOp door",
    persoon=PERSON,
    behandelaars=[keys("gebruiker afdeling op door")],
    reclassering=[keys("organisatie opdracht titel op door")],
    partners=[keys("organisatie opdracht op door")],
    grondslagen=[keys("ontvanger grondslag onderwerpen noodzaak kenmerk op door")],
    inbreng=[keys("id leefgebied soort tekst vanaf tot op door")],
    leefgebieden=[keys("id leefgebied stand hulpvraag toelichting gegevens op door")],
    instrumenten=[keys("id instrument uitkomst afgenomenOp toelichting op door")],
    kindcheck=keys("id uitkomst spoed op door"),
    screeningAfgerond=STEP,
    toestemmingen=[CONSENT],
    informatiebladen=[keys("id ontvanger op door")],
    plan=PLAN,
    afscherming=keys("reden personen op door"),
    noodtoegang=[keys("reden op door")],
    bijzondereMeldingen=[REPORT],
    notities=[keys("id soort tekst leefgebied datum op door")],
    netwerk=[
        keys(
            "id naam relatie telefoon slachtoffer contactverbod gezinsbenadering op door",
            toestemmingen=[keys("ontvanger antwoord gegevenOp bewijs geldigTot uitleg op door")],
        )
    ],
    adressen=[keys("id waarvoor straat huisnummer postcode plaats gemeente vanaf tot geheim op door")],
)
DECISION = keys("id soort leefgebied tekst", actie=keys("id tekst partij uiterlijk"))
MEETING = keys(
    "id soort organisatie begin plaats link minutenPerPunt voorzitter plaatsvervanger secretaris gemaaktOp door",
    agenda=[keys("id zaak soort minuten voorstel genodigden", besluiten=[DECISION])],
    gehouden=keys("op door", aanwezig=[keys("organisatie naam aanwezig reden")]),
)
SCENARIO = keys(
    "referentie",
    organisaties=[keys("id soort code naam aangeslotenSinds")],
    gebruikers=[keys("id email naam wachtwoord", rollen=[keys("id organisatie rol afdeling vanaf")])],
    apiClients=[keys("clientId clientSecret organisatie rol")],
    zaken=[CASE],
    overleggen=[MEETING],
)


def faults_in(value: Any, shape: Any, place: str = "scenario") -> Iterator[str]:  # any JSON value
    """Keys that the format does not know, and parts of another type."""
    if shape is None or (value is None and place != "scenario"):
        return
    if isinstance(shape, list):
        yield from _faults_in_list(value, shape[0], place)
    elif not isinstance(value, dict):
        yield f"{place}: hier hoort een object"
    else:
        yield from (f"{place}: onbekende sleutel '{key}'" for key in value if key not in shape)
        for key in value.keys() & shape.keys():
            yield from faults_in(value[key], shape[key], f"{place}.{key}")


def _faults_in_list(value: Any, shape: Shape, place: str) -> Iterator[str]:  # any JSON value
    if not isinstance(value, list):
        yield f"{place}: hier hoort een lijst"
        return
    for number, row in enumerate(value):
        if isinstance(row, dict):
            yield from faults_in(row, shape, f"{place}[{number}]")
        else:
            yield f"{place}[{number}]: hier hoort een object"
