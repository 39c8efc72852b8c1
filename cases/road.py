"""The road of an episode as one table (domain C2): what may happen when, on whose word, and what follows from it.

Messages and people take the same road: who writes a phase asks :func:`step` first. ``docs/werkproces.md`` prints it.
"""

from collections.abc import Iterator

from cases.events import Effect, Facts, Guard, RoadEvent, Setter, Transition
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
WITH_PLAN = (Phase.PLAN_ADOPTED, Phase.MONITORING, Phase.EXTRAMURAL, Phase.PRE_RELEASE)
INTERRUPTED = (Phase.ABSENT, Phase.SUSPENDED_CUSTODY)
RELEASED = (Phase.RELEASED_WITH_TITLE, Phase.RELEASED_NO_TITLE)
SILENT_PHASES = (Phase.DECEASED, Phase.EXPELLED)
"""After death and expulsion nothing is sent by itself any more (C6.45)."""
STOPPED_PHASES = (*SILENT_PHASES, Phase.NOT_REPORTED, Phase.OUT_OF_SCOPE)
"""Ended before the release: a later message starts no clock, opens no task and tells nobody."""
RUNNING = tuple(phase for phase in Phase if phase not in ENDED_PHASES)

MESSAGE, WORK, LEADING = (Setter.MESSAGE,), (Setter.WORK,), (Setter.LEADING,)
DATED = (Guard.NOT_AHEAD, Guard.AFTER_ENTRY, Guard.IN_ORDER)
PLACED = (Guard.NOT_AHEAD, Guard.AFTER_ENTRY, Guard.AFTER_DECISION, Guard.PLACE_PROMOTES)
FINAL = "Deze stap is niet terug te draaien. Controleer de naam en de dag."

