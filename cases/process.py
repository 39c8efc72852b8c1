"""The work process as a table: which step is due when, counted from what, on whose word. Dated, and citing its source.

A change of a rule is a new row with a later ``valid_from``; a deadline keeps the rule it was made under (C6.56).
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from cases.models.vocabulary import ENDED_PHASES, Capacity, Phase


class Step(StrEnum):
    """The steps that carry a term (domain C4)."""

    INFO_REQUEST = "info_request"
    SCREENING = "screening"
    SHARE_REQUESTS = "share_requests"
    REFLECTOR_LANGUAGE = "reflector_language"
    PLAN_ADOPTION = "plan_adoption"
    STAY_PLAN = "stay_plan"
    MDO_CYCLE = "mdo_cycle"
    ARRESTEE_STAY = "arrestee_stay"
    PRE_RELEASE_CHECK = "pre_release_check"
    PROMOTION_EARLIEST = "promotion_earliest"


class Unit(Enum):
    """In what a term is counted: one and more than one."""

    WORKING_DAYS = ("werkdag", "werkdagen")
    WEEKS = ("week", "weken")
    MONTHS = ("maand", "maanden")
    DAYS = ("dag", "dagen")


class Roll(Enum):
    """Where a term goes that ends on a day that does not count."""

    STAYS = "blijft staan"
    FORWARD = "naar de eerstvolgende werkdag (Algemene termijnenwet art. 1)"
    BACK = "naar de laatste werkdag ervoor"


@dataclass(frozen=True)
class StepRule:
    """One dated row of the work process.

    ``terms`` holds one length, or one per round (the pre-release check has three); ``backward`` terms count back from their
    event; ``earliest`` is a day from which something is possible, never too late; ``warn_before`` counts in working days.
    """

    step: Step
    label: str
    counts_from: str
    terms: tuple[int, ...]
    unit: Unit
    source: str
    valid_from: date
    statutory: bool = False
    rolls: Roll = Roll.STAYS
    backward: bool = False
    earliest: bool = False
    responsible: Capacity = Capacity.PRISON
    informed: tuple[Capacity, ...] = ()
    warn_before: tuple[int, ...] = (3,)

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """Every party that works with this term."""
        return (self.responsible, *self.informed)

    @property
    def rule_text(self) -> str:
        """The rule in words, without dates: '10 werkdagen na binnenkomst'."""
        length = f"{' / '.join(map(str, self.terms))} {self.unit.value[self.terms != (1,)]}"
        return f"{length} {'voor' if self.backward else 'na'} {self.counts_from}"


HANDREIKING, PBW_18A, PBW_18C = date(2019, 7, 1), date(2021, 7, 1), date(2004, 10, 1)
PLAN_STEPS = (
    Step.PLAN_ADOPTION,
    Step.STAY_PLAN,
)  # one of the two, by the title somebody is inside for (C6.38)
ALL_THREE = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)

STEP_RULES: tuple[StepRule, ...] = (
    StepRule(
        Step.INFO_REQUEST,
        "Informatie vragen aan gemeente en reclassering",
        "binnenkomst",
        (10,),
        Unit.WORKING_DAYS,
        "Handreiking par. 4.2 stap 1 (R139)",
        HANDREIKING,
        warn_before=(5, 2),
    ),
    StepRule(
        Step.SCREENING,
        "Screening van de basisvoorwaarden",
        "binnenkomst",
        (10,),
        Unit.WORKING_DAYS,
        "Handreiking bijlage III, screening (R146)",
        HANDREIKING,
        warn_before=(5, 2),
    ),
    StepRule(
        Step.SHARE_REQUESTS,
        "Hulpvragen delen met gemeente en reclassering",
        "binnenkomst",
        (10,),
        Unit.WORKING_DAYS,
        "Handreiking par. 4.2 stap 4 (R145)",
        HANDREIKING,
        warn_before=(2,),
    ),
    StepRule(
        Step.REFLECTOR_LANGUAGE,
        "Reflector en Taalmeter",
        "binnenkomst",
        (10,),
        Unit.WORKING_DAYS,
        "Handreiking par. 4.2 stap 2 (R141)",
        HANDREIKING,
        warn_before=(2,),
    ),
    StepRule(
        Step.PLAN_ADOPTION,
        "D&R-plan vaststellen",
        "binnenkomst",
        (4,),
        Unit.WEEKS,
        "Handreiking par. 4.2 stap 5 (R147)",
        HANDREIKING,
        informed=ALL_THREE,
        warn_before=(10, 5, 2),
    ),
    StepRule(
        Step.PLAN_ADOPTION,
        "D&R-plan vaststellen",
        "binnenkomst",
        (4,),
        Unit.WEEKS,
        "Pbw art. 18a lid 1 (R147)",
        PBW_18A,
        statutory=True,
        rolls=Roll.FORWARD,
        informed=ALL_THREE,
        warn_before=(10, 5, 2),
    ),
    StepRule(
        Step.STAY_PLAN,
        "Verblijfsplan vaststellen",
        "binnenkomst",
        (1,),
        Unit.MONTHS,
        "Pbw art. 18c (domein B6, C6.38)",
        PBW_18C,
        statutory=True,
        rolls=Roll.FORWARD,
        informed=(Capacity.PROBATION,),  # this plan is for an ISD only, and a gemeente is not told the title
        warn_before=(10, 5, 2),
    ),
    StepRule(
        Step.MDO_CYCLE,
        "Volgend MDO",
        "het laatste gehouden MDO",
        (6,),
        Unit.WEEKS,
        "Handreiking par. 4.2 stap 6 (R149)",
        HANDREIKING,
        rolls=Roll.BACK,
        warn_before=(7, 5),
    ),
    StepRule(
        Step.ARRESTEE_STAY,
        "Verblijf op een arrestantenlocatie",
        "binnenkomst op de arrestantenlocatie",
        (8,),
        Unit.WEEKS,
        "Handreiking par. 4.1c (R137)",
        HANDREIKING,
        warn_before=(10, 5),
    ),
    StepRule(
        Step.PRE_RELEASE_CHECK,
        "Basisvoorwaarden nalopen voor ontslag",
        "de verwachte einddatum",
        (8, 4, 1),
        Unit.WEEKS,
        "Handreiking par. 4.2 stap 7 (R150)",
        HANDREIKING,
        backward=True,
        informed=ALL_THREE,
    ),
    StepRule(
        Step.PROMOTION_EARLIEST,
        "Promotie naar het plusprogramma mogelijk",
        "het begin van de detentie",
        (42,),
        Unit.DAYS,
        "Handreiking bijlage III (R166)",
        HANDREIKING,
        earliest=True,
        warn_before=(),
    ),
)


def steps_for(capacity: str | None) -> tuple[str, ...]:
    """The steps whose terms a party works with: the PI with all, the others with those they are told about (C4)."""
    if capacity == Capacity.PRISON:
        return tuple(Step)
    return tuple({str(rule.step) for rule in STEP_RULES if capacity in rule.capacities})


def step_of(code: str, on: date) -> StepRule:
    """The rule of a step that holds on this day; the first one when the day lies before all of them."""
    rows = sorted((rule for rule in STEP_RULES if rule.step == code), key=lambda rule: rule.valid_from)
    if not rows:
        raise KeyError(code)
    return next((rule for rule in reversed(rows) if rule.valid_from <= on), rows[0])


ROAD: tuple[Phase, ...] = (
    Phase.ANNOUNCED,
    Phase.ADMITTED,
    Phase.SCREENED,
    Phase.PLAN_CONCEPT,
    Phase.PLAN_ADOPTED,
    Phase.MONITORING,
    Phase.EXTRAMURAL,
    Phase.PRE_RELEASE,
    Phase.RELEASED_NO_TITLE,
    Phase.AFTERCARE,
    Phase.CLOSED,
)
"""The road of an episode, in order (C2). Released with or without title stand at the same place."""

INSIDE = ROAD[1:8]
INTERRUPTED = (Phase.ABSENT, Phase.SUSPENDED_CUSTODY)
RELEASED = (Phase.RELEASED_WITH_TITLE, Phase.RELEASED_NO_TITLE)
_LEAVING = (*INTERRUPTED, *RELEASED, Phase.DECEASED, Phase.EXPELLED)

TRANSITIONS: dict[Phase, tuple[Phase, ...]] = {
    Phase.ANNOUNCED: (Phase.ADMITTED, Phase.NOT_REPORTED, Phase.DECEASED, Phase.OUT_OF_SCOPE),
    Phase.ADMITTED: (Phase.SCREENED, Phase.PRE_RELEASE, Phase.OUT_OF_SCOPE, *_LEAVING),
    Phase.SCREENED: (Phase.PLAN_CONCEPT, Phase.PRE_RELEASE, *_LEAVING),
    Phase.PLAN_CONCEPT: (Phase.PLAN_ADOPTED, Phase.PRE_RELEASE, *_LEAVING),
    Phase.PLAN_ADOPTED: (Phase.MONITORING, Phase.EXTRAMURAL, Phase.PRE_RELEASE, *_LEAVING),
    Phase.MONITORING: (Phase.EXTRAMURAL, Phase.PRE_RELEASE, *_LEAVING),
    Phase.EXTRAMURAL: (Phase.PRE_RELEASE, *_LEAVING),
    Phase.PRE_RELEASE: _LEAVING,
    Phase.RELEASED_WITH_TITLE: (Phase.RELEASED_NO_TITLE, Phase.AFTERCARE, Phase.CLOSED, Phase.DECEASED),
    Phase.RELEASED_NO_TITLE: (Phase.RELEASED_WITH_TITLE, Phase.AFTERCARE, Phase.CLOSED, Phase.DECEASED),
    Phase.AFTERCARE: (Phase.CLOSED, Phase.DECEASED),
    Phase.ABSENT: (*INSIDE, *RELEASED, Phase.DECEASED, Phase.EXPELLED),
    Phase.SUSPENDED_CUSTODY: (*INSIDE, *RELEASED, Phase.DECEASED, Phase.EXPELLED),
    **dict.fromkeys(ENDED_PHASES, ()),
}
"""From which phase to which (C2). Nobody skips the release by closing a case that is still inside."""

REFUSALS: dict[Phase, str] = {
    Phase.ADMITTED: "Binnenkomst kan alleen na een aankondiging of een onderbreking.",
    Phase.SCREENED: "De screening kan alleen worden afgerond na binnenkomst.",
    Phase.PLAN_CONCEPT: "Het D&R-plan begint na de screening; rond eerst de screening af.",
    Phase.PLAN_ADOPTED: "Alleen een plan in concept kan worden vastgesteld.",
    Phase.MONITORING: "Monitoring begint nadat het plan is vastgesteld.",
    Phase.EXTRAMURAL: "De extramurale fase begint nadat het plan is vastgesteld.",
    Phase.PRE_RELEASE: "Ontslag voorbereiden kan alleen tijdens de detentie.",
    Phase.AFTERCARE: "Nazorg begint na het ontslag.",
    Phase.CLOSED: "Een zaak wordt pas afgesloten na het ontslag.",
    Phase.NOT_REPORTED: "'Niet gemeld' kan alleen bij een aangekondigde zelfmelder.",
    Phase.OUT_OF_SCOPE: "Een zaak valt alleen bij het begin buiten bereik.",
}


def may_move(current: Phase, to: Phase) -> bool:
    """Whether the table of the process allows this step."""
    return to in TRANSITIONS[current]


def is_reached(current: Phase, to: Phase) -> bool:
    """Whether the case is in this phase or past it already: an MDO before the release does not send it back."""
    if current == to:
        return True
    return _place(current) > _place(to) >= 0 and not may_move(current, to)


def refusal_of(current: Phase, to: Phase) -> str:
    """Why a step is refused, in words for the person who tried it."""
    return (
        f"{REFUSALS.get(to, 'Deze stap past niet bij de fase van de zaak.')} De zaak is nu: {current.label}."
    )


def _place(phase: Phase) -> int:
    same = Phase.RELEASED_NO_TITLE if phase == Phase.RELEASED_WITH_TITLE else phase
    return ROAD.index(same) if same in ROAD else -1
