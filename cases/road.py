"""The road of an episode (C2): which phases there are, in what order, and from which to which one may go."""

from cases.models.vocabulary import ENDED_PHASES, Phase

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