# fmt: off
TABLE: tuple[Transition, ...] = (
    Transition(RoadEvent.ANNOUNCED, (None,), (Phase.ANNOUNCED,), "Een aankondiging begint een nieuwe zaak.", MESSAGE,
               "C2 call_letter_sent, R134, R7"),
    Transition(RoadEvent.ENTERED, (None, Phase.ANNOUNCED, Phase.NOT_REPORTED), (Phase.ADMITTED,),
               "Binnenkomst kan alleen na een aankondiging, of als begin van een zaak.", MESSAGE,
               "C2 entry, R139, R147, R166-R167, C6.23", effects=(Effect.START_TERMS,)),
    Transition(RoadEvent.SCREENING_DONE, (Phase.ADMITTED,), (Phase.SCREENED,),
               "De screening kan alleen worden afgerond na binnenkomst.", WORK, "C2 screening_done, R146",
               effects=(Effect.MEET_SCREENING,)),
    Transition(RoadEvent.PLAN_DRAFTED, (Phase.SCREENED,), (Phase.PLAN_CONCEPT,),
               "Het D&R-plan begint na de screening; rond eerst de screening af.", WORK, "C2 plan_drafted, R147"),
    Transition(RoadEvent.PLAN_DISCUSSED, (Phase.PLAN_CONCEPT, *WITH_PLAN), (),
               "Alleen een begonnen plan kan worden besproken.", WORK, "C2 discussed_with_detainee, R172"),
    Transition(RoadEvent.PLAN_ADOPTED, (Phase.PLAN_CONCEPT,), (Phase.PLAN_ADOPTED,),
               "Alleen een plan in concept kan worden vastgesteld.", WORK, "C2 adopted_in_mdo, R147, R172",
               effects=(Effect.MEET_PLAN,)),
    Transition(RoadEvent.MDO_HELD, (Phase.PLAN_ADOPTED, Phase.MONITORING), (Phase.MONITORING,),
               "Monitoring begint nadat het plan is vastgesteld.", WORK, "C2 mdo_held, R149, C7 D8",
               effects=(Effect.NEXT_MDO,)),
    Transition(RoadEvent.TRANSFERRED, (*INSIDE, *INTERRUPTED), (), "Overplaatsen kan alleen tijdens de detentie.", MESSAGE,
               "C2 transferred, C7 D6", effects=(Effect.KEEP_TERMS,)),
    Transition(RoadEvent.RESETTLEMENT_CHOSEN, RUNNING, (), "Deze zaak is afgesloten.", LEADING,
               "C2 resettlement_chosen, R71", effects=(Effect.TELL_GEMEENTE,)),
    Transition(RoadEvent.PROMOTED, INSIDE, (), "Promotie kan alleen tijdens het verblijf in de inrichting.",
               (Setter.DIRECTOR,), "C2 promoted, R166, domein B6, C7 D3",
               guards=(*PLACED, Guard.IN_BASIC, Guard.SIX_WEEKS), effects=(Effect.TO_PLUS,)),
    Transition(RoadEvent.DEMOTED, INSIDE, (), "Degradatie kan alleen tijdens het verblijf in de inrichting.",
               (Setter.DIRECTOR,), "C2 demoted, domein B6, C6.24", guards=(*PLACED, Guard.IN_PLUS),
               effects=(Effect.TO_BASIC,)),
    Transition(RoadEvent.EXTRAMURAL_STARTED, (Phase.MONITORING,), (Phase.EXTRAMURAL,),
               "De extramurale fase begint nadat het plan is vastgesteld en een MDO de voortgang besprak.", LEADING,
               "C2 extramural_started, R151-R153, C6.40", guards=DATED,
               effects=(Effect.STILL_IN_DETENTION,), asks_ground=True),
    Transition(RoadEvent.EXTRAMURAL_RECALLED, (Phase.EXTRAMURAL,), (Phase.MONITORING,),
               "Er loopt geen extramurale fase.", LEADING, "C6.40", guards=DATED, effects=(Effect.STILL_IN_DETENTION,)),
    Transition(RoadEvent.RELEASE_DATE_CHANGED, (None, *RUNNING), (), "Deze zaak is afgesloten.", MESSAGE,
               "C2 release_date_set/changed, C7 D14", effects=(Effect.RECOMPUTE_BACKWARD,)),
    Transition(RoadEvent.RELEASE_PREPARED, INSIDE[:-1], (Phase.PRE_RELEASE,),
               "Ontslag voorbereiden kan alleen tijdens de detentie.", LEADING,
               "C2, R150; ook voor het plan, want een ontslag komt soms eerder (C6.20, C6.22)", guards=DATED,
               effects=(Effect.STILL_IN_DETENTION,)),
    Transition(RoadEvent.RELEASED, (*INSIDE, *INTERRUPTED), RELEASED, "Ontslag kan alleen tijdens de detentie.", MESSAGE,
               "C2 released, R154-R155", effects=(Effect.LAPSE_TERMS, Effect.HAND_OVER)),
    Transition(RoadEvent.TITLE_RECORDED, RELEASED, RELEASED, "Een titel na ontslag hoort bij een ontslag.", LEADING,
               "R13, R154, R155"),
    Transition(RoadEvent.AFTERCARE_STARTED, RELEASED, (Phase.AFTERCARE,), "Nazorg begint na het ontslag.",
               (Setter.AFTERCARE,), "C2, R154-R155", guards=(Guard.NOT_AHEAD, Guard.IN_ORDER),
               effects=(Effect.AFTERCARE_RUNS,)),
    Transition(RoadEvent.AFTERCARE_CLOSED, (Phase.AFTERCARE,), (Phase.CLOSED,),
               "Een zaak wordt afgesloten na de nazorg; leg eerst vast dat de nazorg is begonnen.", (Setter.AFTERCARE,),
               "C2 aftercare_closed, R195", guards=(Guard.NOT_AHEAD, Guard.IN_ORDER), effects=(Effect.END_WORK,),
               warning=FINAL),
    Transition(RoadEvent.RE_ENTERED, (*RELEASED, Phase.AFTERCARE, Phase.CLOSED), (),
               "Een nieuwe detentie begint pas na het ontslag.", MESSAGE, "C2 re_entry, C6.4, C6.5",
               effects=(Effect.NEW_CASE,)),
    Transition(RoadEvent.ABSENT, INSIDE, (Phase.ABSENT,), "Afwezig kan iemand alleen zijn tijdens de detentie.", LEADING,
               "C2, C6.45", guards=DATED, effects=(Effect.PAUSE_TERMS,)),
    Transition(RoadEvent.RETURNED, (Phase.ABSENT,), INSIDE, "De gedetineerde is niet als afwezig vastgelegd.", LEADING,
               "C2, C6.45", guards=DATED, effects=(Effect.RESUME_TERMS,), back=True),
    Transition(RoadEvent.CUSTODY_SUSPENDED, INSIDE, (Phase.SUSPENDED_CUSTODY,),
               "Schorsen kan alleen tijdens de detentie.", LEADING, "C2",
               guards=(*DATED, Guard.ON_REMAND), effects=(Effect.PAUSE_TERMS,)),
    Transition(RoadEvent.CUSTODY_RESUMED, (Phase.SUSPENDED_CUSTODY,), INSIDE, "De hechtenis is niet geschorst.", LEADING,
               "C2", guards=DATED, effects=(Effect.RESUME_TERMS,), back=True),
    Transition(RoadEvent.DECEASED, RUNNING, (Phase.DECEASED,), "Deze zaak is al afgesloten.",
               (Setter.LEADING, Setter.AFTERCARE), "C2, C6.45", guards=DATED,
               effects=(Effect.LAPSE_TERMS, Effect.END_WORK, Effect.SILENCE), warning=FINAL),
    Transition(RoadEvent.EXPELLED, (*INSIDE, *INTERRUPTED), (Phase.EXPELLED,),
               "Uitzetting of uitlevering kan alleen tijdens de detentie.", LEADING, "C2, C6.43, C6.45", guards=DATED,
               effects=(Effect.LAPSE_TERMS, Effect.END_WORK, Effect.SILENCE), warning=FINAL),
    Transition(RoadEvent.NOT_REPORTED, (Phase.ANNOUNCED,), (Phase.NOT_REPORTED,),
               "'Niet gemeld' kan alleen bij een aangekondigde zelfmelder.", LEADING, "C2, C6.23",
               guards=(Guard.NOT_AHEAD, Guard.SELF_REPORTER, Guard.CALLED_BY_THEN),
               effects=(Effect.LAPSE_TERMS, Effect.END_WORK),
               warning="Komt iemand later toch binnen, dan gaat deze zaak met de beginmelding verder."),
    Transition(RoadEvent.OUT_OF_SCOPE, (Phase.ANNOUNCED, Phase.ADMITTED), (Phase.OUT_OF_SCOPE,),
               "Een zaak valt alleen bij het begin buiten bereik.", LEADING, "C2, R12, C6.15", guards=DATED,
               effects=(Effect.LAPSE_TERMS, Effect.END_WORK), warning=FINAL),
)
"""Every transition. Nobody skips the release by closing a case that is still inside."""
# fmt: on

