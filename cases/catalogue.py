"""How does the catalogue of terms read for who is no programmer? The table of :mod:`cases.process` in plain Dutch."""

from collections.abc import Iterable, Iterator

from cases.models.vocabulary import Capacity
from cases.process import STEP_RULES
from cases.steps import Meaning, Roll, Room, StepRule, Unit
from reintegratie.lib.dutch import day_text, listed

INTRODUCTION = """# Termijnen

Wat moet wanneer klaar zijn, vanaf welke dag telt dat, en waar staat dat? Deze tabel is gemaakt uit het programma zelf
(`python manage.py catalogue > docs/termijnen.md`). Een test kijkt na of zij nog klopt; verander haar dus niet met de hand.

- De dag van de gebeurtenis zelf telt niet mee. Een termijn loopt tot en met het einde van zijn laatste dag,
  in Nederlandse tijd.
- Een werkdag is geen zaterdag, zondag, feestdag van de Algemene termijnenwet of gelijkgestelde dag. Goede Vrijdag en 5 mei
  zijn elk jaar een feestdag. De gelijkgestelde dagen staan in beheer.
- Alleen een termijn die in de wet staat, wordt verlengd tot de eerstvolgende werkdag. Een termijn die
  terugtelt schuift nooit.
- Een overplaatsing verandert geen enkele termijn. Na het ontslag vervalt wat nog open stond; dat is iets anders dan te laat.
- Verandert een regel, dan komt er een regel bij met een latere dag. Een termijn houdt de regel waaronder hij is gemaakt.
- Op de pagina Termijnen van een zaak, in de API en op de afgedrukte agenda staat bij elke dag hoe die tot stand kwam.
"""
ROOMS = {
    Room.FRAME: (
        "Bij de zaak",
        "Deze termijnen volgen uit de datums van de detentie. Wie met een termijn werkt, ziet hem.",
    ),
    Room.CONTENT: (
        "Bij de inhoud",
        "Deze termijnen vertellen iets over iemand. Alleen wie dat onderdeel van het dossier mag zien, ziet ze.",
    ),
    Room.REQUEST: ("Bij een verzoek om inzage", "Deze termijnen staan bij het verzoek zelf."),
    Room.RECORDS: ("Bij het bewaren", "Hoe lang gegevens blijven, verschilt per soort en per organisatie."),
}
COLUMNS = (
    "Termijn",
    "Wanneer",
    "Op een vrije dag",
    "Eindigt of verandert",
    "Wie doet het",
    "Wie weet het ook",
    "Bericht",
    "Bron",
    "Geldt vanaf",
)
ROLLING = {
    Roll.STAYS: "blijft staan",
    Roll.FORWARD: "eerstvolgende werkdag",
    Roll.BACK: "laatste werkdag ervoor",
}


def catalogue() -> str:
    """The whole document."""
    parts = [INTRODUCTION]
    for room, (title, text) in ROOMS.items():
        rules = [rule for rule in STEP_RULES if rule.room is room]
        parts.append("\n".join([f"## {title}", "", text, "", *_table(rules), ""]))
    return "\n".join(parts)


def _table(rules: Iterable[StepRule]) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"
    for rule in rules:
        yield f"| {' | '.join(_cells(rule))} |"


def _cells(rule: StepRule) -> tuple[str, ...]:
    return (
        rule.label,
        _when(rule),
        "wordt overgeslagen" if rule.unit is Unit.WORKING_DAYS else ROLLING[rule.rolls],
        rule.ends or "–",
        _named((rule.responsible,)),
        _named(rule.informed) or "–",
        _told(rule),
        rule.source,
        day_text(rule.valid_from),
    )


def _when(rule: StepRule) -> str:
    """'uiterlijk 4 weken na binnenkomst (wettelijke termijn)', 'mogelijk vanaf 42 dagen na het begin van de detentie'."""
    law = " (wettelijke termijn)" if rule.statutory else ""
    return f"{rule.meaning.value} {rule.rule_text}{law}"


def _named(capacities: Iterable[Capacity]) -> str:
    return listed([str(capacity.label) for capacity in capacities])


def _told(rule: StepRule) -> str:
    """Who hears of it when (C4, column 'warn')."""
    if rule.meaning is not Meaning.DUE:
        return "; ".join([*_before(rule), "op de dag zelf"])
    late = f"te laat: elke {rule.repeat} dagen" if rule.repeat > 1 else "te laat: elke dag"
    heads = f"afdelingshoofd na {rule.heads_late} {Unit.WORKING_DAYS.value[rule.heads_late != 1]} te laat"
    return "; ".join([*_before(rule), "op de dag zelf", late, heads])


def _before(rule: StepRule) -> Iterator[str]:
    unit = Unit.WORKING_DAYS if rule.unit is Unit.WORKING_DAYS else Unit.DAYS
    for days, who in ((rule.warn_before, ""), (rule.heads_before, "afdelingshoofd ")):
        if days:
            numbers = listed([str(number) for number in days])
            yield f"{who}{numbers} {unit.value[days != (1,)]} ervoor"
