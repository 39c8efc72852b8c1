"""What can happen to an episode? The words of the road (domain C2): events, guards, effects, and who says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import TextChoices

from cases.models.vocabulary import CustodyTitle, InflowType, Phase, Programme
from reintegratie.lib.dutch import day_text


class RoadEvent(TextChoices):
    """Everything that brings an episode further, or that happens along its road."""

    ANNOUNCED = "aankondiging", "Zelfmelder aangekondigd"
    ENTERED = "binnenkomst", "Binnengekomen"
    SCREENING_DONE = "screening-afgerond", "Screening afgerond"
    PLAN_DRAFTED = "plan-begonnen", "D&R-plan begonnen"
    PLAN_DISCUSSED = "plan-besproken", "D&R-plan besproken met de gedetineerde"
    PLAN_ADOPTED = "plan-vastgesteld", "D&R-plan vastgesteld"
    MDO_HELD = "mdo-gehouden", "MDO gehouden"
    TRANSFERRED = "overplaatsing", "Overgeplaatst"
    RESETTLEMENT_CHOSEN = "hervestiging-gekozen", "Gemeente van hervestiging gekozen"
    PROMOTED = "promotie", "Promotie naar het plusprogramma"
    DEMOTED = "degradatie", "Degradatie naar het basisprogramma"
    EXTRAMURAL_STARTED = "extramuraal-begonnen", "Extramurale fase begonnen"
    EXTRAMURAL_RECALLED = "extramuraal-beeindigd", "Extramurale fase beëindigd: terug in de inrichting"
    RELEASE_DATE_CHANGED = "einddatum-gewijzigd", "Verwachte einddatum vastgelegd of gewijzigd"
    RELEASE_PREPARED = "ontslag-voorbereiden", "Voorbereiding van het ontslag begonnen"
    RELEASED = "ontslag", "Ontslagen"
    TITLE_RECORDED = "titel-na-ontslag", "Titel na ontslag vastgelegd"
    AFTERCARE_STARTED = "nazorg-begonnen", "Nazorg begonnen"
    AFTERCARE_CLOSED = "nazorg-afgesloten", "Nazorg afgesloten"
    RE_ENTERED = "nieuwe-detentie", "Opnieuw binnengekomen"
    ABSENT = "afwezig", "Ongeoorloofd afwezig"
    RETURNED = "teruggekeerd", "Teruggekeerd na afwezigheid"
    CUSTODY_SUSPENDED = "schorsing", "Voorlopige hechtenis geschorst"
    CUSTODY_RESUMED = "schorsing-opgeheven", "Schorsing opgeheven: weer in de inrichting"
    DECEASED = "overlijden", "Overleden"
    EXPELLED = "uitzetting", "Uitgezet of uitgeleverd"
    NOT_REPORTED = "niet-gemeld", "Zelfmelder heeft zich niet gemeld"
    OUT_OF_SCOPE = "buiten-bereik", "Valt buiten het akkoord"


class Setter(Enum):
    """On whose word something happens."""

    MESSAGE = "een detentiemelding"
    WORK = "het werk zelf: screening, plan of overleg"
    LEADING = "casemanager of afdelingshoofd van de inrichting van verblijf"
    DIRECTOR = "directeur van de inrichting van verblijf"
    AFTERCARE = "coördinator nazorg van de gemeente, of de reclassering met een titel"


@dataclass(frozen=True)
class Facts:
    """What a guard looks at: the case as it stands, and the event as it is told."""

    phase: Phase | None
    today: date
    on: date
    """The day of the event."""
    phase_since: date | None = None
    entered_on: date | None = None
    announced_for: date | None = None
    inflow_type: str = ""
    custody_title: str = ""
    programme: str = ""
    programme_since: date | None = None
    promotion_from: date | None = None
    """The day from which promotion is possible; None where no term for it runs."""
    place_kinds: tuple[str, ...] = ()


NO_PROMOTION_PLACES = ("ppc", "jcvsz", "ebi", "ta", "isd")
"""Kinds of places without promotion and degradation (Stcrt. 2020, 49131; domain B6)."""


class Guard(Enum):
    """What must be so, and the sentence for who tried when it is not."""

    NOT_AHEAD = "Deze dag ligt in de toekomst. Leg de gebeurtenis vast als zij er is."
    AFTER_ENTRY = "Deze dag ligt voor de binnenkomst op {entered}."
    IN_ORDER = "Deze dag ligt voor het begin van de huidige fase op {since}."
    ON_REMAND = "Alleen voorlopige hechtenis kan worden geschorst."
    SELF_REPORTER = "Alleen een zelfmelder kan zich niet melden."
    CALLED_BY_THEN = "De zelfmelder is pas opgeroepen voor {announced}."
    AFTER_DECISION = "Deze dag ligt voor het vorige besluit over het programma, van {decided}."
    IN_BASIC = "De gedetineerde volgt het basisprogramma niet; een zelfmelder begint al in plus."
    IN_PLUS = "De gedetineerde volgt het plusprogramma niet."
    SIX_WEEKS = (
        "Promotie kan pas na zes weken gewenst gedrag vanaf het begin van de detentie of de laatste degradatie: "
        "vanaf {promotion}."
    )
    PLACE_PROMOTES = "In een PPC, JCvSZ, EBI, terroristenafdeling of ISD is er geen promotie of degradatie."

    def refusal(self, facts: Facts) -> str:
        """Why not, or nothing when the guard lets it through."""
        return "" if HOLDS[self](facts) else self.value.format(**_days(facts))


def _days(facts: Facts) -> dict[str, str]:
    return {
        "entered": day_text(facts.entered_on),
        "since": day_text(facts.phase_since),
        "decided": day_text(facts.programme_since),
        "announced": day_text(facts.announced_for),
        "promotion": day_text(facts.promotion_from),
    }


HOLDS: dict[Guard, Callable[[Facts], bool]] = {
    Guard.NOT_AHEAD: lambda facts: facts.on <= facts.today,
    Guard.AFTER_ENTRY: lambda facts: facts.entered_on is None or facts.on >= facts.entered_on,
    Guard.IN_ORDER: lambda facts: facts.phase_since is None or facts.on >= facts.phase_since,
    Guard.ON_REMAND: lambda facts: facts.custody_title == CustodyTitle.PRETRIAL,
    Guard.SELF_REPORTER: lambda facts: facts.inflow_type == InflowType.SELF_REPORTER,
    Guard.CALLED_BY_THEN: lambda facts: facts.announced_for is None or facts.on >= facts.announced_for,
    Guard.AFTER_DECISION: lambda facts: facts.programme_since is None or facts.on >= facts.programme_since,
    Guard.IN_BASIC: lambda facts: facts.programme == Programme.BASIC,
    Guard.IN_PLUS: lambda facts: facts.programme == Programme.PLUS,
    Guard.SIX_WEEKS: lambda facts: facts.promotion_from is None or facts.on >= facts.promotion_from,
    Guard.PLACE_PROMOTES: lambda facts: (
        facts.custody_title != CustodyTitle.ISD and not set(facts.place_kinds) & set(NO_PROMOTION_PLACES)
    ),
}


class Effect(Enum):
    """What an event brings about, in the words people read before they confirm."""

    START_TERMS = "De termijnen van de binnenkomst beginnen."
    MEET_SCREENING = "De termijn van de screening is gehaald."
    MEET_PLAN = "De termijn van het plan is gehaald."
    NEXT_MDO = "Zes weken voor het volgende MDO beginnen."
    KEEP_TERMS = "Alle termijnen lopen door; het dossier gaat mee."
    TELL_GEMEENTE = "De gekozen gemeente ziet de zaak vanaf nu en krijgt bericht."
    TO_PLUS = "De gedetineerde volgt vanaf deze dag het plusprogramma."
    TO_BASIC = (
        "De gedetineerde volgt vanaf deze dag het basisprogramma; zes weken voor promotie beginnen opnieuw."
    )
    STILL_IN_DETENTION = "De detentie gaat door: de zaak blijft open en de termijnen lopen door."
    RECOMPUTE_BACKWARD = "De termijnen die terugtellen vanaf de einddatum worden opnieuw berekend."
    LAPSE_TERMS = "Alle lopende termijnen vervallen."
    HAND_OVER = "De zaak gaat van de werkvoorraad van de inrichting; gemeente en reclassering werken verder."
    AFTERCARE_RUNS = "Gemeente en reclassering werken verder aan de zaak; de inrichting kan haar lezen."
    NEW_CASE = "Er komt een nieuwe zaak; toestemmingen gaan niet mee."
    PAUSE_TERMS = (
        "De termijnen staan stil vanaf deze dag en gaan uit de werkvoorraad. Terugtellende schuiven niet."
    )
    RESUME_TERMS = "De termijnen lopen weer, met de dagen die over waren. Wat al te laat was, blijft te laat."
    END_WORK = "De zaak gaat bij iedereen uit de werkvoorraad. Er komen geen termijnen en taken meer bij."
    SILENCE = "Er gaan geen automatische berichten en brieven meer uit, ook niet die al klaarstonden."


@dataclass(frozen=True)
class Transition:
    """One row of the table. ``to`` is empty where the phase stays, or where a new case begins (``new_case``);
    ``back``: to the phase in which the interruption found him."""

    event: RoadEvent
    origins: tuple[Phase | None, ...]
    to: tuple[Phase, ...]
    refusal: str
    setters: tuple[Setter, ...]
    source: str
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    back: bool = False
    asks_ground: bool = False
    warning: str = ""
    """What cannot be undone by hand, said before confirming."""