BY_EVENT = {row.event: row for row in TABLE}


class Refused(Exception):
    """The table does not allow this event now; the message says why, in Dutch."""


def row_of(event: RoadEvent) -> Transition:
    return BY_EVENT[event]


def refusal_of(event: RoadEvent, facts: Facts) -> str:
    """Why this event may not happen now, in words for who tried it; empty when it may."""
    row = BY_EVENT[event]
    if facts.phase not in row.origins:
        now = f" De zaak is nu: {facts.phase.label}." if facts.phase else ""
        return f"{row.refusal}{now}"
    return next((why for guard in row.guards if (why := guard.refusal(facts))), "")


def step(event: RoadEvent, facts: Facts, *, to: Phase | None = None) -> Phase | None:
    """The phase after this event; ``to`` where the row leaves a choice: with or without title, or back to which phase.

    Raises Refused.
    """
    if why := refusal_of(event, facts):
        raise Refused(why)
    row = BY_EVENT[event]
    if not row.to:
        return facts.phase
    if len(row.to) == 1:
        return row.to[0]
    if to not in row.to:
        raise Refused(row.refusal)
    return to


def may_move(current: Phase, to: Phase) -> bool:
    """Whether some event of the table leads from here to there."""
    return any(to in row.to for row in TABLE if current in row.origins)


def event_between(current: Phase, to: Phase) -> RoadEvent:
    """The event that leads on to a phase, from here or else from where it should be. An interruption ends by its own
    event alone, and so does what is done outside: work never ends them in passing."""
    rows = [
        row for row in TABLE if to in row.to and not row.back and row.event != RoadEvent.EXTRAMURAL_RECALLED
    ]
    return next((row.event for row in rows if current in row.origins), rows[0].event)


def is_reached(current: Phase, to: Phase) -> bool:
    """Whether the case is in this phase or past it already: an MDO before the release does not send it back."""
    if current == to:
        return True
    return _place(current) > _place(to) >= 0


def events_for(setters: tuple[Setter, ...]) -> Iterator[RoadEvent]:
    """The events that somebody who may set these may record, in the order of the table."""
    return (row.event for row in TABLE if not set(setters).isdisjoint(row.setters))


def _place(phase: Phase) -> int:
    same = Phase.RELEASED_NO_TITLE if phase == Phase.RELEASED_WITH_TITLE else phase
    return ROAD.index(same) if same in ROAD else -1
