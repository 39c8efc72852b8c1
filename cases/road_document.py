"""The road of an episode as a document for people (docs/werkproces.md), made from the table itself."""

from cases.events import Guard, Transition
from cases.models.vocabulary import Phase
from cases.road import TABLE

HEAD = """# Het werkproces: wat kan wanneer, wie legt het vast, en wat volgt

Dit document komt uit de tabel in `cases/road.py`; schrijf het opnieuw met `manage.py process_document`. Berichten
van DJI en mensen nemen dezelfde weg. Wat hier niet staat, kan niet; de pagina zegt dan waarom.

| Gebeurtenis | Uit welke fase | Naar welke fase | Alleen als | Wat volgt | Wie | Bron |
|---|---|---|---|---|---|---|
"""
CONDITIONS = {
    Guard.NOT_AHEAD: "de dag niet in de toekomst ligt",
    Guard.AFTER_ENTRY: "de dag niet voor de binnenkomst ligt",
    Guard.IN_ORDER: "de dag niet voor het begin van de huidige fase ligt",
    Guard.ON_REMAND: "het voorlopige hechtenis is",
    Guard.SELF_REPORTER: "het een zelfmelder is",
    Guard.CALLED_BY_THEN: "de dag van de oproep er is",
    Guard.AFTER_DECISION: "de dag niet voor het vorige besluit ligt",
    Guard.IN_BASIC: "het basisprogramma loopt",
    Guard.IN_PLUS: "het plusprogramma loopt",
    Guard.SIX_WEEKS: "er zes weken gewenst gedrag is sinds het begin of de laatste degradatie",
    Guard.PLACE_PROMOTES: "het geen PPC, JCvSZ, EBI, terroristenafdeling of ISD is",
}


def document() -> str:
    """The whole document."""
    return HEAD + "".join(f"| {' | '.join(_cells(row))} |\n" for row in TABLE)


def _cells(row: Transition) -> tuple[str, ...]:
    return (
        str(row.event.label),
        ", ".join(_name(phase) for phase in row.origins),
        _target(row),
        "; ".join(CONDITIONS[guard] for guard in row.guards) or "–",
        " ".join(effect.value for effect in row.effects) or "–",
        "; ".join(setter.value for setter in row.setters),
        row.source,
    )


def _name(phase: Phase | None) -> str:
    return str(phase.label) if phase else "(nieuwe zaak)"


def _target(row: Transition) -> str:
    if row.back:
        return "de fase van voor de onderbreking"
    return " of ".join(_name(phase) for phase in row.to) or "blijft"
