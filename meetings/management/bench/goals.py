"""The figures to which this project is held, and where each must stay below (or above)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One line of the list. ``at_least`` turns it round."""

    code: str
    what: str
    limit: float
    unit: str = "x"
    at_least: bool = False

    @property
    def text(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"

    def is_met(self, measured: float) -> bool:
        return measured >= self.limit if self.at_least else measured <= self.limit


GOALS = {
    goal.code: goal
    for goal in (
        Goal("Q1 lijst", "statements van de werkvoorraad", 7, ""),
        Goal("Q1 zaak", "statements van de zaakpagina", 12, ""),
        Goal("Q1 api", "statements van /trajecten", 6, ""),
        Goal("B1 lijst", "blokken van de werkvoorraad, slechtste partij", 400, ""),
        Goal("B1 inhoud", "blokken per leefgebied van een bladzijde", 7, ""),
        Goal("R1", "werkvoorraad met deelname en toestemming / kale SQL", 1.7),
        Goal("R2", "werkvoorraad met / zonder toets van toestemming", 1.4),
        Goal("R3", "werkvoorraad via de querysets / kale SQL", 5),
        Goal("R4", "hele werkvoorraad / grensbladzijde", 1.6),
        Goal("R5", "zaakpagina / lege bladzijde voor wie is ingelogd", 7),
        Goal("R6", "alle getallen in één statement / kale telling", 1),
        Goal("R7 bladzijde", "100 trajecten over de API / kale SQL", 3),
        Goal("R7 sinds", "keuze 'gewijzigd in 10 jaar' / 'in 1 dag'", 1.4),
        Goal("R8 lijst", "lijst in SQL: historie x10 / x1", 1.15),
        Goal("R8 bladzijde", "werkvoorraad: historie x10 / x1", 1.15),
        Goal("R8 getallen", "getallen: historie x10 / x1", 1.15),
        Goal("R8 zaak", "zaakpagina: historie x10 / x1", 1.15),
        Goal("R8 api", "100 trajecten over de API: historie x10 / x1", 1.15),
        Goal("R9", "extra statements na een intrekking", 0, ""),
        Goal("R10", "lus met bulk_update / termijnen zoeken in één statement", 20, "x", at_least=True),
        Goal("R11", "werkvoorraad van 50 personen met / zonder logboek", 1.3),
        Goal("R12 agenda", "agenda van 40 zaken als PDF", 1000, " ms"),
        Goal("R12 blad", "informatieblad als PDF", 150, " ms"),
        Goal("R13 web", "geheugen van een webproces na 10.000 aanvragen", 220, " MB"),
        Goal("R13 groei", "groei van dat geheugen in de tweede helft", 5, " MB"),
        Goal("R13 import", "extra geheugen: 30.000 meldingen inlezen", 50, " MB"),
        Goal("R13 export", "extra geheugen: 50.000 regels uitvoeren", 50, " MB"),
        Goal("R13 termijnen", "extra geheugen: 100.000 zaken nalopen", 50, " MB"),
    )
}
